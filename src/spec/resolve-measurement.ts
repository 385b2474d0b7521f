import { DEFAULT_EVALUATION_BATCH } from "./evaluation-batch.ts";
import type { Measurement, SharpnessSpace } from "./suite.types.ts";

const EVALUATION = { evaluationBatch: DEFAULT_EVALUATION_BATCH } as const;

/**
 * A measurement with its defaults filled in; which arms it is for is left out, since an arm has only its own.
 *
 * @param end of the names of arms: the matrix variant.
 */
export function resolveMeasurement({ arms: _, ...measurement }: Measurement, end: string): Measurement {
  switch (measurement.metric) {
    case "accuracy":
    case "loss":
      return { at: "end", ...measurement };
    case "distance":
      return measurement;
    case "gradient-norm":
      return { ...EVALUATION, ...measurement };
    case "top-eigenvalue":
      return { iterations: 50, tolerance: 1e-3, ...EVALUATION, ...measurement };
    case "sharpness":
      return { ...EVALUATION, ...measurement, space: resolveSpace(measurement.space) };
    case "path":
      return {
        points: 25,
        range: [-1, 2],
        lossRise: 0.5,
        ...EVALUATION,
        ...measurement,
        from: measurement.from + end,
      };
    case "trace":
      return { probes: 20, ...EVALUATION, ...measurement };
    case "spectrum":
      return { probes: 3, steps: 40, ...EVALUATION, ...measurement };
    case "steep-directions":
      return { directions: 200, ...EVALUATION, ...measurement };
    case "gradient-noise-scale":
      return { repeats: 20, ...measurement };
    case "rescaled-sharpness":
      return { ...EVALUATION, ...measurement };
    case "adaptive-sharpness":
      return { scale: "element", steps: 20, ...EVALUATION, ...measurement };
    case "step-time":
      return { iterations: 20, ...measurement };
    default:
      return { ...EVALUATION, ...measurement };
  }
}

function resolveSpace(space: SharpnessSpace): SharpnessSpace {
  return space === "full" ? space : { draws: 5, columns: "gaussian", ...space };
}
