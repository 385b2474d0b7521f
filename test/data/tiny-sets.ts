// Data sets in the true formats, of a few samples each, with facts to match.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "tar";
import { onTestFinished } from "vitest";
import type { CifarFacts, Download, FileFacts, IdxFacts } from "../../src/data/data-sets.ts";
import { DATA_SETS } from "../../src/data/data-sets.ts";

export type Files = Readonly<Record<string, Uint8Array>>;

/** A temporary folder, removed when the test ends. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "claimbench-data-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

/** An environment in which nothing is found that the test has not put there. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  return { HOME: join(home, "home") };
}

/** Six training and four test images of 2 × 2; pixel k of image i is 10 i + k, its label i modulo 3. */
export const TINY_IDX_FILES: Files = {
  "train-images-idx3-ubyte": idx([6, 2, 2], (k) => 10 * Math.floor(k / 4) + (k % 4)),
  "train-labels-idx1-ubyte": idx([6], (i) => i % 3),
  "t10k-images-idx3-ubyte": idx([4, 2, 2], (k) => 100 + 10 * Math.floor(k / 4) + (k % 4)),
  "t10k-labels-idx1-ubyte": idx([4], (i) => (i + 1) % 3),
};

export function tinyIdx(name: "mnist" | "fashion-mnist" = "fashion-mnist", files: Files = TINY_IDX_FILES): IdxFacts {
  const file = (file: string) => factsOf(file, files[file] as Uint8Array);
  return {
    ...DATA_SETS[name],
    ...{ train: 6, test: 4, shape: [1, 2, 2], classes: 3 },
    installed: { debian: "none", folder: "/nowhere" },
    files: {
      train: { images: file("train-images-idx3-ubyte"), labels: file("train-labels-idx1-ubyte") },
      test: { images: file("t10k-images-idx3-ubyte"), labels: file("t10k-labels-idx1-ubyte") },
    },
    downloads: Object.entries(files).map(([name, bytes]): Download => {
      const packed = gzipSync(bytes);
      const checksum = { sha256: sha256(packed) };
      const holds = [factsOf(name, bytes)];
      return { name: `${name}.gz`, bytes: packed.length, checksum, packing: "gzip", holds };
    }),
    addresses: [],
  };
}

/** Records of images of [3, 1, 2]: pixel k of image i is 20 i + k, its label i; a coarse label 99 goes before a fine one. */
function records(count: number, first: number, labelBytes: 1 | 2): Uint8Array {
  return Uint8Array.from({ length: count * (labelBytes + 6) }, (_, k) => {
    const i = first + Math.floor(k / (labelBytes + 6));
    const at = (k % (labelBytes + 6)) - labelBytes;
    if (at >= 0) return 20 * i + at;
    return at === -1 ? i : 99;
  });
}

/** Five training files of two records each and one of two test records, or one and one with two label bytes. */
export function cifarFiles(name: "cifar-10" | "cifar-100"): Files {
  if (name === "cifar-100") return { "train.bin": records(10, 0, 2), "test.bin": records(2, 3, 2) };
  const batches = [1, 2, 3, 4, 5].map((i) => [`data_batch_${i}.bin`, records(2, 2 * (i - 1), 1)] as const);
  return { ...Object.fromEntries(batches), "test_batch.bin": records(2, 3, 1) };
}

export function tinyCifar(name: "cifar-10" | "cifar-100", files: Files = cifarFiles(name)): CifarFacts {
  const all = Object.entries(files).map(([file, bytes]) => factsOf(file, bytes));
  return {
    ...DATA_SETS[name],
    ...{ train: 10, test: 2, shape: [3, 1, 2], classes: 10 },
    files: {
      train: all.filter(({ name }) => !name.startsWith("test")),
      test: all.filter(({ name }) => name.startsWith("test")),
    },
    downloads: [],
    addresses: [],
  };
}

/** As {@link tinyCifar}, with an archive of its files as the authors pack them. */
export async function archived(facts: CifarFacts, files: Files): Promise<{ facts: CifarFacts; archive: Uint8Array }> {
  const folder = temporaryFolder();
  const tarFolder = facts.archiveFolder as string;
  writeFiles(join(folder, tarFolder), { ...files, "readme.html": Buffer.from("other files are left alone") });
  const chunks = await create({ gzip: true, cwd: folder, portable: true }, [tarFolder]).collect();
  const archive = Buffer.concat(chunks);
  const download: Download = {
    name: `${facts.name}-binary.tar.gz`,
    bytes: archive.length,
    checksum: { md5: createHash("md5").update(archive).digest("hex") },
    packing: { tarFolder },
    holds: [...facts.files.train, ...facts.files.test],
  };
  return { facts: { ...facts, downloads: [download] }, archive };
}

function idx(shape: readonly number[], value: (k: number) => number): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x0800 + shape.length);
  for (const [i, length] of shape.entries()) header.writeUInt32BE(length, 4 + 4 * i);
  const count = shape.reduce((product, length) => product * length, 1);
  return Buffer.concat([header, Uint8Array.from({ length: count }, (_, k) => value(k))]);
}

export function factsOf(name: string, bytes: Uint8Array): FileFacts {
  return { name, bytes: bytes.length, sha256: sha256(bytes) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
