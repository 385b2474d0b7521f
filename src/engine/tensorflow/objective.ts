import type { Samples } from "../../data/samples.ts";
import { checkRunningStatistics, type ParameterLayout } from "../../networks/layout.ts";
import type { Evaluation, Objective } from "../engine.ts";
import { nearlyEqualParts, type Part } from "../evaluation-parts.ts";
import { sum } from "../sum.ts";
import type { Pass } from "./forward.ts";
import { crossEntropy } from "./loss.ts";
import type { Batch, NetworkFunction } from "./network-function.ts";
import { unpackRunning } from "./running-statistics.ts";
import { oneHot } from "./samples-on-device.ts";
import type { Tensor, Tf } from "./tf.ts";

export interface ObjectiveParts {
  readonly tf: Tf;
  readonly network: NetworkFunction;
  readonly layout: ParameterLayout;
  readonly classes: number;
  readonly samples: Samples;
  /** All samples on the device, [count, …input]. */
  x(): Tensor;
  readonly evaluationBatch: number;
  /** Statistics of the layers that keep them; needed where there are any. */
  readonly running: Float32Array | undefined;
}

/** f over fixed samples on tfjs. */
export class TensorflowObjective implements Objective {
  readonly dimension: number;
  readonly #parts: ObjectiveParts;
  readonly #slices: readonly Part[];

  constructor(parts: ObjectiveParts) {
    const { layout, running, samples, evaluationBatch } = parts;
    checkRunningStatistics(layout, running);
    this.dimension = layout.parameterCount;
    this.#parts = parts;
    this.#slices = nearlyEqualParts(samples.count, evaluationBatch);
  }

  async evaluate(theta: Float32Array): Promise<Evaluation> {
    const { tf, network, samples, classes } = this.#parts;
    let loss = 0;
    let correct = 0;
    for (const slice of this.#slices) {
      const results = tf.tidy(() => {
        const { x, expected } = this.#batch(slice);
        const logits = network.logits(tf.tensor(theta, [theta.length]), x, this.#pass());
        return { logits, losses: crossEntropy(tf, logits, expected) };
      });
      loss += sum(await results.losses.data());
      correct += countCorrect(await results.logits.data(), samples.y.subarray(slice.first), slice.count, classes);
      tf.dispose(results);
    }
    return { loss: loss / samples.count, accuracy: correct / samples.count };
  }

  async lossAndGradient(theta: Float32Array, gradient: Float32Array, patternsAt?: Float32Array): Promise<number> {
    const { tf, network, samples } = this.#parts;
    let loss = 0;
    let total: Tensor | undefined;
    for (const slice of this.#slices) {
      const before: Tensor | undefined = total;
      const results = tf.tidy(() => {
        const batch = this.#batch(slice);
        const pass = patternsAt ? this.#passOnPieces(patternsAt, batch) : this.#pass();
        const at = tf.tensor(theta, [theta.length]);
        const part = network.lossesAndGradient(at, batch, 1 / samples.count, pass);
        return { losses: part.losses, total: before ? tf.add(before, part.gradient) : part.gradient };
      });
      before?.dispose();
      total = results.total;
      loss += sum(await results.losses.data());
      results.losses.dispose();
    }
    if (total) gradient.set(await total.data());
    total?.dispose();
    return loss / samples.count;
  }

  #batch({ first, count }: Part): Batch {
    const { tf, samples, classes, x } = this.#parts;
    const all = x();
    const rest = all.shape.slice(1);
    const labels = oneHot(samples.y.subarray(first, first + count), classes);
    return {
      x: tf.slice(all, [first, ...rest.map(() => 0)], [count, ...rest]),
      expected: tf.tensor(labels, [count, classes]),
    };
  }

  #passOnPieces(patternsAt: Float32Array, { x }: Batch): Pass {
    const { tf, network } = this.#parts;
    const pass = this.#pass();
    const pieces = tf.tidy(() => network.pieces(tf.tensor(patternsAt, [patternsAt.length]), x, pass));
    return { ...pass, pieces };
  }

  #pass(): Pass {
    const { tf, layout, running } = this.#parts;
    return running && layout.runningCount > 0
      ? { running: unpackRunning(tf, layout, tf.tensor(running, [layout.runningCount])) }
      : {};
  }
}

/** Samples whose first largest logit is the label's. */
function countCorrect(logits: Float32Array, labels: Int32Array, count: number, classes: number): number {
  let correct = 0;
  for (let i = 0; i < count; i++) {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if ((logits[i * classes + k] as number) > (logits[i * classes + best] as number)) best = k;
    }
    if (best === labels[i]) correct++;
  }
  return correct;
}
