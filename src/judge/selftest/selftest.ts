import { regularisedBeta } from "../../stats/incomplete-beta.ts";
import type { Interval } from "../../stats/interval.ts";
import { wilsonInterval } from "../../stats/wilson.ts";
import { judge } from "../judge.ts";
import type { VerdictStatus } from "../verdict.ts";
import { comparingScenarios } from "./comparing-scenarios.ts";
import { drawsOf } from "./draws.ts";
import { countProcedure, PROCEDURES, type Procedure } from "./procedures.ts";
import { EFFECTS, type Scenario } from "./scenario.ts";
import { shapeScenarios } from "./shape-scenarios.ts";
import { simulatedRecord } from "./simulated-record.ts";

export interface SelftestOptions {
  /** Simulated runs of each case without effect; of each case with one, a quarter as many. */
  readonly pairs: number;
  readonly seed: number;
  /** Of scenarios and procedures, by kind and name; all when absent. */
  readonly kinds?: readonly string[];
}

/** How often a verdict came that is wrong, where the truth lies on the bound. */
export interface FalseAlarmRate {
  readonly kind: string;
  readonly law: string;
  /** Seeds of each simulated run. */
  readonly seeds: number;
  readonly verdict: "pass" | "fail";
  readonly runs: number;
  readonly count: number;
  /** Wilson's, at 95 %. */
  readonly interval: Interval;
  /** The share that the interval's confidence allows. */
  readonly nominal: number;
  /** Whether so many are beyond chance at the nominal share, for as many rates as there are. */
  readonly exceeds: boolean;
  readonly limit?: string;
}

/** How often an effect was found. */
export interface PowerRate {
  readonly kind: string;
  readonly law: string;
  readonly seeds: number;
  /** In standard deviations of one arm over seeds. */
  readonly effect: number;
  readonly verdict: "pass" | "fail";
  readonly runs: number;
  readonly count: number;
  readonly interval: Interval;
}

/** How often any of several claims, or any of several looks, gave a wrong verdict where no claim holds. */
export interface ProcedureRate {
  readonly procedure: string;
  readonly runs: number;
  readonly count: number;
  readonly interval: Interval;
  readonly nominal: number;
  readonly exceeds: boolean;
  readonly uncorrected?: true;
}

/** How many of the claims with an effect were found, where every other has one, and what it took. */
export interface ProcedurePower {
  readonly procedure: string;
  readonly effect: number;
  readonly claims: number;
  readonly count: number;
  /** Mean over the runs. */
  readonly seeds: number;
}

export interface Selftest {
  readonly falseAlarms: readonly FalseAlarmRate[];
  readonly power: readonly PowerRate[];
  readonly procedures: readonly ProcedureRate[];
  readonly procedurePower: readonly ProcedurePower[];
  /** A rate exceeds where so many wrong verdicts, or more, are less probable than this at the nominal share. */
  readonly level: number;
  /** Rates that exceed and have no known limit as their reason. */
  readonly exceeding: readonly (FalseAlarmRate | ProcedureRate)[];
}

/** Each side of a 95 % interval, which most suites have. */
const TAIL = 0.025;
const CONFIDENCE = 1 - 2 * TAIL;
/** An error rate takes many more runs to be told from its nominal value than a power to be told at all. */
const POWER_SHARE = 1 / 4;
/** Of the intervals of shares. */
const SHARE_CONFIDENCE = 0.95;
/** Probability that any rate of a sound judge exceeds, at most. */
const ALARM_PROBABILITY = 0.05;
export const SEED_COUNTS = [3, 5, 10] as const;
export const SCENARIOS: readonly Scenario[] = [...comparingScenarios, ...shapeScenarios];

/**
 * Judges simulated runs of which the truth is known. Of as many rates as there are some lie high by chance: each is held
 * to its share of ALARM_PROBABILITY, after Bonferroni, by the exact binomial tail.
 */
