import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { safetensorsFile, threeClasses } from "./safetensors-file.ts";
import { tinySuite } from "./suites.ts";

const learns = {
  statement: "Small batches learn it.",
  source: "p. 1",
  assert: [{ greater: ["SB.trainAccuracy", 0.9] }, { less: ["SB.trainLoss", "LB.trainLoss"] }],
};

function suite(files: object = { train: "data/train.safetensors", test: "data/test.safetensors" }) {
  return tinySuite({
    network: { input: [4], layers: [{ layer: "dense", units: 3 }] },
    data: { files },
    train: { batch: 4, optimizer: { sgd: { learningRate: 0.5 } }, stop: { epochs: 20 } },
    claims: { learns },
    seeds: 3,
  });
}

function placeWith(train: Uint8Array = threeClasses(160), test: Uint8Array = threeClasses(60)): Folder {
  const place = folder();
  place.write("paper/suite.json", suite());
  place.write("paper/data/train.safetensors", train);
  place.write("paper/data/test.safetensors", test);
  return place;
}

test("a suite on the user's own files trains and is judged", async () => {
  const place = placeWith();
  const run = await place.run(["run", "paper/suite.json"]);
  expect(run.stdout).toContain("✓ pass  learns");
  expect(run.code).toBe(0);
  const { provenance } = readJson(join(place.runs("tiny")[0] as string, "run.json"));
  expect(provenance.dataSets).toEqual([
    { name: "train.safetensors", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { name: "test.safetensors", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

test("files and networks given by absolute paths leave no path in the record", async () => {
  const place = placeWith();
  const files = {
    train: join(place.path, "paper/data/train.safetensors"),
    test: join(place.path, "paper/data/test.safetensors"),
  };
  const network = place.write("paper/networks/mine.json", { input: [4], layers: [{ layer: "dense", units: 3 }] });
  const absolute = suite(files);
  absolute.arms.SB.network = network;
  place.write("paper/suite.json", absolute);
  const run = await place.run(["run", "paper/suite.json", "--seeds", "2"]);
  expect(run.code).toBe(0);
  expect(readFileSync(join(place.runs("tiny")[0] as string, "run.json"), "utf8")).not.toContain(place.path);
});

const whole = threeClasses(160);
const x = new Float32Array(16);

test.each([
  { name: "is cut off", train: whole.slice(0, 2000), message: /train\.safetensors: tensor \w ends at byte|tensor \w/ },
  { name: "is empty", train: new Uint8Array(), message: /train\.safetensors: 0 bytes are too few/ },
  { name: "is no safetensors file", train: Buffer.from("x,y\n1,2\n3,4\n"), message: /train\.safetensors/ },
  {
    name: "holds NaN",
    train: threeClasses(160, (x) => x.fill(Number.NaN, 40, 41)),
    message: /training data: sample 10 holds NaN/,
  },
  {
    name: "has a label out of range",
    train: threeClasses(160, (_, y) => y.fill(3, 5, 6)),
    message: /training data: the label of sample 5 is 3; the network has classes 0 to 2/,
  },
  { name: "lacks y", train: safetensorsFile({ x: { shape: [4, 4], data: x } }), message: /it holds x; expected x/ },
  {
    name: "has labels of a wrong type",
    train: safetensorsFile({ x: { shape: [4, 4], data: x }, y: { shape: [4], data: x.slice(0, 4) } }),
    message: /y is F32 \[4\]/,
  },
  {
    name: "has samples of another shape",
    train: safetensorsFile({ x: { shape: [2, 8], data: x }, y: { shape: [2], data: new Int32Array(2) } }),
    message: /a sample has shape \[8\], 8 numbers; the network takes 4/,
  },
  { name: "is smaller than a batch", train: threeClasses(9), message: /batch.*training set has 9/ },
])("a training file that $name is refused before anything trains", async ({ train, message }) => {
  const place = placeWith(train);
  const run = await place.run(["run", "paper/suite.json"]);
  expect(run.stderr).toMatch(message);
  expect(run.stderr.split("\n").length).toBeLessThan(12);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["paper"]);
});

test("a missing file is named", async () => {
  const place = folder();
  place.write("suite.json", suite());
  const run = await place.run(["run", "suite.json", "--json"]);
  expect(JSON.parse(run.stdout).error).toMatchObject({
    code: "data-missing",
    message: expect.stringContaining("data/train.safetensors"),
  });
  expect(run.code).toBe(2);
  expect(place.names()).toEqual(["suite.json"]);
});
