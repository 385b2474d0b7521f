import { featureCount, type Samples } from "../../data/samples.ts";
import type { Trainer, TrainingState } from "../engine.ts";
import type { UpdateRule } from "./optimiser.ts";
import { segmentTensors } from "./segment-tensors.ts";
import type { Segment } from "./segments.ts";
import { type Session, tensor } from "./session.ts";
import { training } from "./training-graph.ts";

/** Training on the onnx engine: each call to `update` is one run of the training graph. */
export class OnnxTrainer implements Trainer {
  readonly #samples: Samples;
  readonly #rule: UpdateRule;
  readonly #parameterCount: number;
  readonly #segments: readonly Segment[];
  readonly #session: (batch: number) => Promise<Session>;
  // Writing new θ over old θ is unsafe: it may be overwritten before the backward pass has read it.
  #spare: Float32Array<ArrayBuffer>[];

  constructor(
    samples: Samples,
    rule: UpdateRule,
    parameterCount: number,
    segments: readonly Segment[],
    session: (batch: number) => Promise<Session>,
  ) {
    this.#samples = samples;
    this.#rule = rule;
    this.#parameterCount = parameterCount;
    this.#segments = segments;
    this.#session = session;
    this.#spare = Array.from({ length: 1 + rule.stateCount }, () => new Float32Array(parameterCount));
  }

  start(theta: Float32Array): TrainingState {
    const moments = Array.from({ length: this.#rule.stateCount }, () => new Float32Array(this.#parameterCount));
    return { theta: Float32Array.from(theta), moments, updates: 0 };
  }

  async update(state: TrainingState, indices: Int32Array, batch: number): Promise<Float32Array> {
    const steps = indices.length / batch;
    const schedule = Float32Array.from(
      Array.from({ length: steps }, (_, i) => this.#rule.schedule(state.updates + i + 1)).flat(),
    );
    const before = [state.theta, ...state.moments];
    const after = this.#spare;
    const inputs: Parameters<Session["run"]>[0] = {
      [training.steps]: tensor(BigInt64Array.of(BigInt(steps)), []),
      [training.x]: tensor(this.#samples.x, [this.#samples.count, featureCount(this.#samples)]),
      [training.labels]: tensor(this.#samples.y, [this.#samples.count]),
      [training.indices]: tensor(indices, [steps, batch]),
      [training.schedule]: tensor(schedule, [steps, this.#rule.scheduleLength]),
      ...segmentTensors(this.#segments, before, training.tensor),
    };
    const outputs = { ...segmentTensors(this.#segments, after, training.newTensor), [training.losses]: null };
    const session = await this.#session(batch);
    const { [training.losses]: losses } = await session.run(inputs, outputs);
    const [theta, ...moments] = after;
    state.theta = theta as Float32Array<ArrayBuffer>;
    state.moments = moments;
    state.updates += steps;
    this.#spare = before;
    return losses?.data as Float32Array;
  }
}
