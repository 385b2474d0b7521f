import { featureCount, type Samples } from "../../data/samples.ts";
import type { Evaluation, Objective } from "../engine.ts";
import { objective } from "./objective-graph.ts";
import { segmentTensors } from "./segment-tensors.ts";
import type { Segment } from "./segments.ts";
import { type Session, tensor } from "./session.ts";

interface Part {
  readonly first: number;
  readonly count: number;
}

/** f over fixed samples on the onnx engine. */
export class OnnxObjective implements Objective {
  readonly dimension: number;
  readonly #samples: Samples;
  readonly #parts: readonly Part[];
  readonly #segments: readonly Segment[];
  readonly #sessions: { gradient(batch: number): Promise<Session>; evaluation(batch: number): Promise<Session> };

  constructor(
    samples: Samples,
    evaluationBatch: number,
    parameterCount: number,
    segments: readonly Segment[],
    sessions: { gradient(batch: number): Promise<Session>; evaluation(batch: number): Promise<Session> },
  ) {
    this.dimension = parameterCount;
    this.#samples = samples;
    this.#parts = nearlyEqualParts(samples.count, evaluationBatch);
    this.#segments = segments;
    this.#sessions = sessions;
  }

  async evaluate(theta: Float32Array): Promise<Evaluation> {
    let loss = 0;
    let correct = 0;
    for (const part of this.#parts) {
      const session = await this.#sessions.evaluation(part.count);
      const out = await session.run(this.#inputs(theta, part), { [objective.losses]: null, [objective.correct]: null });
      loss += sum(out[objective.losses]?.data as Float32Array);
      correct += sum(out[objective.correct]?.data as Float32Array);
    }
    return { loss: loss / this.#samples.count, accuracy: correct / this.#samples.count };
  }

  async lossAndGradient(theta: Float32Array, gradient: Float32Array): Promise<number> {
    let loss = 0;
    const single = this.#parts.length === 1;
    const partial = single ? gradient : new Float32Array(this.dimension);
    if (!single) gradient.fill(0);
    for (const part of this.#parts) {
      const session = await this.#sessions.gradient(part.count);
      const outputs = segmentTensors(this.#segments, [partial], (_, segment) => objective.gradient(segment));
      const out = await session.run(this.#inputs(theta, part), { ...outputs, [objective.losses]: null });
      loss += sum(out[objective.losses]?.data as Float32Array);
      if (single) continue;
      const weight = part.count / this.#samples.count;
      for (let i = 0; i < partial.length; i++) gradient[i] = (gradient[i] as number) + weight * (partial[i] as number);
    }
    return loss / this.#samples.count;
  }

  #inputs(theta: Float32Array, { first, count }: Part): Parameters<Session["run"]>[0] {
    const features = featureCount(this.#samples);
    return {
      [objective.x]: tensor(this.#samples.x.subarray(first * features, (first + count) * features), [count, features]),
      [objective.labels]: tensor(this.#samples.y.subarray(first, first + count), [count]),
      ...segmentTensors(this.#segments, [theta], (_, segment) => objective.theta(segment)),
    };
  }
}

/** At most `size` each, as few as possible, differing by one at most: batch-norm statistics are then over like batches. */
function nearlyEqualParts(count: number, size: number): Part[] {
  const parts = Math.ceil(count / size);
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.floor((i * count) / parts);
    return { first, count: Math.floor(((i + 1) * count) / parts) - first };
  });
}

/** In double precision: small differences of f are what sharpness is made of. */
function sum(values: Float32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
