import type { Arm, SampleReference } from "../../spec/run.types.ts";
import type { Interval } from "../../stats/interval.ts";
import { tStatistic } from "../../stats/paired-t.ts";
import { predictionInterval } from "../../stats/prediction-interval.ts";
import { mean } from "../../stats/sample.ts";
import { studentTTwoSided } from "../../stats/student-t.ts";
import { welchT } from "../../stats/welch-t.ts";
import { formatCount, formatInterval, formatNumber, formatSeeds } from "../wording.ts";
import type { Conditions } from "./conditions.ts";
import { spreadOf } from "./spread.ts";

/** How far from its captured value, in captured standard deviations over seeds, a seed may come out. */
const TOLERANCE = 2;

/** Times that differ by less are noise of the machine, however alike they were when they were measured twice. */
const TIMING_FLOOR = 0.1;
/** The part of a step time that tells how far a second series of updates was from the first. */
export const REPEAT_RATIO = "repeat-ratio";

/** Two sets of values of one quantity, by seed. */
export interface QuantityPair {
  readonly reference: SampleReference;
  /** The arm as it ran now. */
  readonly arm: Arm | undefined;
  /** One or more. */
  readonly ours: ReadonlyMap<number, number>;
  /** One or more. */
  readonly captured: ReadonlyMap<number, number>;
  /** Of a step time, the ratios of both sides that tell its noise. */
  readonly repeats?: readonly number[];
}

/** What one quantity's values say before it is known how many were tested. */
export interface QuantityTest {
  /**
   * bit-equal: every seed of ours has the captured value; seeds: seeds in common, one by one; statistical: the means;
   * timing: times of updates.
   */
  readonly level: "bit-equal" | "seeds" | "statistical" | "timing";
  readonly ours: MeanOf;
  readonly captured: MeanOf;
  /** Chance of a difference so large where nothing has changed; 1 where no test was needed. */
  readonly p: number;
  /** Whether it drifts whatever the chance; undefined: the chance decides. */
  readonly drifted?: boolean;
  /** Where our mean was expected. */
  readonly expected?: Interval;
  /** What was compared with what, in words. */
  readonly wording: string;
}

interface MeanOf {
  readonly mean: number;
  /** Seeds. */
  readonly n: number;
}

/** @returns why not, where the two cannot be compared. */
export function testQuantity(
  pair: QuantityPair,
  conditions: Pick<Conditions, "exact" | "timings">,
  confidence: number,
): QuantityTest | { readonly notCompared: string } {
  const ours = [...pair.ours.values()];
  const captured = [...pair.captured.values()];
  const means = { ours: meanOf(ours), captured: meanOf(captured) };
  const shared = [...pair.ours.keys()].filter((seed) => pair.captured.has(seed));
  const allShared = shared.length === ours.length;
  if (allShared && shared.every((seed) => pair.ours.get(seed) === pair.captured.get(seed))) {
    return { level: "bit-equal", ...means, p: 1, wording: `the captured value at ${formatSeeds(shared)}, bit for bit` };
  }
  if (isTiming(pair)) return testTimings(ours, captured, means, noiseFloor(pair), conditions, confidence);
  if (captured.length < 2) return { notCompared: "only one seed was captured, so its spread is not known" };

  const spread = spreadOf(captured, pair.reference, pair.arm);
  const beyond = shared.filter((seed) => {
    const distance = Math.abs((pair.ours.get(seed) as number) - (pair.captured.get(seed) as number));
    return distance > TOLERANCE * spread;
  });
  if (conditions.exact && beyond.length > 0) {
    return { level: "seeds", ...means, p: 0, drifted: true, wording: seedsBeyond(pair, beyond, spread) };
  }
  if (allShared && beyond.length === 0) {
    const within = `within ${TOLERANCE} captured standard deviations (${formatNumber(spread)}) at ${formatSeeds(shared)}`;
    const why = conditions.exact ? ", though not bit for bit as it should be" : "";
    return { level: "seeds", ...means, p: 1, drifted: false, wording: `${within}${why}` };
  }
  return testMeans(means, spread, confidence);
}

