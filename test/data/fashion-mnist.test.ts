import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { DATA_SETS } from "../../src/data/data-sets.ts";
import { loadData } from "../../src/data/load.ts";

const { installed } = DATA_SETS["fashion-mnist"];

test.skipIf(!existsSync(installed?.folder ?? ""))("the Debian package holds the data set", async () => {
  const data = { set: "fashion-mnist", train: 1000, test: 1000, subsetSeed: 0 } as const;
  const { train, test } = await loadData(data, { environment: { HOME: "/nowhere" }, suiteFolder: "." });
  expect(train).toMatchObject({ count: 1000, shape: [1, 28, 28] });
  for (const { y } of [train, test]) {
    const counts = Array.from({ length: 10 }, (_, label) => y.filter((other) => other === label).length);
    // A tenth of each class in all: 100 with a standard deviation of 9.5.
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(45);
  }
  // Mean of the training images' pixels as it is commonly given for normalising them: 0.2860.
  expect(train.x.reduce((sum, pixel) => sum + pixel, 0) / train.x.length).toBeCloseTo(0.286, 2);
});
