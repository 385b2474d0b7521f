import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { ClaimbenchError } from "../spec/error.ts";
import { sha256Of } from "./checksum.ts";
import { readNpy } from "./npy.ts";
import { readSafetensors } from "./safetensors.ts";
import type { LoadedSamples } from "./samples.ts";

const WANTED = "expected x, float [n, …], and y, integer [n]";

interface Tensor {
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

/**
 * Reads the user's own samples: a safetensors file with `x` (float [n, …]) and `y` (integer [n]), or a pair of .npy files.
 *
 * @throws ClaimbenchError `data-missing`, `data-tensor`, or what the reader of the format throws.
 */
export async function loadOwnFiles(files: string | { readonly x: string; readonly y: string }): Promise<LoadedSamples> {
  return typeof files === "string" ? loadSafetensors(files) : loadNpyPair(files);
}

async function loadSafetensors(path: string): Promise<LoadedSamples> {
  const { bytes, facts } = await read(path);
  const tensors = readSafetensors(bytes, path);
  const x = tensors.get("x");
  const y = tensors.get("y");
  if (!x || !y) throw dataTensor(path, `it holds ${[...tensors.keys()].join(", ") || "no tensor"}`);
  for (const [name, { type, data }] of Object.entries({ x, y })) {
    if (type === "I64" && !(data instanceof Int32Array)) {
      throw dataTensor(path, `${name} holds integers of more than 32 bits`);
    }
  }
  return { samples: samplesOf(x, y, path), files: [facts] };
}

async function loadNpyPair(files: { readonly x: string; readonly y: string }): Promise<LoadedSamples> {
  const x = await read(files.x);
  const y = await read(files.y);
  const samples = samplesOf(readNpy(x.bytes, files.x), readNpy(y.bytes, files.y), `${files.x}, ${files.y}`);
  return { samples, files: [x.facts, y.facts] };
}

function samplesOf(x: Tensor, y: Tensor, source: string): LoadedSamples["samples"] {
  const [count = 0, ...shape] = x.shape;
  if (x.data instanceof Int32Array || shape.length === 0) throw dataTensor(source, `x is ${describe(x)}`);
  if (!(y.data instanceof Int32Array) || y.shape.length !== 1) throw dataTensor(source, `y is ${describe(y)}`);
  if (y.shape[0] !== count) throw dataTensor(source, `x has ${count} samples and y has ${y.shape[0]}`);
  if (count === 0) throw dataTensor(source, "it holds no sample");
  const floats = x.data instanceof Float32Array ? x.data : Float32Array.from(x.data);
  return { x: floats, y: y.data, count, shape };
}

async function read(path: string) {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new ClaimbenchError("data-missing", `the data file ${path} cannot be read: ${cause.message}`, { cause });
  });
  return { bytes, facts: { name: basename(path), sha256: sha256Of(bytes) } };
}

function dataTensor(source: string, problem: string): ClaimbenchError {
  return new ClaimbenchError("data-tensor", `${source}: ${problem}; ${WANTED}`);
}

function describe({ type, shape }: Tensor): string {
  return `${type} [${shape}]`;
}
