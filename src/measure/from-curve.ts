import type { CurvePoint } from "../spec/run.types.ts";
import type { AccuracyMeasurement, LossMeasurement } from "../spec/suite.types.ts";

/** Accuracy (0 to 1) or loss (nats) at the last epoch, at the best one, or how much better the best is than the last. */
export function fromCurve(
  curve: readonly CurvePoint[],
  { metric, on, at = "end" }: AccuracyMeasurement | LossMeasurement,
): number {
  const trained = curve.filter(({ epoch }) => epoch > 0);
  const values = trained.map((point) => {
    if (metric === "accuracy") return on === "train" ? point.trainAccuracy : point.testAccuracy;
    return on === "train" ? point.trainLoss : point.testLoss;
  });
  const end = values.at(-1) ?? Number.NaN;
  const best = metric === "accuracy" ? Math.max(...values) : Math.min(...values);
  if (at === "end") return end;
  return at === "best" ? best : Math.abs(best - end);
}
