import type { Tensor } from "onnxruntime-node";
import { featureCount } from "../../data/samples.ts";
import type { ParameterLayout } from "../../networks/layout.ts";
import { elementCount } from "../../spec/element-count.ts";
import { updatesPerBatch } from "../../spec/updates-per-batch.ts";
import type { DropoutSite } from "../dropout-masks.ts";
import type { Trainer, TrainingState } from "../engine.ts";
import type { Part } from "../evaluation-parts.ts";
import { microBatches } from "../micro-batches.ts";
import { type DrawingParts, drawForUpdates, type RandomDraws } from "../random-draws.ts";
import { initialState, scheduleOf } from "../training-state.ts";
import { CarriedTensors } from "./carried-tensors.ts";
import { copyOf } from "./graphs/copy-graph.ts";
import type { UpdateRule } from "./graphs/optimiser.ts";
import type { Segment } from "./graphs/segments.ts";
import type { StepPart } from "./graphs/step-graph.ts";
import { training } from "./graphs/training-step.ts";
import type { ResidentState } from "./resident-state.ts";
import type { SampleStore } from "./sample-tensors.ts";
import { segmentTensors } from "./segment-tensors.ts";
import { type Session, tensor } from "./session.ts";

export interface DeviceTrainerParts extends DrawingParts {
  readonly rule: UpdateRule;
  readonly layout: ParameterLayout;
  readonly segments: readonly Segment[];
  readonly dropout: readonly DropoutSite[];
  readonly microBatch: number | undefined;
  readonly store: SampleStore;
  readonly resident: ResidentState;
  /** Of the step graph, with its outputs left on the device. */
  stepSession(batch: number, part: StepPart): Promise<Session>;
  /** Copies θ, state, running statistics and losses back. */
  downloadSession(): Promise<Session>;
}

/**
 * Training on WebGPU: a run is one update, or one micro-batch of it, and samples, θ, state and running statistics stay on the
 * device from step to step. They come back at the end of each `update`; on its next call they are sent there again only
 * if `state` holds other arrays than it was left with. So an array in `state` may be replaced but not written into.
 */
export class DeviceTrainer implements Trainer {
  readonly #parts: DeviceTrainerParts;
  readonly #letGo: () => Promise<void>;

  constructor(parts: DeviceTrainerParts) {
    this.#parts = parts;
    this.#letGo = parts.store.hold(parts.samples);
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
    const updates = (indices.length / batch) * updatesPerBatch(this.#parts.objective);
    const carried = this.#parts.resident.take(state) ?? this.#carry(state);
    try {
      // One more than there are updates: their number shifts through it, and none of the pieces may be empty.
      carried.set(training.losses, tensor(new Float32Array(updates + 1), [updates + 1]));
      await this.#run(carried, indices, batch, scheduleOf(this.#parts.rule, state.updates, updates, rateFactor));
      const losses = new Float32Array(updates + 1);
      await this.#download(carried, state, losses);
      state.updates += updates;
      this.#parts.resident.leave(state, carried);
      return losses.subarray(1);
    } catch (error) {
      carried.free();
      throw error;
    }
  }

  release(): Promise<void> {
    return this.#letGo();
  }

  #carry({ theta, moments, running }: TrainingState): CarriedTensors {
    const carried = new CarriedTensors();
    const tensors = segmentTensors(this.#parts.segments, [theta, ...moments], training.tensor);
    for (const [name, value] of Object.entries(tensors)) carried.set(name, value);
    if (running.length > 0) carried.set(training.running, tensor(running, [running.length]));
    return carried;
  }

  /** Makes the updates. @param schedule [updates × numbers of the rule] */
  async #run(carried: CarriedTensors, indices: Int32Array, batch: number, schedule: Float32Array): Promise<void> {
    const { samples, rule, objective, store } = this.#parts;
    const repeats = updatesPerBatch(objective);
    const updates = (indices.length / batch) * repeats;
    const { x, labels } = await store.tensors(samples, { first: 0, count: samples.count });
    for (let update = 0; update < updates; update++) {
      const first = Math.floor(update / repeats) * batch;
      const anchor = update % repeats === 0 ? "set" : "pull";
      const numbers = schedule.subarray(update * rule.scheduleLength, (update + 1) * rule.scheduleLength);
      const whole = {
        [training.x]: x,
        [training.labels]: labels,
        [training.schedule]: tensor(numbers, [numbers.length]),
      };
      await this.#step(carried, indices.subarray(first, first + batch), whole, repeats > 1 ? anchor : undefined);
    }
  }

  /** Makes one update. @param whole what all micro-batches are given. */
  async #step(
    carried: CarriedTensors,
    chosen: Int32Array,
    whole: Readonly<Record<string, Tensor>>,
    anchor: StepPart["anchor"],
  ): Promise<void> {
    const { microBatch, objective, stepSession } = this.#parts;
    const draws = drawForUpdates(this.#parts, 1, chosen.length);
    const parts = microBatches(chosen.length, microBatch);
    const passes = objective && "sam" in objective ? (["ascent", "descent"] as const) : [undefined];
    for (const pass of passes) {
      for (const [p, part] of parts.entries()) {
        const last = p === parts.length - 1;
        const session = await stepSession(chosen.length, {
          size: part.count,
          first: p === 0,
          last,
          ...(pass ? { pass } : {}),
          ...(anchor && last ? { anchor } : {}),
        });
        const feeds = { ...carried.feeds, ...whole, ...this.#rows(chosen, draws, part) };
        for (const [name, value] of Object.entries(await session.run(feeds))) {
          carried.set(training.replacedBy(name), value);
        }
      }
    }
  }

  /** What a micro-batch is given of its own. */
  #rows(chosen: Int32Array, { masks, noise }: RandomDraws, { first, count }: Part): Record<string, Tensor> {
    const { samples, dropout } = this.#parts;
    const rowsOf = (values: Float32Array, size: number) => values.subarray(first * size, (first + count) * size);
    const feeds: Record<string, Tensor> = {
      [training.indices]: tensor(chosen.subarray(first, first + count), [count]),
    };
    for (const [s, { layer, shape }] of dropout.entries()) {
      feeds[training.mask(layer)] = tensor(rowsOf(masks[s] as Float32Array, elementCount(shape)), [count, ...shape]);
    }
    const features = featureCount(samples);
    if (noise) feeds[training.noise] = tensor(rowsOf(noise, features), [count, features]);
    return feeds;
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
