import { expect, test } from "vitest";
import { loadData } from "../../src/data/load.ts";
import type { Samples } from "../../src/data/samples.ts";
import { surrogateFrames } from "../../src/data/surrogate-frames.ts";
import { sha256 } from "./tiny-sets.ts";

const SIZE = { features: 60, classes: 40, train: 4000, test: 2000 };
const { train, test: unseen, files } = surrogateFrames(SIZE);

test("frames have the size that is asked for", () => {
  expect(train).toMatchObject({ count: 4000, shape: [60] });
  expect(unseen).toMatchObject({ count: 2000, shape: [60] });
  expect([train.x.length, train.y.length, unseen.x.length]).toEqual([240_000, 4000, 120_000]);
});

test("they are named by their seed and the sum of their bytes", async () => {
  const parts = [train.x, train.y, unseen.x, unseen.y].map((part) => Buffer.from(part.buffer));
  expect(files).toEqual([{ name: "surrogate frames (seed 0)", sha256: sha256(Buffer.concat(parts)) }]);
  const data = { surrogate: "frames", ...SIZE, seed: 7 } as const;
  const other = await loadData(data, { environment: {}, suiteFolder: "." });
  expect(other.files[0]?.name).toBe("surrogate frames (seed 7)");
  expect(other.files[0]?.sha256).not.toBe(files[0]?.sha256);
});

// Other machines and later versions must make the same frames, or stored results would not be theirs.
test("a seed always gives these frames", () => {
  expect(files[0]?.sha256).toBe("2a7fe29986cfa354e67b6c67cf9fd3db05014cc92a7e902a72d9159b3e8c82c5");
});

test("fewer frames of a seed are the first of more", () => {
  const fewer = surrogateFrames({ ...SIZE, train: 100, test: 50 });
  expect(fewer.train.x).toEqual(train.x.slice(0, 6000));
  expect(fewer.test.y).toEqual(unseen.y.slice(0, 50));
});

test("classes become rarer and rarer", () => {
  const counts = Array.from({ length: 40 }, (_, label) => train.y.filter((other) => other === label).length);
  const shares = counts.map((_, label) => 1 / (label + 5));
  const all = shares.reduce((sum, share) => sum + share, 0);
  for (const [label, count] of counts.entries()) {
    const expected = (4000 * (shares[label] as number)) / all;
    expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
});

test("features vary by 1 on average, and neighbours vary together", () => {
  const variances = Array.from({ length: 60 }, (_, feature) => covariance(train, feature, feature));
  expect(variances.reduce((sum, variance) => sum + variance, 0) / 60).toBeCloseTo(1, 1);
  const correlation = (a: number, b: number) =>
    covariance(train, a, b) / Math.sqrt((variances[a] as number) * (variances[b] as number));
  const mean = (distance: number) => {
    const all = Array.from({ length: 60 - distance }, (_, feature) => correlation(feature, feature + distance));
    return all.reduce((sum, value) => sum + value, 0) / all.length;
  };
  expect(mean(1)).toBeGreaterThan(0.7);
  expect(Math.abs(mean(15))).toBeLessThan(0.3);
});

test("more noise makes classes harder to tell apart by their means", () => {
  const accuracies = [0.25, 1, 4].map((noise) => nearestMeanAccuracy(surrogateFrames({ ...SIZE, noise })));
  expect(accuracies).toEqual(accuracies.toSorted((a, b) => b - a));
  expect(accuracies[1]).toBeGreaterThan(3 / 40);
  expect(accuracies[1]).toBeLessThan(0.5);
});

function covariance({ x, count }: Samples, a: number, b: number): number {
  let [sumA, sumB, sumAB] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [valueA, valueB] = [x[60 * i + a] as number, x[60 * i + b] as number];
    sumA += valueA / count;
    sumB += valueB / count;
    sumAB += (valueA * valueB) / count;
  }
  return sumAB - sumA * sumB;
}

/** Of the class whose training frames have the nearest mean. */
function nearestMeanAccuracy({ train, test }: { train: Samples; test: Samples }): number {
  const sums = new Float64Array(40 * 60);
  const counts = new Float64Array(40);
  for (const [i, label] of train.y.entries()) {
    counts[label] = (counts[label] as number) + 1;
    for (let k = 0; k < 60; k++)
      sums[label * 60 + k] = (sums[label * 60 + k] as number) + (train.x[i * 60 + k] as number);
  }
  let right = 0;
  for (const [i, label] of test.y.entries()) {
    let [best, nearest] = [-1, Number.POSITIVE_INFINITY];
    for (let other = 0; other < 40; other++) {
      let distance = 0;
      for (let k = 0; k < 60; k++) {
        distance +=
          ((sums[other * 60 + k] as number) / (counts[other] as number) - (test.x[i * 60 + k] as number)) ** 2;
      }
      if (distance < nearest) [best, nearest] = [other, distance];
    }
    if (best === label) right++;
  }
  return right / test.count;
}
