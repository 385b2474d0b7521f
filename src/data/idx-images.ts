import { join } from "node:path";
import type { DataFileFacts } from "../spec/run.types.ts";
import type { FileFacts, IdxFacts, Split } from "./data-sets.ts";
import { existing } from "./find-data.ts";
import { type IdxArray, readIdx } from "./idx.ts";
import { scalePixels } from "./pixels.ts";
import { readVerified } from "./read-verified.ts";
import type { LoadedSamples } from "./samples.ts";

/**
 * Reads the images at the given positions, pixels scaled from 0…255 to [0, 1].
 *
 * @param folder holds the IDX files, plain or gzipped.
 * @throws ClaimbenchError `idx-damaged`, or as {@link readVerified}.
 */
export async function loadIdxImages(
  facts: IdxFacts,
  folder: string,
  split: Split,
  positions: Int32Array,
): Promise<LoadedSamples> {
  const files = facts.files[split];
  const images = await readArray(facts, folder, files.images, 3);
  const labels = await readArray(facts, folder, files.labels, 1);
  const [, height = 0, width = 0] = images.shape;
  const pixels = height * width;
  const x = new Float32Array(positions.length * pixels);
  for (const [i, position] of positions.entries()) {
    scalePixels(images.data.subarray(position * pixels, (position + 1) * pixels), x, i * pixels);
  }
  const y = Int32Array.from(positions, (position) => labels.data[position] as number);
  return {
    samples: { x, y, count: positions.length, shape: [1, height, width] },
    files: [files.images, files.labels].map(({ name, sha256 }): DataFileFacts => ({ name, sha256 })),
  };
}

async function readArray(facts: IdxFacts, folder: string, file: FileFacts, dimensions: number): Promise<IdxArray> {
  const path = existing(facts, folder, file.name) ?? join(folder, file.name);
  const bytes = await readVerified(path, file, (bytes) => readIdx(bytes, dimensions, path));
  return readIdx(bytes, dimensions, path);
}
