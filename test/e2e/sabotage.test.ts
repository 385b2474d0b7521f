import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";

/** One network that learns digits, told in JSON: what is done to it is the only change. */
function suite(change: { data?: object; train?: object } = {}) {
  return {
    suite: "learns",
    seeds: 3,
    arms: {
      SB: {
        network: {
          input: [784],
          layers: [{ layer: "dense", units: 16 }, { layer: "relu" }, { layer: "dense", units: 10 }],
        },
        data: { set: "mnist", train: 512, test: 256, ...change.data },
        train: { batch: 16, optimizer: { sgd: { learningRate: 0.1 } }, stop: { epochs: 8 }, ...change.train },
      },
    },
    measure: { testAccuracy: { metric: "accuracy", on: "test" } },
    claims: {
      learns: { statement: "It learns.", source: "own", assert: [{ greater: ["SB.testAccuracy", 0.5] }] },
    },
  };
}

const words = ["run", "suite.json", "--workers", "1", "--threads", "1"];

test("labels without meaning, and steps that go nowhere, turn a claim that holds", async () => {
  const place = folder();
  place.write("suite.json", suite());
  expect((await place.run(words)).stdout).toContain("✓ pass  learns");

  place.write("suite.json", suite({ data: { labelNoise: { share: 1 } } }));
  const shuffled = await place.run(words);
  expect(shuffled.stdout).toContain("✗ fail  learns");
  expect(shuffled.code).toBe(1);

  place.write("suite.json", suite({ train: { optimizer: { sgd: { learningRate: 1e-9 } } } }));
  expect((await place.run(words)).stdout).toContain("✗ fail  learns");
});

test("weights and samples that were changed in the store are not taken for what was measured", async () => {
  const place = folder();
  place.write("suite.json", suite());
  const before = await place.run(words);
  const files = readdirSync(join(place.path, ".claimbench"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => /trial|measurement|iterate/.test(file));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const bytes = readFileSync(file);
    // One byte in the midst of every file.
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  }
  const after = await place.run(words);
  expect(after.stderr).toContain("damaged in the store, set aside");
  const verdicts = (text: string) => text.split("\n").slice(0, -2);
  expect(verdicts(after.stdout)).toEqual(verdicts(before.stdout));
  const [first, second] = place.runs("learns").map((run) => readJson(join(run, "run.json")).samples);
  expect(second).toEqual(first);
});
