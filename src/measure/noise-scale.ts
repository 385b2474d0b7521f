import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { type Samples, samplesAt } from "../data/samples.ts";
import type { Model } from "../engine/engine.ts";
import type { MeasuredValue } from "./measured-value.ts";
import { norm } from "./norm.ts";

/**
 * The simple gradient noise scale B = tr Σ / |G|² in samples: at batches of this size the noise of a gradient is as large as
 * the gradient. G and Σ are of the training set: mean and covariance (divided by N) of the gradients of its samples. From the
 * squared lengths of gradients of small and large batches, unbiased estimates of tr Σ and |G|² are averaged before they are
 * divided; batches are drawn without replacement, so that the squared length of one of b samples is on average
 * |G|² + tr Σ (N − b) / (b (N − 1)).
 *
 * @param x Float32Array[n]
 * @param running statistics of the layers that keep them.
 * @see McCandlish et al. 2018, appendix A.1
 */
export async function gradientNoiseScale(
  model: Model,
  train: Samples,
  x: Float32Array,
  running: Float32Array,
  { small, large, repeats }: { small: number; large: number; repeats: number },
  random: RandomGenerator,
): Promise<MeasuredValue[]> {
  if (small >= large || large > train.count) {
    return [{ absent: `batches of ${small} and ${large} of ${train.count} samples tell nothing` }];
  }
  const gradient = new Float32Array(x.length);
  const squaredLength = async (size: number) => {
    const batch = samplesAt(train, draw(train.count, size, random));
    await model.objective(batch, size, running).lossAndGradient(x, gradient);
    return norm(gradient) ** 2;
  };
  const shareOf = (size: number) => (train.count - size) / (size * (train.count - 1));
  let [squared, noise] = [0, 0];
  const draws: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const [ofSmall, ofLarge] = [await squaredLength(small), await squaredLength(large)];
    squared += (ofSmall * shareOf(large) - ofLarge * shareOf(small)) / (shareOf(large) - shareOf(small)) / repeats;
    const trace = (ofSmall - ofLarge) / (shareOf(small) - shareOf(large));
    noise += trace / repeats;
    draws.push(trace);
  }
  if (squared <= 0) {
    return [{ absent: `the gradient is lost in its noise: ${repeats} batches of ${large} do not tell |G|² from 0` }];
  }
  return [{ value: noise / squared, detail: { draws, gradientNorm: Math.sqrt(squared), evaluations: 2 * repeats } }];
}

/** So many different positions, at random. */
function draw(available: number, size: number, random: RandomGenerator): Int32Array {
  const positions = Int32Array.from({ length: available }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = uniformInt(random, i, available - 1);
    [positions[i], positions[j]] = [positions[j] as number, positions[i] as number];
  }
  return positions.subarray(0, size);
}
