import type { CurvePoint } from "../spec/run.types.ts";
import type { AccuracyMeasurement, LossMeasurement } from "../spec/suite.types.ts";
import type { MeasuredValue } from "./measured-value.ts";

/**
 * Accuracy (0 to 1) or loss (nats) at the last epoch, at the best one, how much better the best is than the last, or of all
 * epochs of the curve.
 */
export function fromCurve(
  curve: readonly CurvePoint[],
  { metric, on, at = "end" }: AccuracyMeasurement | LossMeasurement,
): MeasuredValue[] {
  const read = (point: CurvePoint) => {
    if (metric === "accuracy") return on === "train" ? point.trainAccuracy : point.testAccuracy;
    return on === "train" ? point.trainLoss : point.testLoss;
  };
  const trained = curve.filter(({ epoch }) => epoch > 0);
  if (at === "every-epoch") {
    return trained.map((point) => ({ value: read(point), at: point.epoch, detail: { loss: point.trainLoss } }));
  }
  const values = trained.map(read);
  const end = values.at(-1) ?? Number.NaN;
  const best = metric === "accuracy" ? Math.max(...values) : Math.min(...values);
  if (at === "end") return [{ value: end }];
  return [{ value: at === "best" ? best : Math.abs(best - end) }];
}