function testMeans(means: Pick<QuantityTest, "ours" | "captured">, spread: number, confidence: number): QuantityTest {
  const { ours, captured } = means;
  const summary = { mean: captured.mean, standardDeviation: spread, n: captured.n };
  const expected = predictionInterval(summary, ours.n, confidence) as Interval;
  const error = spread * Math.sqrt(1 / captured.n + 1 / ours.n);
  const p = studentTTwoSided(tStatistic(ours.mean - captured.mean, error), captured.n - 1);
  const seeds = (n: number) => formatCount(n, "seed");
  const wording = `mean ${formatNumber(ours.mean, [captured.mean], 4)} of ${seeds(ours.n)}; expected ${formatInterval(expected, [ours.mean], 4)} from ${formatNumber(captured.mean, [ours.mean], 4)} ± ${formatNumber(spread)} of ${seeds(captured.n)} captured`;
  return { level: "statistical", ...means, p, expected, wording };
}

/** Compared on the scale of ratios: Welch's test of their logarithms, once the ratio of the means is more than noise. */
function testTimings(
  ours: readonly number[],
  captured: readonly number[],
  means: Pick<QuantityTest, "ours" | "captured">,
  floor: number,
  { timings }: Pick<Conditions, "timings">,
  confidence: number,
): QuantityTest | { readonly notCompared: string } {
  if (!timings) return { notCompared: "times depend on the number of workers and threads, which differ" };
  if ([...ours, ...captured].some((value) => value <= 0)) return { notCompared: "a time is not positive" };
  const logarithms = [ours, captured].map((values) => values.map(Math.log)) as [number[], number[]];
  const test = welchT(...logarithms, confidence);
  if (!test) return { notCompared: "times of one seed have no spread" };
  const ratio = Math.exp(mean(logarithms[0]) - mean(logarithms[1]));
  const percent = `${formatNumber(100 * Math.abs(ratio - 1))} % ${ratio > 1 ? "more" : "less"} than captured`;
  if (Math.max(ratio, 1 / ratio) < 1 + floor) {
    const wording = `${percent}: below ${formatNumber(100 * floor)} % it is noise`;
    return { level: "timing", ...means, p: 1, drifted: false, wording };
  }
  return { level: "timing", ...means, p: test.p, wording: percent };
}

/** As far as the same updates, measured twice, came out apart on either side; 0.1 is a tenth. */
function noiseFloor({ repeats = [] }: QuantityPair): number {
  return Math.max(TIMING_FLOOR, ...repeats.map((ratio) => Math.max(ratio, 1 / ratio) - 1));
}

/** Derived numbers of a step time (`samples-per-second`, `training-seconds`) say nothing that its seconds do not. */
export function isDerivedTiming({ reference, arm }: Pick<QuantityPair, "reference" | "arm">): boolean {
  return isTiming({ reference, arm }) && reference.part !== "seconds";
}

function isTiming({ reference, arm }: Pick<QuantityPair, "reference" | "arm">): boolean {
  return arm?.measure[reference.measurement]?.metric === "step-time";
}

function seedsBeyond({ ours, captured }: QuantityPair, seeds: readonly number[], spread: number): string {
  const told = seeds.slice(0, 3).map((seed) => {
    const [now, then] = [ours.get(seed) as number, captured.get(seed) as number];
    return `${formatNumber(now, [then], 4)} at seed ${seed}, captured ${formatNumber(then, [now], 4)}`;
  });
  const left = seeds.length - told.length;
  const more = left > 0 ? `; and ${formatCount(left, "more seed")}` : "";
  return `${told.join("; ")}${more}: more than ${TOLERANCE} captured standard deviations (${formatNumber(spread)}) away`;
}

function meanOf(values: readonly number[]): MeanOf {
  return { mean: mean(values), n: values.length };
}
