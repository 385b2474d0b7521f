import { setImmediate } from "node:timers/promises";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../../data/samples.ts";
import type { ParameterLayout } from "../../networks/layout.ts";
import { type DropoutSite, drawMasks } from "../dropout-masks.ts";
import type { Trainer, TrainingState } from "../engine.ts";
import type { Part } from "../evaluation-parts.ts";
import { microBatches } from "../micro-batches.ts";
import { initialState } from "../training-state.ts";
import type { UpdateConstants } from "../update-constants.ts";
import { axesToChannelsLast } from "./forward.ts";
import type { NetworkFunction } from "./network-function.ts";
import type { Statistics } from "./operators.ts";
import { updateRunning } from "./running-statistics.ts";
import { oneHot } from "./samples-on-device.ts";
import type { Tensor, Tf } from "./tf.ts";
import { applyUpdate } from "./update-rule.ts";

export interface TrainerParts {
  readonly tf: Tf;
  readonly network: NetworkFunction;
  readonly layout: ParameterLayout;
  readonly classes: number;
  readonly samples: Samples;
  /** All samples on the device, [count, …input]. */
  x(): Tensor;
  readonly constants: UpdateConstants;
  readonly dropout: readonly DropoutSite[];
  /** Draws dropout masks. */
  readonly random: RandomGenerator;
  readonly microBatch: number | undefined;
}

/** What an update changes, on the device. */
type DeviceState = {
  readonly theta: Tensor;
  /** Where a layer keeps running statistics. */
  readonly running: Tensor | undefined;
  readonly moments: readonly Tensor[];
};

/** The gradient of a batch's mean loss, added up over its micro-batches. */
type BatchGradient = {
  readonly gradient: Tensor;
  readonly loss: Tensor;
  readonly running: Tensor | undefined;
};

/** Training on tfjs: θ and the optimiser's state stay on the device from update to update. */
export class TensorflowTrainer implements Trainer {
  readonly #parts: TrainerParts;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  start(theta: Float32Array): TrainingState {
    return initialState(theta, this.#parts.layout, this.#parts.constants);
  }

  async update(
    state: TrainingState,
    indices: Int32Array,
    batch: number,
    rateFactor: (update: number) => number = () => 1,
  ): Promise<Float32Array> {
    const { tf, constants } = this.#parts;
    const steps = indices.length / batch;
    const losses: Tensor[] = [];
    let device = this.#upload(state);
    for (let step = 0; step < steps; step++) {
      const update = state.updates + step + 1;
      const [rate = 0, ...rest] = constants.schedule(update);
      const chosen = indices.subarray(step * batch, (step + 1) * batch);
      const { loss, ...next } = this.#step(device, chosen, [rate * rateFactor(update), ...rest]);
      tf.dispose(device);
      device = next;
      losses.push(loss);
      // Operations are called synchronously: without a pause nothing else in the process gets its turn.
      await setImmediate();
    }
    state.theta = await device.theta.data();
    state.moments = await Promise.all(device.moments.map((moment) => moment.data()));
    if (device.running) state.running = await device.running.data();
    state.updates += steps;
    const all = steps > 0 ? await this.#read(losses) : new Float32Array(0);
    tf.dispose([device, losses]);
    return all;
  }

  #upload({ theta, running, moments }: TrainingState): DeviceState {
    const vector = (values: Float32Array) => this.#parts.tf.tensor(values, [values.length]);
    return {
      theta: vector(theta),
      running: running.length > 0 ? vector(running) : undefined,
      moments: moments.map(vector),
    };
  }

  async #read(scalars: readonly Tensor[]): Promise<Float32Array> {
    const { tf } = this.#parts;
    const stacked = tf.tidy(() => tf.stack(scalars));
    const values = await stacked.data();
    stacked.dispose();
    return values;
  }

  #step(before: DeviceState, chosen: Int32Array, schedule: readonly number[]): DeviceState & { readonly loss: Tensor } {
    const { tf, constants } = this.#parts;
    const { gradient, loss, running } = this.#batchGradient(before, chosen);
    const [theta, ...moments] = tf.tidy(() =>
      applyUpdate(tf, constants, before.theta, gradient, before.moments, schedule),
    ) as [Tensor, ...Tensor[]];
    gradient.dispose();
    return { theta, running, moments, loss };
  }

  #batchGradient({ theta, running }: DeviceState, chosen: Int32Array): BatchGradient {
    const { tf, dropout, random, microBatch } = this.#parts;
    const masks = drawMasks(dropout, 1, chosen.length, random);
    let total: BatchGradient | undefined;
    for (const part of microBatches(chosen.length, microBatch)) {
      const before: BatchGradient | undefined = total;
      total = tf.tidy(() => {
        const one = this.#partGradient(theta, before?.running ?? running, chosen, masks, part);
        return before
          ? { ...one, gradient: tf.add(before.gradient, one.gradient), loss: tf.add(before.loss, one.loss) }
          : one;
      });
      tf.dispose(before);
    }
    return total as BatchGradient;
  }

  /** One micro-batch's share of the batch's mean loss and its gradient. */
  #partGradient(
    theta: Tensor,
    running: Tensor | undefined,
    chosen: Int32Array,
    masks: readonly Float32Array[],
    part: Part,
  ): BatchGradient {
    const { tf, network, layout, samples, classes, x } = this.#parts;
    const rows = chosen.subarray(part.first, part.first + part.count);
    const labels = Int32Array.from(rows, (row) => samples.y[row] as number);
    const statistics = new Map<number, Statistics>();
    const weight = 1 / chosen.length;
    const { losses, gradient } = network.lossesAndGradient(
      theta,
      {
        x: tf.gather(x(), tf.tensor(rows, [part.count], "int32")),
        expected: tf.tensor(oneHot(labels, classes), [part.count, classes]),
      },
      weight,
      {
        masks: this.#masks(masks, chosen.length, part),
        report: (layer, values) => void statistics.set(layer, values),
      },
    );
    const after = running && updateRunning(tf, layout, running, statistics);
    for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance]);
    return { gradient, loss: tf.mul(tf.sum(losses), weight), running: after };
  }

  /** The rows of a part, channels last, by layer. */
  #masks(masks: readonly Float32Array[], batch: number, { first, count }: Part): Map<number, Tensor> {
    const { tf, dropout } = this.#parts;
    return new Map(
      dropout.map(({ layer, shape }, i) => {
        const mask = masks[i] as Float32Array;
        const size = mask.length / batch;
        const tensor = tf.tensor(mask.subarray(first * size, (first + count) * size), [count, ...shape]);
        return [layer, shape.length > 1 ? tf.transpose(tensor, axesToChannelsLast(shape.length + 1)) : tensor];
      }),
    );
  }
}
