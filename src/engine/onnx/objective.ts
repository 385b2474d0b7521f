import type { Samples } from "../../data/samples.ts";
import { checkRunningStatistics, type ParameterLayout } from "../../networks/layout.ts";
import type { Evaluation, Objective } from "../engine.ts";
import { nearlyEqualParts, type Part } from "../evaluation-parts.ts";
import { sum } from "../sum.ts";
import { objective } from "./graphs/objective-graph.ts";
import type { Segment } from "./graphs/segments.ts";
import type { SampleStore } from "./sample-tensors.ts";
import { segmentTensors } from "./segment-tensors.ts";
import { type Session, tensor } from "./session.ts";

/** What an objective runs on. */
export interface ObjectiveRuntime {
  readonly store: SampleStore;
  gradient(batch: number, patterns: "own" | "fixed"): Promise<Session>;
  evaluation(batch: number): Promise<Session>;
}

/** f over fixed samples on the onnx engine. */
export class OnnxObjective implements Objective {
  readonly dimension: number;
  readonly #samples: Samples;
  readonly #parts: readonly Part[];
  readonly #segments: readonly Segment[];
  readonly #runtime: ObjectiveRuntime;
  readonly #running: Float32Array | undefined;

  /** @param running statistics of the layers that keep them; needed where there are any. */
  constructor(
    samples: Samples,
    evaluationBatch: number,
    layout: ParameterLayout,
    segments: readonly Segment[],
    running: Float32Array | undefined,
    runtime: ObjectiveRuntime,
  ) {
    checkRunningStatistics(layout, running);
    this.dimension = layout.parameterCount;
    this.#samples = samples;
    this.#parts = nearlyEqualParts(samples.count, evaluationBatch);
    this.#segments = segments;
    this.#running = layout.runningCount > 0 ? running : undefined;
    this.#runtime = runtime;
  }

  async evaluate(theta: Float32Array): Promise<Evaluation> {
    let loss = 0;
    let correct = 0;
    for (const part of this.#parts) {
      const session = await this.#runtime.evaluation(part.count);
      const out = await session.run(await this.#inputs(theta, part), {
        [objective.losses]: null,
        [objective.correct]: null,
      });
      loss += sum(out[objective.losses]?.data as Float32Array);
      correct += sum(out[objective.correct]?.data as Float32Array);
    }
    return { loss: loss / this.#samples.count, accuracy: correct / this.#samples.count };
  }

  async lossAndGradient(theta: Float32Array, gradient: Float32Array, patternsAt?: Float32Array): Promise<number> {
    let loss = 0;
    const single = this.#parts.length === 1;
    const partial = single ? gradient : new Float32Array(this.dimension);
    if (!single) gradient.fill(0);
    for (const part of this.#parts) {
      const session = await this.#runtime.gradient(part.count, patternsAt ? "fixed" : "own");
      const outputs = segmentTensors(this.#segments, [partial], (_, segment) => objective.gradient(segment));
      const out = await session.run(await this.#inputs(theta, part, patternsAt), {
        ...outputs,
        [objective.losses]: null,
      });
      loss += sum(out[objective.losses]?.data as Float32Array);
      if (single) continue;
      const weight = part.count / this.#samples.count;
      for (let i = 0; i < partial.length; i++) gradient[i] = (gradient[i] as number) + weight * (partial[i] as number);
    }
    return loss / this.#samples.count;
  }

  async #inputs(theta: Float32Array, part: Part, patternsAt?: Float32Array): Promise<Parameters<Session["run"]>[0]> {
    const { x, labels } = await this.#runtime.store.tensors(this.#samples, part);
    return {
      [objective.x]: x,
      [objective.labels]: labels,
      ...segmentTensors(this.#segments, [theta], (_, segment) => objective.theta(segment)),
      ...(patternsAt
        ? segmentTensors(this.#segments, [patternsAt], (_, segment) => objective.patternsAt(segment))
        : {}),
      ...(this.#running ? { [objective.running]: tensor(this.#running, [this.#running.length]) } : {}),
    };
  }
}