export function selftest({ pairs, seed, kinds }: SelftestOptions): Selftest {
  const scenarios = SCENARIOS.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const gated = scenarios.filter(({ limit }) => limit === undefined);
  const rates = gated.reduce((sum, { wrongAtZero }) => sum + Object.keys(wrongAtZero).length, 0) * SEED_COUNTS.length;
  const ways = PROCEDURES.filter(({ name }) => kinds === undefined || kinds.includes(name));
  const corrected = ways.filter(({ uncorrected }) => !uncorrected).length;
  const level = ALARM_PROBABILITY / Math.max(1, rates + corrected);
  const cases = scenarios.flatMap((scenario) => SEED_COUNTS.map((seeds) => ({ scenario, seeds })));

  const falseAlarms = cases.flatMap(({ scenario, seeds }) => {
    const counts = countVerdicts(scenario, seeds, 0, pairs, seed);
    return (["pass", "fail"] as const).flatMap((verdict): FalseAlarmRate[] => {
      const tails = scenario.wrongAtZero[verdict];
      if (tails === undefined) return [];
      const nominal = tails * TAIL;
      const count = counts[verdict];
      const exceeds = upperTail(count, pairs, nominal) < level;
      const { kind, law, limit } = scenario;
      return [
        {
          kind,
          law,
          seeds,
          verdict,
          runs: pairs,
          count,
          interval: shareInterval(count, pairs, SHARE_CONFIDENCE),
          nominal,
          exceeds,
          ...(limit === undefined ? {} : { limit }),
        },
      ];
    });
  });
  const powerRuns = Math.ceil(pairs * POWER_SHARE);
  const power = cases.flatMap(({ scenario, seeds }) =>
    scenario.effects.map((effect): PowerRate => {
      const { kind, law, found } = scenario;
      const count = countVerdicts(scenario, seeds, effect, powerRuns, seed)[found];
      const interval = shareInterval(count, powerRuns, SHARE_CONFIDENCE);
      return { kind, law, seeds, effect, verdict: found, runs: powerRuns, count, interval };
    }),
  );
  const procedures = ways.map((procedure) => procedureRate(procedure, { pairs, seed }, level));
  const procedurePower = ways.flatMap((procedure) =>
    EFFECTS.map((effect) => {
      const counts = countProcedure(procedure, effect, powerRuns, seed, CONFIDENCE);
      return {
        procedure: procedure.name,
        effect,
        claims: counts.true,
        count: counts.found,
        seeds: counts.seeds / powerRuns,
      };
    }),
  );
  const exceeding = [
    ...falseAlarms.filter(({ exceeds, limit }) => exceeds && limit === undefined),
    ...procedures.filter(({ exceeds, uncorrected }) => exceeds && !uncorrected),
  ];
  return { falseAlarms, power, procedures, procedurePower, level, exceeding };
}

function procedureRate(procedure: Procedure, { pairs, seed }: SelftestOptions, level: number): ProcedureRate {
  const { name, uncorrected } = procedure;
  const { wrongRuns: count } = countProcedure(procedure, 0, pairs, seed, CONFIDENCE);
  const nominal = 1 - CONFIDENCE;
  return {
    procedure: name,
    runs: pairs,
    count,
    interval: shareInterval(count, pairs, SHARE_CONFIDENCE),
    nominal,
    exceeds: upperTail(count, pairs, nominal) < level,
    ...(uncorrected ? { uncorrected } : {}),
  };
}

function countVerdicts(
  scenario: Scenario,
  seedCount: number,
  effect: number,
  runs: number,
  seed: number,
): Record<VerdictStatus, number> {
  const { assertion, measure } = scenario;
  const draws = drawsOf(seed, scenario.kind, seedCount, effect);
  const seeds = Array.from({ length: seedCount }, (_, i) => i);
  const counts = { pass: 0, fail: 0, inconclusive: 0, "not-measured": 0 };
  for (let run = 0; run < runs; run += 1) {
    const samples = seeds.flatMap((each) => scenario.sample(each, effect, draws));
    const published = scenario.published?.(draws) ?? {};
    const record = simulatedRecord({
      seeds,
      confidence: CONFIDENCE,
      measure,
      samples,
      assertions: [assertion],
      published,
    });
    for (const { status } of judge(record)) counts[status] += 1;
  }
  return counts;
}

function shareInterval(count: number, runs: number, confidence: number): Interval {
  return wilsonInterval(count, runs, confidence) ?? { lower: 0, upper: 1 };
}

/** Probability of so many successes or more. */
function upperTail(count: number, runs: number, probability: number): number {
  return count === 0 ? 1 : regularisedBeta(probability, 1 - probability, count, runs - count + 1);
}
