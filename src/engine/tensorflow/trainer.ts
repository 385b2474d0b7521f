import { setImmediate } from "node:timers/promises";
import { featureCount } from "../../data/samples.ts";
import type { ParameterLayout } from "../../networks/layout.ts";
import { updatesPerBatch } from "../../spec/updates-per-batch.ts";
import type { Trainer, TrainingState } from "../engine.ts";
import type { Part } from "../evaluation-parts.ts";
import { microBatches } from "../micro-batches.ts";
import { type DrawingParts, drawForUpdates, type RandomDraws } from "../random-draws.ts";
import { initialState } from "../training-state.ts";
import type { UpdateConstants } from "../update-constants.ts";
import { axesToChannelsLast, type Pass } from "./forward.ts";
import type { Batch, NetworkFunction } from "./network-function.ts";
import type { Statistics } from "./operators.ts";
import { updateRunning } from "./running-statistics.ts";
import { oneHot } from "./samples-on-device.ts";
import { adversarial, stability } from "./second-pass.ts";
import type { Tensor, Tf } from "./tf.ts";
import { applyUpdate } from "./update-rule.ts";

export interface TrainerParts extends DrawingParts {
  readonly tf: Tf;
  readonly network: NetworkFunction;
  readonly layout: ParameterLayout;
  readonly classes: number;
  /** Shape of one sample as the network takes it, channels first. */
  readonly input: readonly number[];
  /** All samples on the device, [count, …input]. */
  x(): Tensor;
  readonly constants: UpdateConstants;
  readonly microBatch: number | undefined;
  /** Lets go of the samples. */
  letGo(): void;
}

/** What an update changes, on the device. */
type DeviceState = {
  readonly theta: Tensor;
  /** Where a layer keeps running statistics. */
  readonly running: Tensor | undefined;
  readonly moments: readonly Tensor[];
};

/** Against division by zero where a gradient vanishes. */
const SMALLEST_NORM = 1e-12;

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
    const repeats = updatesPerBatch(this.#parts.objective);
    const updates = (indices.length / batch) * repeats;
    const losses: Tensor[] = [];
    let device = this.#upload(state);
    let anchor: Tensor | undefined;
    for (let made = 0; made < updates; made++) {
      const update = state.updates + made + 1;
      const [rate = 0, ...rest] = constants.schedule(update);
      const first = Math.floor(made / repeats) * batch;
      if (repeats > 1 && made % repeats === 0) {
        anchor?.dispose();
        anchor = tf.tidy(() => tf.mul(device.theta, 1));
      }
      const schedule = [rate * rateFactor(update), ...rest];
      const { loss, ...next } = this.#step(device, indices.subarray(first, first + batch), schedule, anchor);
      tf.dispose(device);
      device = next;
      losses.push(loss);
      // Operations are called synchronously: without a pause nothing else in the process gets its turn.
      await setImmediate();
    }
    anchor?.dispose();
    state.theta = await device.theta.data();
    state.moments = await Promise.all(device.moments.map((moment) => moment.data()));
    if (device.running) state.running = await device.running.data();
    state.updates += updates;
    const all = updates > 0 ? await this.#read(losses) : new Float32Array(0);
    tf.dispose([device, losses]);
    return all;
  }

  async release(): Promise<void> {
    this.#parts.letGo();
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

  /** @param anchor θ where the batch began; for conservative training. */
  #step(
    before: DeviceState,
    chosen: Int32Array,
    schedule: readonly number[],
    anchor: Tensor | undefined,
  ): DeviceState & { readonly loss: Tensor } {
    const { tf, constants } = this.#parts;
    const { gradient, loss, running } = this.#objectiveGradient(before, chosen, anchor);
    const [theta, ...moments] = tf.tidy(() =>
      applyUpdate(tf, constants, before.theta, gradient, before.moments, schedule),
    ) as [Tensor, ...Tensor[]];
    gradient.dispose();
    return { theta, running, moments, loss };
  }

  #objectiveGradient(before: DeviceState, chosen: Int32Array, anchor: Tensor | undefined): BatchGradient {
    const { tf, objective } = this.#parts;
    const drawn = drawForUpdates(this.#parts, 1, chosen.length);
    const first = this.#batchGradient(before, chosen, drawn);
    const replaced = (gradient: Tensor): BatchGradient => {
      first.gradient.dispose();
      return { ...first, gradient };
    };
    if (objective && "sam" in objective) {
      const theta = tf.tidy(() => {
        const norm = tf.sqrt(tf.sum(tf.mul(first.gradient, first.gradient)));
        const factor = tf.div(tf.scalar(objective.sam.rho), tf.add(norm, SMALLEST_NORM));
        return tf.add(before.theta, tf.mul(first.gradient, factor));
      });
      const second = this.#batchGradient({ ...before, theta, running: undefined }, chosen, drawn);
      tf.dispose([theta, second.loss]);
      return replaced(second.gradient);
    }
    if (objective && "proximal" in objective && anchor) {
      const { lambda } = objective.proximal;
      const pulled = () => tf.add(first.gradient, tf.mul(tf.sub(before.theta, anchor), lambda));
      return replaced(tf.tidy(pulled));
    }
    return first;
  }

  #batchGradient({ theta, running }: DeviceState, chosen: Int32Array, drawn: RandomDraws): BatchGradient {
    const { tf, microBatch } = this.#parts;
    let total: BatchGradient | undefined;
    for (const part of microBatches(chosen.length, microBatch)) {
      const before: BatchGradient | undefined = total;
      total = tf.tidy(() => {
        const one = this.#partGradient(theta, before?.running ?? running, chosen, drawn, part);
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
    drawn: RandomDraws,
    part: Part,
  ): BatchGradient {
    const { tf, layout, samples, classes, x } = this.#parts;
    const rows = chosen.subarray(part.first, part.first + part.count);
    const labels = Int32Array.from(rows, (row) => samples.y[row] as number);
    const statistics = new Map<number, Statistics>();
    const weight = 1 / chosen.length;
    const batch = {
      x: tf.gather(x(), tf.tensor(rows, [part.count], "int32")),
      expected: tf.tensor(oneHot(labels, classes), [part.count, classes]),
    };
    const masks = this.#masks(drawn.masks, chosen.length, part);
    const pass = { masks, report: (layer: number, values: Statistics) => void statistics.set(layer, values) };
    const noise = () => this.#noise(drawn.noise as Float32Array, part);
    const { losses, gradient } = this.#lossesAndGradient(theta, batch, weight, pass, noise);
    const after = running && updateRunning(tf, layout, running, statistics);
    for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance]);
    return { gradient, loss: tf.mul(tf.sum(losses), weight), running: after };
  }

  #lossesAndGradient(theta: Tensor, batch: Batch, weight: number, pass: Pass, noise: () => Tensor) {
    const { tf, network, objective } = this.#parts;
    if (objective && "adversarial" in objective) {
      return adversarial(tf, network, objective.adversarial, theta, batch, weight, pass);
    }
    if (objective && "stability" in objective) {
      return stability(tf, network, objective.stability, theta, batch, weight, pass, noise());
    }
    return network.lossesAndGradient(theta, batch, weight, pass);
  }

  /** The rows of a part, channels last. */
  #noise(noise: Float32Array, { first, count }: Part): Tensor {
    const { tf, input, samples } = this.#parts;
    const size = featureCount(samples);
    const tensor = tf.tensor(noise.subarray(first * size, (first + count) * size), [count, ...input]);
    return input.length > 1 ? tf.transpose(tensor, axesToChannelsLast(input.length + 1)) : tensor;
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
