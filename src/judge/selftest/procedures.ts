import type { ResolvedAssertion, RunRecord, Suite } from "../../spec/run.types.ts";
import { judge } from "../judge.ts";
import { lookSchedule } from "../looks.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { accuracy, arms, of, value } from "./scenario.ts";
import { simulatedRecord } from "./simulated-record.ts";

/** A way to judge several claims at once, or one claim several times. Each claim compares two arms of its own. */
export interface Procedure {
  readonly name: string;
  readonly claims: number;
  /** Of a run; the most there may be, where their number is open. */
  readonly seeds: number;
  readonly multiplicity: NonNullable<Suite["multiplicity"]>;
  readonly sequential?: NonNullable<Suite["sequential"]>;
  /** What happens without a correction, for comparison: not held to the nominal share. */
  readonly uncorrected?: true;
  /** Looks that all judge at the suite's own confidence. */
  readonly naiveLooks?: NonNullable<Suite["sequential"]>;
}

const LOOKS = { min: 3, max: 20 };
const FEW_LOOKS = { min: 3, max: 12 };

export const PROCEDURES: readonly Procedure[] = [
  { name: "10 claims, each alone", claims: 10, seeds: 5, multiplicity: "none", uncorrected: true },
  { name: "10 claims, Holm", claims: 10, seeds: 5, multiplicity: "holm" },
  {
    name: "3 to 20 seeds, uncorrected looks",
    claims: 1,
    seeds: LOOKS.max,
    multiplicity: "none",
    naiveLooks: LOOKS,
    uncorrected: true,
  },
  { name: "3 to 20 seeds", claims: 1, seeds: LOOKS.max, multiplicity: "none", sequential: LOOKS },
  {
    name: "4 claims, Holm, 3 to 12 seeds",
    claims: 4,
    seeds: FEW_LOOKS.max,
    multiplicity: "holm",
    sequential: FEW_LOOKS,
  },
];

/** Outcomes of simulated runs of a procedure. */
export interface ProcedureCounts {
  /** Runs with any verdict that passes or fails although its claim lies on the bound. */
  readonly wrongRuns: number;
  /** Claims with an effect, of all runs, and those of them that pass. */
  readonly true: number;
  readonly found: number;
  /** Seeds that the runs took until every claim was decided, or there were no more. */
  readonly seeds: number;
}

/** @param effect of every other claim, of the only one where there is one; in standard deviations of one arm over seeds. */
export function countProcedure(
  procedure: Procedure,
  effect: number,
  runs: number,
  seed: number,
  confidence: number,
): ProcedureCounts {
  const draws = drawsOf(seed, procedure.name, effect);
  const counts = { wrongRuns: 0, true: 0, found: 0, seeds: 0 };
  for (let run = 0; run < runs; run += 1) {
    const record = simulate(procedure, effect, confidence, draws);
    const verdicts = procedure.naiveLooks ? judgeAtEveryLook(record, procedure.naiveLooks) : judge(record);
    const decided = verdicts.filter(({ status }) => status === "pass" || status === "fail");
    if (decided.some(({ claim }) => !isTrue(claim, effect))) counts.wrongRuns += 1;
    counts.true += verdicts.filter(({ claim }) => isTrue(claim, effect)).length;
    counts.found += decided.filter(({ claim, status }) => isTrue(claim, effect) && status === "pass").length;
    counts.seeds += Math.max(...verdicts.map(({ seeds }) => seeds.length));
  }
  return counts;
}

function isTrue(claim: string, effect: number): boolean {
  return effect !== 0 && Number(claim.replace("claim ", "")) % 2 === 0;
}

function simulate(
  { claims, seeds: count, multiplicity, sequential }: Procedure,
  effect: number,
  confidence: number,
  draws: Draws,
): RunRecord {
  const seeds = Array.from({ length: count }, (_, i) => i);
  const names = Array.from({ length: claims }, (_, i) => [`A${i}`, `B${i}`] as const);
  const [first, ...others] = names.map(
    ([a, b]): ResolvedAssertion => ({ kind: "difference", first: of(a), second: of(b), above: 0 }),
  );
  const samples = seeds.flatMap((seed) =>
    names.flatMap(([a, b], i) => [
      value(a, seed, accuracy(draws, isTrue(`claim ${i}`, effect) ? effect : 0)),
      value(b, seed, accuracy(draws)),
    ]),
  );
  return simulatedRecord({
    seeds,
    confidence,
    measure: arms(...names.flat()),
    samples,
    assertions: [first as ResolvedAssertion, ...others],
    multiplicity,
    ...(sequential ? { sequential } : {}),
  });
}

/** At the first look that decides, at the suite's confidence each time. */
function judgeAtEveryLook(record: RunRecord, looks: NonNullable<Suite["sequential"]>): ReturnType<typeof judge> {
  let verdicts: ReturnType<typeof judge> = [];
  for (const count of lookSchedule(looks)) {
    const seeds = record.suite.seeds.slice(0, count) as RunRecord["suite"]["seeds"];
    verdicts = judge({ ...record, suite: { ...record.suite, seeds } });
    if (verdicts.every(({ status }) => status === "pass" || status === "fail")) break;
  }
  return verdicts;
}
