import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { classesOfParts, hardwareClass } from "../captured/hardware-class.ts";
import { judge } from "../judge.ts";
import { formatCount } from "../wording.ts";
import { type Agreement, type ComparedClaim, compareClaims, type Outcome } from "./claims.ts";
import type { Machine } from "./machine.ts";
import { machineNames } from "./machine-names.ts";
import { compareSamples, type SampleComparison } from "./samples.ts";
import { compareSettings, type SettingComparison } from "./settings.ts";
import { compareTiming, type TimingComparison } from "./timing.ts";

/** A record to be compared. */
export interface ComparedSource {
  /** What its file is called in messages. */
  readonly file: string;
  readonly record: RunRecord;
  /** The user's own name for it. */
  readonly label?: string;
}

/** Records of several machines beside each other; lists "by machine" are in the order of `machines`. */
export interface Comparison {
  readonly machines: readonly ComparedMachine[];
  /** The level 1 − α of the tests: the highest that a record was judged at. */
  readonly confidence: number;
  readonly claims: readonly ComparedClaim[];
  readonly counts: ComparisonCounts;
  readonly samples: SampleComparison;
  readonly timing: TimingComparison;
  readonly settings: SettingComparison;
  /** What to keep in mind of the records, in words. */
  readonly notes: readonly string[];
}

export interface ComparedMachine {
  readonly name: string;
  readonly file: string;
  readonly hardwareClass: string;
  readonly run: { readonly id: string; readonly startedAt: string; readonly status: RunRecord["run"]["status"] };
  readonly suite: {
    readonly id: string;
    readonly title: string;
    readonly profile: string | null;
    readonly sha256: string;
  };
}

export interface ComparisonCounts {
  readonly agreements: Readonly<Record<Agreement, number>>;
  /** Claims that disagree and are gated, that is, no findings. */
  readonly gatedDisagreements: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

const FEWEST = 2;
const MOST = 20;

/**
 * Compares records of one suite, or of suites with claims in common. What is compared does not depend on their order.
 *
 * @param sources 2 to 20.
 * @throws ClaimbenchError `compare-count`, `record-of-shard`, `duplicate-name` or `nothing-in-common`.
 */
export function compareRecords(sources: readonly ComparedSource[]): Comparison {
  checkSources(sources);
  const names = machineNames(
    sources.map(({ record }) => record),
    sources.map(({ label }) => label),
  );
  const machines = sources.map(
    ({ file, record }, i): Machine => ({ name: names[i] as string, file, record, verdicts: judge(record) }),
  );
  checkCommonClaims(machines);
  const confidence = Math.max(...machines.map(({ record }) => record.suite.confidence));
  const claims = compareClaims(machines, 1 - confidence);
  return {
    machines: machines.map(machineFacts),
    confidence,
    claims,
    counts: countsOf(claims),
    samples: compareSamples(machines),
    timing: compareTiming(machines),
    settings: compareSettings(machines),
    notes: machines.flatMap(notesOf),
  };
}

function checkSources(sources: readonly ComparedSource[]): void {
  if (sources.length < FEWEST || sources.length > MOST) {
    throw new ClaimbenchError("compare-count", `${FEWEST} to ${MOST} records can be compared, not ${sources.length}`);
  }
  const labels = sources.flatMap(({ label }) => label ?? []);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined) throw new ClaimbenchError("duplicate-name", `two records are named "${twice}"`);
  for (const { file, record } of sources) {
    const { shard } = record.run;
    if (!shard) continue;
    throw new ClaimbenchError(
      "record-of-shard",
      `${file} is shard ${shard.index} of ${shard.count}: it has a part of the trials`,
      { hint: "put the shards together first: claimbench merge <run.json...>" },
    );
  }
}

/** Every record must share a claim with another one. */
function checkCommonClaims(machines: readonly Machine[]): void {
  const claimsOf = ({ verdicts }: Machine) => verdicts.map(({ claim }) => claim);
  const alone = machines.find((machine) => {
    const others = new Set(machines.filter((other) => other !== machine).flatMap(claimsOf));
    return !claimsOf(machine).some((claim) => others.has(claim));
  });
  if (!alone) return;
  const suites = [...new Set(machines.map(({ record }) => record.suite.id))].toSorted();
  throw new ClaimbenchError(
    "nothing-in-common",
    `${alone.file} (suite ${alone.record.suite.id}) has no claim in common with the others`,
    { hint: `records are compared claim by claim, by id; these are of ${suites.join(", ")}` },
  );
}

function countsOf(claims: readonly ComparedClaim[]): ComparisonCounts {
  const agreements = { agree: 0, disagree: 0, "not-comparable": 0, "not-measured": 0, "one-machine": 0 };
  const outcomes = { "bit-equal": 0, rounding: 0, "not-told-apart": 0, small: 0, beyond: 0, "not-tested": 0 };
  for (const { agreement, effects } of claims) {
    agreements[agreement] += 1;
    for (const { outcome } of effects) outcomes[outcome] += 1;
  }
  const gated = claims.filter(({ agreement, finding }) => agreement === "disagree" && !finding);
  return { agreements, gatedDisagreements: gated.length, outcomes };
}

function machineFacts({ name, file, record: { run, suite, provenance } }: Machine): ComparedMachine {
  return {
    name,
    file,
    hardwareClass: hardwareClass(provenance).id,
    run: { id: run.id, startedAt: run.startedAt, status: run.status },
    suite: { id: suite.id, title: suite.title || suite.id, profile: suite.profile ?? null, sha256: suite.sha256 },
  };
}

function notesOf({ name, record }: Machine): string[] {
  const { run, trials } = record;
  const classes = classesOfParts(record);
  const notRun = trials.filter(({ state }) => state === "not-run").length;
  const lost = trials.filter(({ state }) => state === "diverged" || state === "crashed").length;
  const reused = trials.filter((trial) => trial.state === "completed" && trial.reused).length;
  const otherMachine = trials.filter((trial) => trial.state === "completed" && trial.machine !== undefined).length;
  return [
    ...(classes.length > 1
      ? [`${name} was merged from runs on ${classes.length} classes of hardware: ${classes.join(", ")}`]
      : []),
    ...(notRun > 0 ? [`${name}: ${notRun} of ${formatCount(trials.length, "trial")} did not run`] : []),
    ...(lost > 0 ? [`${name}: ${lost} of ${formatCount(trials.length, "trial")} diverged or crashed`] : []),
    ...(run.status === "interrupted" && notRun === 0 ? [`${name}: the run was interrupted`] : []),
    ...(reused > 0
      ? [`${name}: ${reused} of ${formatCount(trials.length, "trial")} come from earlier runs, with the times of then`]
      : []),
    ...(otherMachine > 0
      ? [`${name}: ${formatCount(otherMachine, "trial")} trained on another processor, left out of the times`]
      : []),
  ];
}
