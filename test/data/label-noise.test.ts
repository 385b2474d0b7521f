import { expect, test } from "vitest";
import { DATA_SETS } from "../../src/data/data-sets.ts";
import { withLabelNoise } from "../../src/data/label-noise.ts";
import { loadData } from "../../src/data/load.ts";
import { bareEnvironment, TINY_IDX_FILES, temporaryFolder, tinyIdx, writeFiles } from "./tiny-sets.ts";

const CLASSES = 5;
const samples = {
  x: new Float32Array(3000),
  y: Int32Array.from({ length: 3000 }, (_, i) => i % CLASSES),
  count: 3000,
  shape: [1],
};

function changes(share: number, seed?: number): { at: number; to: number }[] {
  const { y } = withLabelNoise(samples, CLASSES, { share, ...(seed === undefined ? {} : { seed }) });
  return [...y].flatMap((to, at) => (to === samples.y[at] ? [] : [{ at, to }]));
}

test.each([0.1, 0.25, 0.333, 1])("exactly a share of %d of the labels becomes another class", (share) => {
  const changed = changes(share);
  expect(changed).toHaveLength(Math.round(share * 3000));
  for (const { to } of changed) expect(to >= 0 && to < CLASSES).toBe(true);
});

test("every other class and every part of the samples is as likely", () => {
  const changed = changes(0.8);
  // 2400 changes: 120 for each of 20 pairs of classes, standard deviation 10.7 without the fixed sum.
  const pairs = new Map<string, number>();
  for (const { at, to } of changed) pairs.set(`${at % CLASSES}→${to}`, (pairs.get(`${at % CLASSES}→${to}`) ?? 0) + 1);
  expect(pairs.size).toBe(20);
  for (const count of pairs.values()) expect(Math.abs(count - 120)).toBeLessThan(55);
  // 1200 of them in the first half, standard deviation 11.
  expect(Math.abs(changed.filter(({ at }) => at < 1500).length - 1200)).toBeLessThan(60);
});

test("a seed gives the same labels again, another seed others", () => {
  expect(changes(0.2, 3)).toEqual(changes(0.2, 3));
  expect(changes(0.2, 3)).not.toEqual(changes(0.2, 4));
  expect(changes(0.2)).toEqual(changes(0.2, 0));
});

test("one class has no other", () => {
  expect(() => withLabelNoise(samples, 1, { share: 0.1 })).toThrow(
    expect.objectContaining({ code: "data-label-noise" }),
  );
});

test("of a data set only training labels are changed, in the part that is used", async () => {
  const folder = temporaryFolder();
  writeFiles(folder, TINY_IDX_FILES);
  const sources = { environment: bareEnvironment(folder), suiteFolder: folder, dataFolder: folder };
  const table = { ...DATA_SETS, "fashion-mnist": tinyIdx() };
  const clean = await loadData({ set: "fashion-mnist", train: 4 }, sources, table);
  const noisy = await loadData({ set: "fashion-mnist", train: 4, labelNoise: { share: 0.5 } }, sources, table);
  expect(noisy.test).toEqual(clean.test);
  expect(noisy.train.x).toEqual(clean.train.x);
  expect([...noisy.train.y].filter((label, i) => label !== clean.train.y[i])).toHaveLength(2);
});
