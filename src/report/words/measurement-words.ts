import { DEFAULT_EVALUATION_BATCH } from "../../spec/evaluation-batch.ts";
import type { Arm } from "../../spec/run.types.ts";
import { codeWords, optionWords, withUnit } from "./plugin-words.ts";
import { formatEvery, formatWhole } from "./quantities.ts";

export type Measurement = Arm["measure"][string];

/** What is measured: "test accuracy", "sharpness φ, full space". */
export function measurementWords(measurement: Measurement): string {
  switch (measurement.metric) {
    case "sharpness":
      return `sharpness φ, ${measurement.space === "full" ? "full space" : `random subspaces of ${measurement.space.random} dimensions`}`;
    case "accuracy":
    case "loss": {
      const quantity = `${measurement.on === "train" ? "training" : "test"} ${measurement.metric}`;
      if (measurement.at === "best") return `best ${quantity}`;
      if (measurement.at === "every-epoch") return `${quantity}, every epoch`;
      return measurement.at === "peak-minus-end" ? `${quantity}, best minus last` : quantity;
    }
    case "gradient-norm":
      return "gradient norm ‖∇f‖₂";
    case "distance":
      return "distance from the start ‖x − x₀‖₂";
    case "top-eigenvalue":
      return "top eigenvalue λmax of the Hessian";
    case "path":
      return `${measurement.shape} path from ${measurement.from}`;
    case "trace":
      return "trace of the Hessian";
    case "spectrum":
      return "spectrum of the Hessian";
    case "steep-directions":
      return "share of steep directions";
    case "gradient-noise-scale":
      return "gradient noise scale, samples";
    case "rescaled-sharpness":
      return `sharpness φ after rescaling by ${measurement.factor}`;
    case "adaptive-sharpness":
      return `sharpness in a ball, ${{ element: "parameters' own scale", filter: "filters' own scale", none: "one radius" }[measurement.scale ?? "element"]}, nats`;
    case "step-time":
      return "time of an update";
    default:
      return withUnit(measurement.code?.title ?? measurement.metric, measurement.code?.unit);
  }
}

const PARTS: Record<string, string> = {
  seconds: "time of an update, seconds",
  "samples-per-second": "samples trained a second",
  "training-seconds": "time of all updates, seconds",
  "repeat-ratio": "time of an update measured again, as a ratio",
  largest: "largest eigenvalue of the spectrum",
  smallest: "smallest eigenvalue of the spectrum",
  "share-above-tenth": "share of eigenvalues above a tenth of the largest",
  "share-negative": "share of negative eigenvalues",
  "loss-change": "change of the loss by rescaling",
  "accuracy-change": "change of the accuracy by rescaling",
};

/** One of a measurement's values: "largest eigenvalue of the spectrum". */
export function partWords(measurement: Measurement, part: string | undefined): string {
  if ("code" in measurement && part !== undefined) {
    return withUnit(`${measurement.code?.title ?? measurement.metric}: ${part}`, measurement.code?.values?.[part]);
  }
  return part === undefined || part === "sharpness" ? measurementWords(measurement) : (PARTS[part] ?? part);
}

/** How it is measured, so that it can be repeated. */
export function measurementOptions(measurement: Measurement): string {
  const [over, ...most] = evaluationParts(measurement);
  return optionWordsOf(measurement, over === undefined ? [] : [`f ${over}`, ...most]);
}

/** The same, for where it is said elsewhere how f is evaluated. */
export function ownMeasurementOptions(measurement: Measurement): string {
  return optionWordsOf(measurement, []);
}

function optionWordsOf(measurement: Measurement, evaluation: readonly string[]): string {
  const every = "everyEpochs" in measurement ? measurement.everyEpochs : undefined;
  return [
    ...optionsOf(measurement),
    ...evaluation,
    ...(every === undefined ? [] : [`also ${formatEvery(every)} of the training`]),
  ].join("; ");
}

function optionsOf(measurement: Measurement): string[] {
  switch (measurement.metric) {
    case "sharpness": {
      const { space, epsilon, maximiser } = measurement;
      const columns =
        space === "full" ? [] : [`${space.draws ?? 5} draws per trial`, `${space.columns ?? "gaussian"} columns`];
      return [`ε ${epsilon.join(", ")}`, `maximisers ${maximiser.join(", ")}`, ...columns];
    }
    case "gradient-norm":
      return [];
    case "top-eigenvalue":
      return [`at most ${measurement.iterations ?? 50} power iterations`, `tolerance ${measurement.tolerance ?? 1e-3}`];
    case "accuracy":
    case "loss":
      return [
        `from the learning curve, ${{ end: "last epoch", best: "best epoch", "peak-minus-end": "best minus last epoch", "every-epoch": "every epoch" }[measurement.at ?? "end"]}`,
      ];
    case "distance":
      return ["of all parameters"];
    case "path":
      return [
        `${measurement.points ?? 25} points, α from ${(measurement.range ?? [-1, 2]).join(" to ")}`,
        `half-width at a rise of ${measurement.lossRise ?? 0.5} nats`,
      ];
    case "trace":
      return [`${measurement.probes ?? 20} Rademacher probes`];
    case "spectrum":
      return [`stochastic Lanczos quadrature, ${measurement.probes ?? 3} starts of ${measurement.steps ?? 40} steps`];
    case "steep-directions":
      return [
        `${measurement.directions ?? 200} filter-normalised directions of length ${measurement.distance}`,
        `steep: a rise above ${measurement.rise} nats`,
      ];
    case "gradient-noise-scale":
      return [
        `gradients of ${measurement.small} and ${measurement.large} samples, ${measurement.repeats ?? 20} of each`,
      ];
    case "rescaled-sharpness":
      return ["full space", `ε ${measurement.epsilon.join(", ")}`, `maximisers ${measurement.maximiser.join(", ")}`];
    case "adaptive-sharpness":
      return [`ρ ${measurement.rho}, at most ${measurement.steps ?? 20} steps of ascent`];
    case "step-time":
      return [`median of ${measurement.iterations ?? 20} updates, by tinybench, beside whatever else the machine did`];
    default:
      return [...optionWords(measurement), codeWords(measurement.metric, measurement.code)];
  }
}

/** Read off the learning curve, off the parameters, or off updates of their own. */
const WITHOUT_EVALUATION: ReadonlySet<string> = new Set([
  "accuracy",
  "loss",
  "distance",
  "gradient-noise-scale",
  "step-time",
] satisfies Measurement["metric"][]);

/** How f is evaluated: "over all training samples", "at most 5,000 an evaluation". Empty where it is not. */
export function evaluationParts(measurement: Measurement): string[] {
  if (WITHOUT_EVALUATION.has(measurement.metric)) return [];
  const { samples, evaluationBatch } = measurement as { samples?: number; evaluationBatch?: number };
  return [
    `over ${samples === undefined ? "all training samples" : `the first ${formatWhole(samples)} training samples`}`,
    `at most ${formatWhole(evaluationBatch ?? DEFAULT_EVALUATION_BATCH)} an evaluation`,
  ];
}
