import type { Tensor } from "onnxruntime-node";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../../data/samples.ts";
import type { ParameterLayout } from "../../networks/layout.ts";
import { elementCount } from "../../spec/element-count.ts";
import { type DropoutSite, drawMasks } from "../dropout-masks.ts";
import type { Trainer, TrainingState } from "../engine.ts";
import { microBatches } from "../micro-batches.ts";
import { initialState, scheduleOf } from "../training-state.ts";
import { CarriedTensors } from "./carried-tensors.ts";
import { copyOf } from "./copy-graph.ts";
import type { UpdateRule } from "./optimiser.ts";
import type { ResidentState } from "./resident-state.ts";
import type { SampleStore } from "./sample-tensors.ts";
import { segmentTensors } from "./segment-tensors.ts";
import type { Segment } from "./segments.ts";
import { type Session, tensor } from "./session.ts";
import type { StepPart } from "./step-graph.ts";
import { training } from "./training-step.ts";

export interface DeviceTrainerParts {
  readonly samples: Samples;
  readonly rule: UpdateRule;
  readonly layout: ParameterLayout;
  readonly segments: readonly Segment[];
  readonly dropout: readonly DropoutSite[];
  /** Draws dropout masks. */
  readonly random: RandomGenerator;
  readonly microBatch: number | undefined;
  readonly store: SampleStore;
  readonly resident: ResidentState;
  /** Of the step graph, with its outputs left on the device. */
  stepSession(batch: number, part: StepPart): Promise<Session>;
  /** Copies θ, state, running statistics and losses back. */
  downloadSession(): Promise<Session>;
}

/**
 * Training on WebGPU: a run is one step, or one micro-batch of it, and samples, θ, state and running statistics stay on the
 * device from step to step. They come back at the end of each `update`; on its next call they are sent there again only
 * if `state` holds other arrays than it was left with. So an array in `state` may be replaced but not written into.
 */
export class DeviceTrainer implements Trainer {
  readonly #parts: DeviceTrainerParts;

  constructor(parts: DeviceTrainerParts) {
    this.#parts = parts;
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
    const steps = indices.length / batch;
    const carried = this.#parts.resident.take(state) ?? this.#carry(state);
    try {
      // One more than there are steps: their number shifts through it, and none of the pieces may be empty.
      carried.set(training.losses, tensor(new Float32Array(steps + 1), [steps + 1]));
      await this.#run(carried, indices, batch, scheduleOf(this.#parts.rule, state.updates, steps, rateFactor));
      const losses = new Float32Array(steps + 1);
      await this.#download(carried, state, losses);
      state.updates += steps;
      this.#parts.resident.leave(state, carried);
      return losses.subarray(1);
    } catch (error) {
      carried.free();
      throw error;
    }
  }

  #carry({ theta, moments, running }: TrainingState): CarriedTensors {
    const carried = new CarriedTensors();
    const tensors = segmentTensors(this.#parts.segments, [theta, ...moments], training.tensor);
    for (const [name, value] of Object.entries(tensors)) carried.set(name, value);
    if (running.length > 0) carried.set(training.running, tensor(running, [running.length]));
    return carried;
  }

  /** Makes the steps. @param schedule [steps × numbers of the rule] */
  async #run(carried: CarriedTensors, indices: Int32Array, batch: number, schedule: Float32Array): Promise<void> {
    const { samples, rule, dropout, random, microBatch, store, stepSession } = this.#parts;
    const steps = indices.length / batch;
    const { x, labels } = await store.tensors(samples, { first: 0, count: samples.count });
    const parts = microBatches(batch, microBatch);
    for (let step = 0; step < steps; step++) {
      const masks = drawMasks(dropout, 1, batch, random);
      const numbers = schedule.subarray(step * rule.scheduleLength, (step + 1) * rule.scheduleLength);
      for (const [p, { first, count }] of parts.entries()) {
        const from = step * batch + first;
        const feeds: Record<string, Tensor> = {
          ...carried.feeds,
          [training.x]: x,
          [training.labels]: labels,
          [training.indices]: tensor(indices.subarray(from, from + count), [count]),
          [training.schedule]: tensor(numbers, [numbers.length]),
        };
        for (const [s, { layer, shape }] of dropout.entries()) {
          const size = elementCount(shape);
          const rows = (masks[s] as Float32Array).subarray(first * size, (first + count) * size);
          feeds[training.mask(layer)] = tensor(rows, [count, ...shape]);
        }
        const session = await stepSession(batch, { size: count, first: p === 0, last: p === parts.length - 1 });
        for (const [name, value] of Object.entries(await session.run(feeds))) {
          carried.set(training.replacedBy(name), value);
        }
      }
    }
  }

  /** Puts new vectors into `state` and fills `losses`. */
  async #download(carried: CarriedTensors, state: TrainingState, losses: Float32Array): Promise<void> {
    const { segments, downloadSession } = this.#parts;
    const [theta, ...moments] = [state.theta, ...state.moments].map(({ length }) => new Float32Array(length));
    const running = new Float32Array(state.running.length);
    const vectors = [theta as Float32Array<ArrayBuffer>, ...moments];
    const outputs = segmentTensors(segments, vectors, (kind, s) => copyOf(training.tensor(kind, s)));
    outputs[copyOf(training.losses)] = tensor(losses, [losses.length]);
    if (running.length > 0) outputs[copyOf(training.running)] = tensor(running, [running.length]);
    await (await downloadSession()).run(carried.feeds, outputs);
    Object.assign(state, { theta, moments, running });
  }
}
