import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { fillNormal } from "../data/normal.ts";
import { featureCount, type Samples } from "../data/samples.ts";
import type { TrainingObjective } from "../spec/suite.types.ts";
import { type DropoutSite, drawMasks } from "./dropout-masks.ts";

/** What consecutive updates draw at random. */
export interface RandomDraws {
  /** By dropout layer, [updates, batch, …shape]. */
  readonly masks: readonly Float32Array<ArrayBuffer>[];
  /** Of stability training, N(0, 1): [updates, batch, features]; absent otherwise. */
  readonly noise: Float32Array<ArrayBuffer> | undefined;
}

/** What decides what is drawn. */
export interface DrawingParts {
  readonly samples: Samples;
  readonly dropout: readonly DropoutSite[];
  readonly objective: TrainingObjective | undefined;
  /** Draws dropout masks and noise. */
  readonly random: RandomGenerator;
}

/** Drawn update by update, masks before noise, so that it makes no difference how updates are cut into runs. */
export function drawForUpdates(
  { samples, dropout, objective, random }: DrawingParts,
  updates: number,
  batch: number,
): RandomDraws {
  if (!objective || !("stability" in objective)) {
    return { masks: drawMasks(dropout, updates, batch, random), noise: undefined };
  }
  const size = batch * featureCount(samples);
  const noise = new Float32Array(updates * size);
  const drawNoise = (update: number) => fillNormal(noise.subarray(update * size, (update + 1) * size), random);
  return { masks: drawMasks(dropout, updates, batch, random, drawNoise), noise };
}
