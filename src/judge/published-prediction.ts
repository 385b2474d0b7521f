import type { PublishedValue } from "../spec/run.types.ts";
import type { Interval } from "../stats/interval.ts";
import { predictionInterval } from "../stats/prediction-interval.ts";

/** Where a published mean with its spread says that the mean of our trials falls. */
export interface PublishedPrediction {
  readonly mean: number;
  readonly standardDeviation: number;
  /** Published trials. */
  readonly n: number;
  /** Ours. */
  readonly newValues: number;
  readonly interval: Interval;
}

/** @returns null where the published value lacks its spread, or of how many trials it is, or is of a single one. */
export function publishedPrediction(
  value: PublishedValue | undefined,
  newValues: number,
  confidence: number,
): PublishedPrediction | null {
  if (value?.std === undefined || value.n === undefined) return null;
  const { mean, std: standardDeviation, n } = value;
  const interval = predictionInterval({ mean, standardDeviation, n }, newValues, confidence);
  return interval && { mean, standardDeviation, n, newValues, interval };
}
