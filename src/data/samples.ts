import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { DataFileFacts } from "../spec/run.types.ts";

/** Labelled samples in memory. */
export interface Samples {
  /** float32 [count, …shape], row by row. */
  readonly x: Float32Array<ArrayBuffer>;
  /** Class of each sample, int32 [count]. */
  readonly y: Int32Array<ArrayBuffer>;
  readonly count: number;
  /** Shape of one sample. */
  readonly shape: readonly number[];
}

export interface LoadedSamples {
  readonly samples: Samples;
  /** What they were read from. */
  readonly files: readonly DataFileFacts[];
}

/** A training and a test set. */
export interface LoadedData {
  readonly train: Samples;
  readonly test: Samples;
  readonly files: readonly DataFileFacts[];
}

/** Elements of one sample. */
export function featureCount(samples: Samples): number {
  return elementCount(samples.shape);
}

/** The first samples, as views: nothing is copied. */
export function firstSamples(samples: Samples, count: number): Samples {
  if (count >= samples.count) return samples;
  const features = featureCount(samples);
  return { x: samples.x.subarray(0, count * features), y: samples.y.subarray(0, count), count, shape: samples.shape };
}

/** The samples at the given positions, copied. */
export function samplesAt(samples: Samples, positions: Int32Array): Samples {
  const features = featureCount(samples);
  const x = new Float32Array(positions.length * features);
  for (const [i, position] of positions.entries()) {
    x.set(samples.x.subarray(position * features, (position + 1) * features), i * features);
  }
  const y = Int32Array.from(positions, (position) => samples.y[position] as number);
  return { x, y, count: positions.length, shape: samples.shape };
}

/**
 * Checks that a network with so many inputs and classes can be fed with the samples.
 *
 * @throws ClaimbenchError `data-shape`, `data-label` or `data-not-finite`, naming `source`.
 */
export function checkSamples(samples: Samples, inputs: number, classes: number, source: string): void {
  if (featureCount(samples) !== inputs) {
    throw new ClaimbenchError(
      "data-shape",
      `${source}: a sample has shape [${samples.shape}], ${featureCount(samples)} numbers; the network takes ${inputs}`,
    );
  }
  for (let i = 0; i < samples.count; i++) {
    const label = samples.y[i] as number;
    if (label < 0 || label >= classes) {
      throw new ClaimbenchError(
        "data-label",
        `${source}: the label of sample ${i} is ${label}; the network has classes 0 to ${classes - 1}`,
      );
    }
  }
  const bad = samples.x.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new ClaimbenchError(
      "data-not-finite",
      `${source}: sample ${Math.floor(bad / inputs)} holds ${samples.x[bad]}`,
    );
  }
}
