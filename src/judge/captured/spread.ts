import type { Arm, SampleReference } from "../../spec/run.types.ts";
import { standardDeviation } from "../../stats/sample.ts";

/** Values closer than this, relative to the larger one, differ by rounding: some ten steps of float32. */
export const ROUNDING = 1e-6;

/** Test samples where a suite takes a whole data set: those of MNIST and CIFAR. */
const WHOLE_TEST_SET = 10_000;

/**
 * Standard deviation of captured values over seeds, but no less than they can be told apart: their rounding, and for an
 * accuracy one sample more or less.
 *
 * @param values two or more.
 */
export function spreadOf(values: readonly number[], reference: SampleReference, arm: Arm | undefined): number {
  return Math.max(standardDeviation(values), resolutionOf(values, reference, arm));
}

/** How close values cannot be told apart: by their rounding, and for an accuracy one sample more or less. */
export function resolutionOf(values: readonly number[], reference: SampleReference, arm: Arm | undefined): number {
  const largest = Math.max(...values.map(Math.abs));
  return Math.max(ROUNDING * largest, stepOf(reference, arm));
}

function stepOf({ measurement }: SampleReference, arm: Arm | undefined): number {
  const measured = arm?.measure[measurement];
  if (measured?.metric !== "accuracy") return 0;
  const sizes = arm?.data as { readonly train?: unknown; readonly test?: unknown } | undefined;
  const size = sizes?.[measured.on];
  return 1 / (typeof size === "number" && size > 0 ? size : WHOLE_TEST_SET);
}
