import { uniformInt } from "pure-rand/distribution/uniformInt";
import { ClaimbenchError } from "../spec/error.ts";
import type { LabelNoise } from "../spec/suite.types.ts";
import { drawPositions } from "./draw-positions.ts";
import { dataGenerator } from "./generator.ts";
import type { Samples } from "./samples.ts";

/**
 * Gives round(share · n) of the samples another class each, drawn uniformly from the others.
 *
 * @returns samples with labels of their own; x is shared.
 * @throws ClaimbenchError `data-label-noise` when there is no other class.
 */
export function withLabelNoise(samples: Samples, classes: number, { share, seed = 0 }: LabelNoise): Samples {
  if (classes < 2)
    throw new ClaimbenchError("data-label-noise", "label noise takes at least two classes; there is one");
  const random = dataGenerator("label-noise", seed);
  const y = samples.y.slice();
  for (const position of drawPositions(samples.count, Math.round(share * samples.count), random)) {
    y[position] = ((y[position] as number) + uniformInt(random, 1, classes - 1)) % classes;
  }
  return { ...samples, y };
}
