import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { DATA_SETS, type DataSetTable } from "../../src/data/data-sets.ts";
import { dataSetSize, hasDataSet, loadData } from "../../src/data/load.ts";
import {
  bareEnvironment,
  cifarFiles,
  type Files,
  TINY_IDX_FILES,
  temporaryFolder,
  tinyCifar,
  tinyIdx,
  writeFiles,
} from "./tiny-sets.ts";

const TABLE: DataSetTable = {
  ...DATA_SETS,
  "fashion-mnist": tinyIdx(),
  "cifar-10": tinyCifar("cifar-10"),
  "cifar-100": tinyCifar("cifar-100"),
};

function place(files: Files) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return { folder, sources: { environment: bareEnvironment(folder), suiteFolder: folder, dataFolder: folder } };
}

const scaled = (values: readonly number[]) => Float32Array.from(values, (value) => value / 255);

test("IDX images are read whole", async () => {
  const { train, test, files } = await loadData({ set: "fashion-mnist" }, place(TINY_IDX_FILES).sources, TABLE);
  expect(train).toMatchObject({ count: 6, shape: [1, 2, 2], y: Int32Array.from([0, 1, 2, 0, 1, 2]) });
  expect(test).toMatchObject({ count: 4, y: Int32Array.from([1, 2, 0, 1]) });
  expect(train.x.subarray(4, 8)).toEqual(scaled([10, 11, 12, 13]));
  expect(test.x.subarray(12)).toEqual(scaled([130, 131, 132, 133]));
  expect(files.map(({ name }) => name)).toEqual(Object.keys(TINY_IDX_FILES));
});

test("gzipped IDX files are read as plain ones", async () => {
  const packed = Object.entries(TINY_IDX_FILES).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)] as const);
  const plain = await loadData({ set: "fashion-mnist" }, place(TINY_IDX_FILES).sources, TABLE);
  const { sources } = place(Object.fromEntries(packed));
  expect(await loadData({ set: "fashion-mnist" }, sources, TABLE)).toEqual(plain);
});

test("CIFAR-10 images are planes of red, green and blue, from all files in order", async () => {
  const { train, test } = await loadData({ set: "cifar-10" }, place(cifarFiles("cifar-10")).sources, TABLE);
  expect(train).toMatchObject({ count: 10, shape: [3, 1, 2], y: Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) });
  expect(train.x.subarray(7 * 6, 8 * 6)).toEqual(scaled([140, 141, 142, 143, 144, 145]));
  expect(test).toMatchObject({ count: 2, y: Int32Array.from([3, 4]) });
});

