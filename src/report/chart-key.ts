import type { ArmGroup } from "./arms.ts";
import type { FactorFamily } from "./measured/factor-families.ts";

/** Names what a chart shows, however it is titled: a chart that stands as a figure of the paper is not drawn twice. */
export type ChartKey = string;

/** @param quantity as the points of a learning curve name it: "testAccuracy". */
export function curveKey({ anchor }: ArmGroup, quantity: string): ChartKey {
  return JSON.stringify(["curve", anchor, quantity]);
}

/** Accuracy over what the arms of a family differ by. */
export function accuracyKey({ anchor }: ArmGroup, factor: FactorFamily["factor"]): ChartKey {
  return JSON.stringify(["accuracy", anchor, factor]);
}

/** @param measurement its name in the suite. */
export function alongTrainingKey({ anchor }: ArmGroup, measurement: string, epsilon: number | undefined): ChartKey {
  return JSON.stringify(["along training", anchor, measurement, epsilon ?? null]);
}

/** @param arm where the path ends. @param measurement its name in the suite. */
export function pathKey(arm: string, measurement: string): ChartKey {
  return JSON.stringify(["path", arm, measurement]);
}
