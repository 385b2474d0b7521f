import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { ClaimbenchError } from "../spec/error.ts";
import type { DataFileFacts } from "../spec/run.types.ts";
import type { DataFiles, DataSet } from "../spec/suite.types.ts";
import { loadMnist, MNIST_SIZE, mnistFolder } from "./mnist.ts";
import { readSafetensors, type StoredTensor } from "./safetensors.ts";
import type { Samples } from "./samples.ts";

export interface LoadedData {
  readonly train: Samples;
  readonly test: Samples;
  readonly files: readonly DataFileFacts[];
}

/** Where data comes from; passed in, so that nothing below the edge reads the environment. */
export interface DataSources {
  readonly environment: NodeJS.ProcessEnv;
  /** Folder that paths in a suite are relative to. */
  readonly suiteFolder: string;
}

/** @throws ClaimbenchError when a file is missing, damaged or of the wrong form. */
export async function loadData(data: DataSet | DataFiles, sources: DataSources): Promise<LoadedData> {
  if ("files" in data) {
    const train = await loadSafetensorsData(resolve(sources.suiteFolder, data.files.train));
    const test = await loadSafetensorsData(resolve(sources.suiteFolder, data.files.test));
    return { train: train.samples, test: test.samples, files: [train.facts, test.facts] };
  }
  const folder = mnistFolder(sources.environment);
  const train = await loadMnist(folder, "train", subset(MNIST_SIZE.train, data.train, data.subsetSeed));
  const test = await loadMnist(folder, "test", subset(MNIST_SIZE.test, data.test, data.subsetSeed));
  return { train: train.samples, test: test.samples, files: [...train.files, ...test.files] };
}

/**
 * Reads `x` (float [n, …]) and `y` (integer [n]) from a safetensors file.
 *
 * @throws ClaimbenchError `data-missing`, `data-tensor` or `safetensors-damaged`.
 */
export async function loadSafetensorsData(path: string): Promise<{ samples: Samples; facts: DataFileFacts }> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new ClaimbenchError("data-missing", `the data file ${path} cannot be read: ${cause.message}`, { cause });
  });
  const tensors = readSafetensors(bytes, path);
  const x = tensors.get("x");
  const y = tensors.get("y");
  const wanted = "expected x, float [n, …], and y, integer [n]";
  if (!x || !y) throw dataTensor(path, `it holds ${[...tensors.keys()].join(", ") || "no tensor"}`, wanted);
  const [count = 0, ...shape] = x.shape;
  if (x.data instanceof Int32Array || shape.length === 0) throw dataTensor(path, `x is ${describe(x)}`, wanted);
  if (!(y.data instanceof Int32Array) || y.shape.length !== 1) throw dataTensor(path, `y is ${describe(y)}`, wanted);
  if (y.shape[0] !== count) throw dataTensor(path, `x has ${count} samples and y has ${y.shape[0]}`, wanted);
  if (count === 0) throw dataTensor(path, "it holds no sample", wanted);
  return {
    samples: { x: Float32Array.from(x.data), y: y.data, count, shape },
    facts: { name: basename(path), sha256: createHash("sha256").update(bytes).digest("hex") },
  };
}

/** The first `size` positions, or with a seed a random draw of them, in increasing order of draw. */
function subset(available: number, size = available, seed?: number): Int32Array {
  const positions = Int32Array.from({ length: available }, (_, i) => i);
  if (seed !== undefined) {
    const random = xoroshiro128plus(seed);
    for (let i = 0; i < size; i++) {
      const j = uniformInt(random, i, available - 1);
      [positions[i], positions[j]] = [positions[j] as number, positions[i] as number];
    }
  }
  return positions.subarray(0, size);
}

function dataTensor(path: string, problem: string, wanted: string): ClaimbenchError {
  return new ClaimbenchError("data-tensor", `${path}: ${problem}; ${wanted}`);
}

function describe({ type, shape }: StoredTensor): string {
  return `${type} [${shape}]`;
}