test("CIFAR-100 has the fine labels", async () => {
  const { train, test } = await loadData({ set: "cifar-100" }, place(cifarFiles("cifar-100")).sources, TABLE);
  expect(train.y).toEqual(Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect(train.x.subarray(9 * 6)).toEqual(scaled([180, 181, 182, 183, 184, 185]));
  expect(test.y).toEqual(Int32Array.from([3, 4]));
});

test("a subset reads only the files it takes samples from", async () => {
  const { folder, sources } = place(cifarFiles("cifar-10"));
  // Damaged, but not looked at.
  writeFileSync(join(folder, "data_batch_4.bin"), "");
  const { train, files } = await loadData({ set: "cifar-10", train: 3, test: 1 }, sources, TABLE);
  expect(train.y).toEqual(Int32Array.from([0, 1, 2]));
  expect(files.map(({ name }) => name)).toEqual(["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"]);
});

test("a random subset is drawn from all samples by its seed, each with its own image", async () => {
  const { sources } = place(cifarFiles("cifar-10"));
  const draw = (subsetSeed: number) => loadData({ set: "cifar-10", train: 5, subsetSeed }, sources, TABLE);
  const { train } = await draw(1);
  expect(new Set(train.y).size).toBe(5);
  for (const [i, label] of train.y.entries()) expect(train.x[6 * i]).toBe(Math.fround((20 * label) / 255));
  expect((await draw(1)).train).toEqual(train);
  expect((await draw(2)).train.y).not.toEqual(train.y);
});

test("more samples than there are is an error", async () => {
  const { sources } = place(TINY_IDX_FILES);
  await expect(loadData({ set: "fashion-mnist", train: 7 }, sources, TABLE)).rejects.toMatchObject({
    code: "data-subset",
    message: "fashion-mnist has 6 train samples; the suite takes 7",
  });
});

const images = TINY_IDX_FILES["train-images-idx3-ubyte"] as Uint8Array;
const batch = cifarFiles("cifar-10")["data_batch_2.bin"] as Uint8Array;
const changed = (bytes: Uint8Array, at: number) => bytes.with(at, (bytes[at] as number) ^ 1);
const packed = gzipSync(images);

test.each([
  [
    "a truncated IDX file",
    "train-images-idx3-ubyte",
    images.slice(0, -1),
    "data-size",
    /is truncated: it has 39 bytes; expected 40$/,
  ],
  [
    "an IDX file with too much",
    "train-images-idx3-ubyte",
    Buffer.concat([images, images]),
    "data-size",
    /is too long: it has 80 bytes; expected 40$/,
  ],
  [
    "an IDX file of another kind",
    "train-images-idx3-ubyte",
    changed(images, 2),
    "idx-damaged",
    /magic number is 0x903; expected 0x803/,
  ],
  [
    "one wrong bit in an IDX file",
    "train-images-idx3-ubyte",
    changed(images, 39),
    "data-checksum",
    /SHA-256 \w{64}, expected \w{64}$/,
  ],
  [
    "a truncated gzip file",
    "train-images-idx3-ubyte.gz",
    packed.subarray(0, -9),
    "data-damaged",
    /cannot be uncompressed/,
  ],
  ["a gzip file that is none", "train-images-idx3-ubyte.gz", images, "data-damaged", /cannot be uncompressed/],
  [
    "a gzip file with too much",
    "train-images-idx3-ubyte.gz",
    gzipSync(Buffer.alloc(1e6)),
    "data-size",
    /too long: it has more than 40 bytes uncompressed; expected 40$/,
  ],
  [
    "a gzip file with too little",
    "train-images-idx3-ubyte.gz",
    gzipSync(images.slice(0, 9)),
    "data-size",
    /truncated: it has 9 bytes/,
  ],
])("%s is refused", async (_, name, bytes, code, message) => {
  const { "train-images-idx3-ubyte": __, ...others } = TINY_IDX_FILES;
  const { sources } = place({ ...others, [name]: bytes });
  await expect(loadData({ set: "fashion-mnist" }, sources, TABLE)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test.each([
  [
    "a truncated CIFAR file",
    batch.slice(0, 7),
    "data-size",
    /data_batch_2.bin is truncated: it has 7 bytes; expected 14$/,
  ],
  ["a CIFAR file with too much", Buffer.concat([batch, batch]), "data-size", /is too long: it has 28 bytes/],
  ["one wrong bit in a CIFAR file", changed(batch, 3), "data-checksum", /data_batch_2.bin is damaged: SHA-256/],
])("%s is refused", async (_, bytes, code, message) => {
  const { sources } = place({ ...cifarFiles("cifar-10"), "data_batch_2.bin": bytes });
  await expect(loadData({ set: "cifar-10" }, sources, TABLE)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test("a label out of range is refused even where the sum is right", async () => {
  const files = { ...cifarFiles("cifar-10"), "data_batch_2.bin": batch.with(7, 10) };
  const table = { ...TABLE, "cifar-10": tinyCifar("cifar-10", files) };
  await expect(loadData({ set: "cifar-10" }, place(files).sources, table)).rejects.toMatchObject({
    code: "data-label",
    message: expect.stringContaining("the label of record 1 is 10; the data set has classes 0 to 9"),
  });
});

test.each([
  ["its own folder", "cifar-10"],
  ["the folder of the authors' archive", "cifar-10-batches-bin"],
  ["the folder of the authors' archive in its own", "cifar-10/cifar-10-batches-bin"],
])("files are found in %s", async (_, inside) => {
  const { folder, sources } = place({});
  expect(hasDataSet("cifar-10", sources, TABLE)).toBe(false);
  writeFiles(join(folder, inside), cifarFiles("cifar-10"));
  expect(hasDataSet("cifar-10", sources, TABLE)).toBe(true);
  expect((await loadData({ set: "cifar-10" }, sources, TABLE)).train.count).toBe(10);
});

test("files in a folder named for another data set are not taken for this one", () => {
  const folder = join(temporaryFolder(), "fashion-mnist");
  writeFiles(folder, TINY_IDX_FILES);
  const sources = { environment: bareEnvironment(folder), suiteFolder: folder, dataFolder: folder };
  const table = { ...TABLE, mnist: tinyIdx("mnist") };
  expect([hasDataSet("fashion-mnist", sources, table), hasDataSet("mnist", sources, table)]).toEqual([true, false]);
});

test("places are looked in in order: --data-dir, CLAIMBENCH_DATA, the package, the cache", async () => {
  const root = temporaryFolder();
  const named = (folder: string) => join(root, folder, "fashion-mnist");
  const package_ = join(root, "package");
  const table = { ...TABLE, "fashion-mnist": { ...tinyIdx(), installed: { debian: "p", folder: package_ } } };
  const folders = [named("own"), named("shared"), package_, named("cache/claimbench/data")];
  for (const folder of folders) writeFiles(folder, TINY_IDX_FILES);
  const environment = { XDG_CACHE_HOME: join(root, "cache"), CLAIMBENCH_DATA: join(root, "shared") };
  const sources = { environment, suiteFolder: root, dataFolder: join(root, "own") };
  // A damaged file tells which folder is read.
  for (const folder of folders) {
    const images = join(folder, "train-images-idx3-ubyte");
    writeFileSync(images, "damaged");
    await expect(loadData({ set: "fashion-mnist" }, sources, table)).rejects.toThrow(`${images} is truncated`);
    rmSync(images);
  }
  expect(hasDataSet("fashion-mnist", sources, table)).toBe(false);
});

test("what is missing says where it was looked for, what is there and what to do", async () => {
  const { folder, sources } = place({});
  const { "test_batch.bin": _, ...some } = cifarFiles("cifar-10");
  writeFiles(join(folder, "cifar-10"), some);
  const environment = { XDG_CACHE_HOME: "/cache", CLAIMBENCH_DATA: "/shared" };
  await expect(loadData({ set: "cifar-10" }, { ...sources, environment }, TABLE)).rejects.toMatchObject({
    code: "data-missing",
    message: `the data set cifar-10 was not found: data_batch_1.bin cannot be read in ${folder} (--data-dir), /shared (CLAIMBENCH_DATA), /cache/claimbench/data (the cache); ${folder}/cifar-10 lacks test_batch.bin`,
    hint: "claimbench data fetch cifar-10, or give a folder with the files as --data-dir",
  });
});

test("a missing Fashion-MNIST names its Debian package", async () => {
  const gone = { ...DATA_SETS["fashion-mnist"], installed: { debian: "dataset-fashion-mnist", folder: "/nowhere" } };
  const table = { ...DATA_SETS, "fashion-mnist": gone };
  const sources = { environment: { HOME: "/nowhere" }, suiteFolder: "." };
  await expect(loadData({ set: "fashion-mnist" }, sources, table)).rejects.toMatchObject({
    code: "data-missing",
    message: expect.stringContaining("/nowhere (the Debian package dataset-fashion-mnist)"),
    hint: expect.stringMatching(/^apt install dataset-fashion-mnist, or claimbench data fetch fashion-mnist/),
  });
});

test("sizes are known without the files, but of the user's own", () => {
  expect(dataSetSize("cifar-100")).toEqual({ train: 50_000, test: 10_000, shape: [3, 32, 32] });
  expect(dataSetSize("timit")).toBeUndefined();
});
