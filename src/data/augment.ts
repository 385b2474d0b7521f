import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Augmentation } from "../spec/suite.types.ts";
import { moveImage } from "./move-image.ts";
import type { Samples } from "./samples.ts";

/**
 * Images changed at random: mirrored with probability ½, turned about their centre by a uniform angle and shifted by uniform
 * shares of their size along each axis.
 *
 * @param samples images of shape [channels, height, width].
 * @param random advanced by four numbers an image, whatever the augmentation.
 * @param x where the changed images go; as many numbers as the samples have.
 */
export function augmented(
  samples: Samples,
  { flip, rotate = 0, shift = 0 }: Augmentation,
  random: RandomGenerator,
  x: Float32Array<ArrayBuffer> = new Float32Array(samples.x.length),
): Samples {
  const [channels, height, width] = samples.shape as [number, number, number];
  const signed = () => 2 * uniformFloat64(random) - 1;
  const size = channels * height * width;
  for (let image = 0; image < samples.count; image++) {
    const mirror = uniformFloat64(random) < 0.5 && flip === true;
    const angle = (signed() * rotate * Math.PI) / 180;
    const [down, right] = [signed() * shift * height, signed() * shift * width];
    moveImage(samples.x, x, image * size, [channels, height, width], { mirror, angle, down, right });
  }
  return { ...samples, x };
}
