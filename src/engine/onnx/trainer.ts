import { featureCount } from "../../data/samples.ts";
import type { ParameterLayout } from "../../networks/layout.ts";
import { updatesPerBatch } from "../../spec/updates-per-batch.ts";
import type { DropoutSite } from "../dropout-masks.ts";
import type { Trainer, TrainingState } from "../engine.ts";
import { type DrawingParts, drawForUpdates } from "../random-draws.ts";
import { initialState, scheduleOf } from "../training-state.ts";
import type { UpdateRule } from "./graphs/optimiser.ts";
import type { Segment } from "./graphs/segments.ts";
import { training } from "./graphs/training-step.ts";
import { segmentTensors } from "./segment-tensors.ts";
import { type Session, tensor } from "./session.ts";

export interface TrainerParts extends DrawingParts {
  readonly rule: UpdateRule;
  readonly layout: ParameterLayout;
  readonly segments: readonly Segment[];
  session(batch: number): Promise<Session>;
}

/** Training on the onnx engine: each call to `update` is one run of the training graph. */
export class OnnxTrainer implements Trainer {
  readonly #parts: TrainerParts;
  // Writing new θ over old θ is unsafe: it may be overwritten before the backward pass has read it.
  #spare: Float32Array<ArrayBuffer>[];
  #spareRunning: Float32Array<ArrayBuffer>;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
    this.#spare = Array.from(
      { length: 1 + parts.rule.stateCount },
      () => new Float32Array(parts.layout.parameterCount),
    );
    this.#spareRunning = new Float32Array(parts.layout.runningCount);
  }

  start(theta: Float32Array): TrainingState {
    return initialState(theta, this.#parts.layout, this.#parts.rule);
  }

  async update(
    state: TrainingState,
    indices: Int32Array,
    batch: number,
    rateFactor: (update: number) => number = () => 1,
  ): Promise<Float32Array> {
    const { samples, layout, rule, segments, dropout, objective } = this.#parts;
    const steps = indices.length / batch;
    const updates = steps * updatesPerBatch(objective);
    const schedule = scheduleOf(rule, state.updates, updates, rateFactor);
    const before = [state.theta, ...state.moments];
    const after = this.#spare;
    const inputs: Record<string, ReturnType<typeof tensor>> = {
      [training.steps]: tensor(BigInt64Array.of(BigInt(steps)), []),
      [training.x]: tensor(samples.x, [samples.count, featureCount(samples)]),
      [training.labels]: tensor(samples.y, [samples.count]),
      [training.indices]: tensor(indices, [steps, batch]),
      [training.schedule]: tensor(schedule, [updates, rule.scheduleLength]),
      ...segmentTensors(segments, before, training.tensor),
    };
    const { masks, noise } = drawForUpdates(this.#parts, updates, batch);
    for (const [s, mask] of masks.entries()) {
      const { layer, shape } = dropout[s] as DropoutSite;
      inputs[training.mask(layer)] = tensor(mask, [updates, batch, ...shape]);
    }
    if (noise) inputs[training.noise] = tensor(noise, [updates, batch, featureCount(samples)]);
    const outputs: Record<string, ReturnType<typeof tensor> | null> = {
      ...segmentTensors(segments, after, (kind, s) => training.next(training.tensor(kind, s))),
      [training.losses]: null,
    };
    if (layout.runningCount > 0) {
      inputs[training.running] = tensor(state.running, [layout.runningCount]);
      outputs[training.next(training.running)] = tensor(this.#spareRunning, [layout.runningCount]);
    }
    const session = await this.#parts.session(batch);
    const { [training.losses]: losses } = await session.run(inputs, outputs);
    const [theta, ...moments] = after;
    state.theta = theta as Float32Array<ArrayBuffer>;
    state.moments = moments;
    state.updates += updates;
    this.#spare = before;
    [state.running, this.#spareRunning] = [this.#spareRunning, state.running];
    return losses?.data as Float32Array;
  }

  async release(): Promise<void> {}
}
