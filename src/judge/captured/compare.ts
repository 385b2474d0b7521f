import type { CapturedBaseline, CapturedVerdict } from "../../spec/captured.types.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import type { ClaimVerdict, VerdictStatus } from "../verdict.ts";
import { formatCount } from "../wording.ts";
import { compareQuantities, type Deviation, listed, type QuantityComparison } from "./compare-quantities.ts";
import { conditionsOf } from "./conditions.ts";
import { hardwareClass } from "./hardware-class.ts";

/** A run beside a captured baseline. */
export interface BaselineComparison {
  /**
   * What could be asked of the values: bit-equal (same class, version of the runtime and threads), statistical (same
   * class), none (another class, suite or profile).
   */
  readonly level: "bit-equal" | "statistical" | "none";
  readonly captured: {
    readonly hardwareClass: string;
    /** Id of the run it was captured from. */
    readonly run: string;
    readonly startedAt: string;
  };
  /** Why the level is none, or what else the two were made with, in words. */
  readonly differences: readonly string[];
  /** Claims in both whose verdict is another one. A claim that was captured failing and fails is none of them. */
  readonly verdictChanges: readonly VerdictChange[];
  /** Every quantity in both that could be compared. */
  readonly quantities: readonly QuantityComparison[];
  /** Of these, or of what was captured and has no value any more, the ones that drifted. */
  readonly deviations: readonly Deviation[];
  /** What was not compared, and why. */
  readonly notes: readonly string[];
  /** One sentence. */
  readonly summary: string;
}

export interface VerdictChange {
  readonly claim: string;
  readonly captured: CapturedVerdict;
  readonly now: VerdictStatus;
  /** Findings are told and not gated. */
  readonly finding: boolean;
  /** Why the verdict is what it is now. */
  readonly reason: string;
}

/** Whether a run is what was captured: the same, drifted from it, or not to be compared with it. */
export type GateStatus = "same" | "drifted" | "no-baseline";

export function compareWithCaptured(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  captured: CapturedBaseline,
): BaselineComparison {
  const conditions = conditionsOf(record, captured);
  const facts = {
    hardwareClass: hardwareClass(captured.provenance).id,
    run: captured.run.id,
    startedAt: captured.run.startedAt,
  };
  if (conditions.incomparable.length > 0) {
    return {
      level: "none",
      captured: facts,
      differences: conditions.incomparable,
      verdictChanges: [],
      quantities: [],
      deviations: [],
      notes: [],
      summary: `not comparable with the baseline: ${conditions.incomparable.join("; ")}`,
    };
  }
  const { quantities, deviations, notes } = compareQuantities(record, captured, conditions);
  const verdictChanges = changedVerdicts(verdicts, captured);
  const comparison = {
    level: conditions.exact ? ("bit-equal" as const) : ("statistical" as const),
    captured: facts,
    differences: conditions.differences,
    verdictChanges,
    quantities,
    deviations,
    notes: [...notes, ...claimNotes(verdicts, captured), ...reusedNote(record)],
  };
  return { ...comparison, summary: summaryOf(comparison) };
}

/** Drifted where a gated verdict changed or a value deviates. */
export function gateStatus(comparison: Omit<BaselineComparison, "summary">): GateStatus {
  if (comparison.level === "none") return "no-baseline";
  const changed = comparison.verdictChanges.some(({ finding }) => !finding);
  return changed || comparison.deviations.length > 0 ? "drifted" : "same";
}

function changedVerdicts(verdicts: readonly ClaimVerdict[], captured: CapturedBaseline): VerdictChange[] {
  return verdicts.flatMap(({ claim, status, finding, reason }) => {
    const before = Object.hasOwn(captured.verdicts, claim) ? captured.verdicts[claim] : undefined;
    return before === undefined || before === status ? [] : [{ claim, captured: before, now: status, finding, reason }];
  });
}

function claimNotes(verdicts: readonly ClaimVerdict[], captured: CapturedBaseline): string[] {
  const claims = new Set(verdicts.map(({ claim }) => claim));
  const gone = Object.keys(captured.verdicts).filter((claim) => !claims.has(claim));
  const added = [...claims].filter((claim) => !Object.hasOwn(captured.verdicts, claim));
  return [
    ...(gone.length > 0 ? [`claims not in this run: ${listed(gone)}`] : []),
    ...(added.length > 0 ? [`claims without a captured verdict: ${listed(added)}`] : []),
  ];
}

/** What is taken from the store is what was captured, whatever the program does today. */
function reusedNote({ trials }: RunRecord): string[] {
  const reused = trials.filter((trial) => trial.state === "completed" && trial.reused).length;
  return reused === 0
    ? []
    : [`${reused} of ${formatCount(trials.length, "trial")} come from the store and were not trained again`];
}

function summaryOf(comparison: Omit<BaselineComparison, "summary">): string {
  const { quantities, deviations, verdictChanges, captured } = comparison;
  const baseline = `the baseline of ${captured.startedAt.slice(0, 10) || captured.run} (${captured.hardwareClass})`;
  const gated = verdictChanges.filter(({ finding }) => !finding).length;
  if (gateStatus(comparison) === "drifted") {
    const what = [
      ...(gated > 0 ? [`${formatCount(gated, "verdict")} changed`] : []),
      ...(deviations.length > 0
        ? [`${formatCount(deviations.length, "measured value")} deviate${deviations.length === 1 ? "s" : ""}`]
        : []),
    ];
    return `drifted from ${baseline}: ${what.join(" and ")}; ${formatCount(quantities.length, "value")} compared`;
  }
  const equal = quantities.filter(({ level }) => level === "bit-equal").length;
  const exactly =
    equal === quantities.length ? "bit for bit the same" : `${equal} bit for bit the same and the others as expected`;
  const findings = verdictChanges.length > 0 ? `, but ${formatCount(verdictChanges.length, "finding")} changed` : "";
  return `the same as ${baseline}: ${formatCount(quantities.length, "value")} compared, ${exactly}; no claim changed its verdict${findings}`;
}
