import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import type { Arm } from "../spec/run.types.ts";
import { formatWhole } from "./quantities.ts";

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
      return measurement.at === "peak-minus-end" ? `${quantity}, best minus last` : quantity;
    }
    case "gradient-norm":
      return "gradient norm ‖∇f‖₂";
    case "distance":
      return "distance from the start ‖x − x₀‖₂";
    case "top-eigenvalue":
      return "top eigenvalue λmax of the Hessian";
  }
}

/** How it is measured, so that it can be repeated. */
export function measurementOptions(measurement: Measurement): string {
  switch (measurement.metric) {
    case "sharpness": {
      const { space, epsilon, maximiser } = measurement;
      const columns =
        space === "full" ? [] : [`${space.draws ?? 5} draws per trial`, `${space.columns ?? "gaussian"} columns`];
      return [
        `ε ${epsilon.join(", ")}`,
        `maximisers ${maximiser.join(", ")}`,
        ...columns,
        ...evaluation(measurement),
      ].join("; ");
    }
    case "gradient-norm":
      return evaluation(measurement).join("; ");
    case "top-eigenvalue":
      return [
        `at most ${measurement.iterations ?? 50} power iterations`,
        `tolerance ${measurement.tolerance ?? 1e-3}`,
        ...evaluation(measurement),
      ].join("; ");
    case "accuracy":
    case "loss":
      return `from the learning curve, ${{ end: "last epoch", best: "best epoch", "peak-minus-end": "best minus last epoch" }[measurement.at ?? "end"]}`;
    case "distance":
      return "of all parameters";
  }
}

function evaluation({ samples, evaluationBatch }: { samples?: number; evaluationBatch?: number }): string[] {
  return [
    `f over ${samples === undefined ? "all training samples" : `the first ${formatWhole(samples)} training samples`}`,
    `at most ${formatWhole(evaluationBatch ?? DEFAULT_EVALUATION_BATCH)} an evaluation`,
  ];
}
