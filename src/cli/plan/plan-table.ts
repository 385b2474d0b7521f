import { remainingWork } from "../../plan/longest-first.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { PlanStatus, TrialStatus } from "../../run/plan/plan-status.ts";
import { duration } from "../text/duration.ts";

/** More trials than this are told arm by arm. */
const MOST_LINES = 60;

export interface PlanTotals {
  readonly trials: number;
  readonly stored: number;
  /** Trained, with measurements missing. */
  readonly toMeasure: number;
  /** From the start, or from where an earlier run left off. */
  readonly toTrain: number;
  /** Work left, the wall time it takes with the workers there are, and that of the longest chain of trials. */
  readonly seconds: number;
  readonly wallSeconds: number;
  readonly criticalSeconds: number;
  /** The arms of the longest chain, in the order they have to be trained in. */
  readonly criticalPath: readonly string[];
}

export function planTotals({ trials }: PlanStatus, workers: number): PlanTotals {
  const seconds = trials.reduce((sum, status) => sum + status.seconds, 0);
  const left = new Map(trials.map((status) => [status.trial, status.seconds]));
  const planned = trials.map(({ trial }) => trial);
  const chains = remainingWork(planned, (trial) => left.get(trial) ?? 0);
  let longest: PlannedTrial | undefined;
  for (const trial of planned) {
    if ((chains.get(trial) ?? 0) > ((longest && chains.get(longest)) ?? 0)) longest = trial;
  }
  const criticalSeconds = (longest && chains.get(longest)) ?? 0;
  const count = (...of: TrialStatus["state"][]) => trials.filter(({ state }) => of.includes(state)).length;
  return {
    trials: trials.length,
    stored: count("stored"),
    toMeasure: count("to measure"),
    toTrain: count("to train", "resumes"),
    seconds,
    wallSeconds: Math.max(seconds / workers, criticalSeconds),
    criticalSeconds,
    criticalPath: longest ? chainFrom(longest, chains) : [],
  };
}

function chainFrom(first: PlannedTrial, chains: ReadonlyMap<PlannedTrial, number>): string[] {
  const followers = [...chains].filter(([{ source }, seconds]) => source === first && seconds > 0);
  const [next] = followers.toSorted(([, a], [, b]) => b - a);
  return [first.arm.name, ...(next ? chainFrom(next[0], chains) : [])];
}

/** A line a trial, or an arm where there are many and not all are wanted; then the totals. */
export function renderPlan(status: PlanStatus, totals: PlanTotals, workers: number, all: boolean): string {
  const rows = all || status.trials.length <= MOST_LINES ? status.trials.map(trialRow) : armRows(status.trials);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(([name = "", time = "", memory = "", what = ""]) =>
    [name.padEnd(widths[0] ?? 0), time.padStart(widths[1] ?? 0), memory.padStart(widths[2] ?? 0), what].join("  "),
  );
  return `${lines.join("\n")}\n\n${summary(status, totals, workers)}\n`;
}

function summary({ rough }: PlanStatus, totals: PlanTotals, workers: number): string {
  const { trials, stored, toMeasure, toTrain, wallSeconds, seconds, criticalSeconds, criticalPath } = totals;
  if (stored === trials) return `${trials} trials, all in the store`;
  const wall = `${rough ? "very roughly" : "about"} ${duration(wallSeconds)} with ${workers} worker(s)`;
  const chain =
    criticalPath.length > 1 ? `, at least ${duration(criticalSeconds)} for ${criticalPath.join(" → ")}` : "";
  const counts = [`${trials} trials`, `${stored} in the store`];
  if (toMeasure > 0) counts.push(`${toMeasure} to measure`);
  if (toTrain > 0) counts.push(`${toTrain} to train`);
  return `${counts.join(", ")}; ${wall}, ${duration(seconds)} of work${chain}`;
}

function trialRow(status: TrialStatus): string[] {
  const { trial, seconds, state } = status;
  const time = state === "stored" ? "" : duration(seconds);
  return [`${trial.arm.name} seed ${trial.seed}`, time, gibibytes(trial.bytes), inWords(status)];
}

function inWords(status: TrialStatus): string {
  switch (status.state) {
    case "stored":
      return "in the store";
    case "to measure":
      return `to measure: ${status.measurements.join(", ")}`;
    case "resumes":
      return `goes on after epoch ${status.epoch} of ${status.trial.plan.maxEpochs}`;
    case "to train":
      return `to train: ${status.reason}`;
  }
}

function armRows(trials: readonly TrialStatus[]): string[][] {
  const byArm = new Map<string, TrialStatus[]>();
  for (const status of trials) {
    const { name } = status.trial.arm;
    const known = byArm.get(name);
    if (known) known.push(status);
    else byArm.set(name, [status]);
  }
  return [...byArm].map(([name, of]) => {
    const seconds = of.reduce((sum, status) => sum + status.seconds, 0);
    const counts = new Map<string, number>();
    for (const { state } of of) counts.set(state, (counts.get(state) ?? 0) + 1);
    const states = [...counts].map(([state, count]) => `${count} ${state === "stored" ? "in the store" : state}`);
    const first = of.find(({ state }) => state === "to train");
    const reason = first?.state === "to train" ? ` (${first.reason})` : "";
    const memory = gibibytes(of[0]?.trial.bytes ?? 0);
    return [`${name}, ${of.length} seeds`, seconds > 0 ? duration(seconds) : "", memory, states.join(", ") + reason];
  });
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toPrecision(2)} GiB`;
}
