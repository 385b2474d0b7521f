import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasDataSet, loadData } from "../../src/data/load.ts";
import { writeSafetensors } from "../../src/data/safetensors.ts";
import { bareEnvironment, sha256, temporaryFolder, writeFiles } from "./tiny-sets.ts";

const npy = (name: string) => readFileSync(join(import.meta.dirname, "..", "fixtures", "data", "npy", name));
const x = npy("images.npy");
const y = npyLabels([1, 0]);

/** A .npy file of version 1 with labels as int64. */
function npyLabels(labels: readonly number[]): Buffer {
  const header = `{'descr': '<i8', 'fortran_order': False, 'shape': (${labels.length},), }\n`;
  const start = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${header}`, "latin1");
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, new Uint8Array(BigInt64Array.from(labels, BigInt).buffer)]);
}

function safetensors(count: number): Uint8Array {
  return writeSafetensors([
    { name: "x", shape: [count, 3], data: Float32Array.from({ length: 3 * count }, (_, k) => k) },
    { name: "y", shape: [count], data: Int32Array.from({ length: count }, (_, i) => i % 4) },
  ]);
}

function place(files: Readonly<Record<string, Uint8Array>>) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return { folder, sources: { environment: bareEnvironment(folder), suiteFolder: folder } };
}

test("pairs of .npy files are read, paths relative to the suite", async () => {
  const { sources } = place({ "d/x.npy": x, "d/y.npy": y });
  const pair = { x: "d/x.npy", y: "d/y.npy" };
  const { train, test, files } = await loadData({ files: { train: pair, test: pair } }, sources);
  expect(train).toEqual({
    x: Float32Array.from({ length: 24 }, (_, k) => k),
    y: Int32Array.from([1, 0]),
    count: 2,
    shape: [3, 2, 2],
  });
  expect(test).toEqual(train);
  const facts = [
    { name: "x.npy", sha256: sha256(x) },
    { name: "y.npy", sha256: sha256(y) },
  ];
  expect(files).toEqual([...facts, ...facts]);
});

test("a pair and a safetensors file go together", async () => {
  const { sources } = place({ "x.npy": x, "y.npy": y, "t.safetensors": safetensors(5) });
  const { train, test } = await loadData(
    { files: { train: { x: "x.npy", y: "y.npy" }, test: "t.safetensors" } },
    sources,
  );
  expect([train.count, test.count]).toEqual([2, 5]);
});

test.each([
  ["integers as x", { x: y, y }, "data-tensor", /x is <i8 \[2\]; expected x, float/],
  ["floats as y", { x, y: x }, "data-tensor", /y is <f4 \[2,3,2,2\]/],
  ["another number of labels", { x, y: npyLabels([0, 1, 1]) }, "data-tensor", /x has 2 samples and y has 3/],
  ["no sample", { x: npy("empty.npy"), y: npyLabels([]) }, "data-tensor", /holds no sample/],
  ["one number as x", { x: npy("scalar.npy"), y }, "data-tensor", /x is <f4 \[\]/],
  ["Fortran order", { x: npy("fortran.npy"), y }, "npy-order", /x\.npy: the array is in Fortran order/],
])("%s is refused", async (_, files, code, message) => {
  const { sources } = place({ "x.npy": files.x, "y.npy": files.y });
  const pair = { x: "x.npy", y: "y.npy" };
  await expect(loadData({ files: { train: pair, test: pair } }, sources)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test("timit stands for the user's own safetensors files, whole or a part", async () => {
  const { folder, sources } = place({
    "timit/train.safetensors": safetensors(6),
    "timit/test.safetensors": safetensors(4),
  });
  const withFolder = { ...sources, dataFolder: folder };
  const whole = await loadData({ set: "timit" }, withFolder);
  expect([whole.train.count, whole.test.count, whole.train.shape]).toEqual([6, 4, [3]]);
  expect(whole.files.map(({ name }) => name)).toEqual(["train.safetensors", "test.safetensors"]);
  const part = await loadData({ set: "timit", train: 2 }, withFolder);
  expect(part.train).toEqual({ x: whole.train.x.slice(0, 6), y: whole.train.y.slice(0, 2), count: 2, shape: [3] });
  expect(part.test).toEqual(whole.test);
  const drawn = await loadData({ set: "timit", train: 3, subsetSeed: 5 }, withFolder);
  for (let i = 0; i < 3; i++) expect(drawn.train.y[i]).toBe(((drawn.train.x[3 * i] as number) / 3) % 4);
  await expect(loadData({ set: "timit", test: 5 }, withFolder)).rejects.toMatchObject({ code: "data-subset" });
});

test("timit stands for the user's own .npy files", async () => {
  const names = ["train-x.npy", "train-y.npy", "test-x.npy", "test-y.npy"];
  const { folder, sources } = place(
    Object.fromEntries(names.map((name) => [`data/timit/${name}`, name.includes("-x") ? x : y])),
  );
  const environment = { ...sources.environment, CLAIMBENCH_DATA: join(folder, "data") };
  const withFolder = { ...sources, environment };
  expect((await loadData({ set: "timit" }, withFolder)).train.shape).toEqual([3, 2, 2]);
  rmSync(join(folder, "data/timit/test-y.npy"));
  expect(hasDataSet("timit", withFolder)).toBe(false);
});

test("files with timit's names in a folder of another name are not taken for it", () => {
  const { folder, sources } = place({ "train.safetensors": safetensors(6), "test.safetensors": safetensors(4) });
  expect(hasDataSet("timit", { ...sources, dataFolder: folder })).toBe(false);
});

test("missing features of timit are told with where a licence is to be had", async () => {
  const { sources } = place({});
  await expect(loadData({ set: "timit" }, sources)).rejects.toMatchObject({
    code: "data-missing",
    hint: expect.stringMatching(/LDC93S1 in <folder>\/timit as train\.safetensors/),
  });
});

test("labels of 64 bits that do not fit into 32 are refused, not cut off", async () => {
  const halves = writeSafetensors([
    { name: "x", shape: [2, 3], data: new Float32Array(6) },
    { name: "y", shape: [4], data: Int32Array.of(0, 1, 1, 0) },
  ]);
  const text = Buffer.from(halves).toString("latin1").replace('"I32","shape":[4]', '"I64","shape":[2]');
  const { sources } = place({ "t.safetensors": Buffer.from(text, "latin1") });
  const files = { train: "t.safetensors", test: "t.safetensors" };
  await expect(loadData({ files }, sources)).rejects.toMatchObject({
    code: "data-tensor",
    message: expect.stringContaining("y holds integers of more than 32 bits"),
  });
});
