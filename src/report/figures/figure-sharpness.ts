import type { MeasuredSample, RunRecord } from "../../spec/run.types.ts";
import type { ArmView } from "../arms.ts";
import type { Measurement } from "../words/measurement-words.ts";

type Sharpness = Extract<Measurement, { metric: "sharpness" }>;

/** Which φ of several stands in a figure. */
export interface DrawnSharpness {
  readonly measurement: string;
  readonly epsilon: number;
  readonly maximiser: string;
}

const PAPERS_EPSILON = 0.001;

/** In the full space, at the ε that was read where it was measured, by the maximiser that the report draws alone elsewhere. */
export function drawnSharpness(
  { suite }: RunRecord,
  arms: readonly ArmView[],
  fits: (measurement: Sharpness) => boolean = () => true,
): DrawnSharpness | undefined {
  for (const { name } of arms) {
    const measure = suite.arms.find((arm) => arm.name === name)?.measure ?? {};
    for (const [key, measurement] of Object.entries(measure)) {
      if (measurement.metric !== "sharpness" || measurement.space !== "full" || !fits(measurement)) continue;
      const { epsilon: epsilons, maximiser: maximisers } = measurement;
      const epsilon = epsilons.includes(PAPERS_EPSILON) ? PAPERS_EPSILON : epsilons[0];
      const maximiser = maximisers.includes("scaled") ? "scaled" : maximisers[0];
      if (epsilon !== undefined && maximiser !== undefined) return { measurement: key, epsilon, maximiser };
    }
  }
  return undefined;
}

/** Its samples of an arm: at the minimiser and along the training. */
export function sharpnessSamples({ samples }: RunRecord, arm: string, drawn: DrawnSharpness | undefined) {
  return samples.filter(
    (sample): sample is MeasuredSample =>
      drawn !== undefined &&
      "value" in sample &&
      sample.arm === arm &&
      sample.measurement === drawn.measurement &&
      sample.epsilon === drawn.epsilon &&
      sample.maximiser === drawn.maximiser,
  );
}

/** "φ at ε = 0.001, by the scaled maximiser." */
export function sharpnessWords({ epsilon, maximiser }: DrawnSharpness): string {
  return `φ at ε = ${epsilon}, by the ${maximiser} maximiser.`;
}
