import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { PublishedValue } from "../../src/spec/baseline.types.ts";
import { readBaseline } from "../../src/spec/read-baseline.ts";

const file = fileURLToPath(new URL("../../baselines/keskar-2017.json", import.meta.url));
const { values } = readBaseline(readFileSync(file, "utf8"), file);

/** What the paper's tables imply, worked out from the printed page and not from the file. */
const implied = [
  { network: "F1", gapPoints: 0.22, welchT: 5.0, table3: [167, 70], table4: [84, 183] },
  { network: "F2", gapPoints: 4.57, welchT: 9.6, table3: [223, 104], table4: [81, 126] },
  { network: "C1", gapPoints: 2.78, welchT: 14.2, table3: [24.7, 32.1], table4: [63, 41.5] },
  { network: "C2", gapPoints: 1.98, welchT: 31.9, table3: [107, 85], table4: [26, 18.8] },
  { network: "C3", gapPoints: 3.13, welchT: 12.1, table3: [8.7, 12.3], table4: [13.9, 21.6] },
  { network: "C4", gapPoints: 5.27, welchT: 22.3, table3: [32.9, 26.9], table4: [12.1, 10.5] },
] as const;
const epsilons = ["0.001", "0.0005"] as const;

function value(path: string, arm: string): PublishedValue {
  const found = values[path]?.arms[arm];
  if (found === undefined) throw new Error(`no ${arm} in ${path}`);
  return found;
}

/** Decimals to which a printed ratio was rounded. */
const decimals = (printed: number) => (Number.isInteger(printed) ? 0 : 1);

test.each(implied)(
  "Table 2 gives $network a gap of $gapPoints points at t = $welchT",
  ({ network, gapPoints, welchT }) => {
    const small = value(`table2/${network}/test-accuracy`, "SB");
    const large = value(`table2/${network}/test-accuracy`, "LB");
    const gap = small.mean - large.mean;
    expect(100 * gap).toBeCloseTo(gapPoints, 9);
    const variance = (published: PublishedValue) => (published.std ?? Number.NaN) ** 2 / (published.n ?? Number.NaN);
    expect(gap / Math.sqrt(variance(small) + variance(large))).toBeCloseTo(welchT, 1);
  },
);

test.each(implied)("Tables 3 and 4 give $network the ratios $table3 and $table4", ({ network, table3, table4 }) => {
  for (const [table, ratios] of Object.entries({ table3, table4 })) {
    for (const [i, epsilon] of epsilons.entries()) {
      const path = `${table}/${network}/${epsilon}`;
      const printed = ratios[i]!;
      const ratio = value(path, "LB").mean / value(path, "SB").mean;
      expect(Number(ratio.toFixed(decimals(printed))), path).toBe(printed);
      expect(values[path]?.effect).toMatchObject({ kind: "ratio", of: ["LB", "SB"] });
    }
  }
});

test("Table 6 leaves C1 and C3 behind and puts C2 and C4 ahead", () => {
  const gap = (network: string) => {
    const path = `table6/${network}/test-accuracy`;
    return Number((100 * (value(path, "SB-augmented").mean - value(path, "LB-augmented").mean)).toFixed(2));
  };
  expect(["C1", "C2", "C3", "C4"].map(gap)).toEqual([1.13, -0.44, 1.52, -2.83]);
});

test("conservative training lowers the accuracy of C3 alone and raises the sharpness of F1, F2 and C3", () => {
  const networks = implied.map(({ network }) => network);
  const conservative = (network: string, quantity: string) =>
    value(`table7/${network}/${quantity}`, "LB-conservative").mean;
  const lower = networks.filter(
    (it) => conservative(it, "test-accuracy") < value(`table2/${it}/test-accuracy`, "LB").mean,
  );
  const sharper = networks.filter((it) => conservative(it, "0.001") > value(`table3/${it}/0.001`, "LB").mean);
  expect(lower).toEqual(["C3"]);
  expect(sharper).toEqual(["F1", "F2", "C3"]);
  for (const it of [...lower, ...sharper]) {
    const path = `table7/${it}/${lower.includes(it) ? "test-accuracy" : "0.001"}`;
    expect(values[path]?.note, path).toBeDefined();
  }
});

test("Table 7 repeats the small-batch means of Table 2", () => {
  for (const { network } of implied) {
    const [plain, repeated] = ["table2", "table7"].map(
      (table) => value(`${table}/${network}/test-accuracy`, "SB").mean,
    );
    expect(repeated).toBe(plain);
  }
});

test("every table value is stated, over five trials, with a standard deviation", () => {
  const tables = Object.entries(values).filter(([path]) => path.startsWith("table"));
  expect(tables).toHaveLength(6 * 2 + 6 * 2 + 6 * 2 + 4 * 3 + 6 * 3);
  for (const [path, entry] of tables) {
    expect(entry.origin, path).toBe("stated");
    for (const published of Object.values(entry.arms))
      expect(published, path).toMatchObject({ n: 5, std: expect.any(Number) });
  }
});

test("what a figure shows is a reading, without standard deviation or trials", () => {
  const figures = Object.entries(values).filter(([path]) => path.startsWith("figure"));
  expect(figures.length).toBeGreaterThan(0);
  for (const [path, entry] of figures) {
    expect(entry.origin, path).toBe("reading");
    for (const published of Object.values(entry.arms)) expect(Object.keys(published), path).toEqual(["mean"]);
  }
});

test("accuracies are fractions, in tables and figures", () => {
  for (const [path, entry] of Object.entries(values).filter(([path]) => path.includes("accuracy"))) {
    expect(entry.quantity, path).toContain("fraction");
    for (const { mean } of Object.values(entry.arms)) expect(mean > 0.4 && mean < 1, path).toBe(true);
  }
});

test("an effect is between arms of the entry, or is given as a number or range", () => {
  for (const [path, { arms, effect }] of Object.entries(values)) {
    if (effect === undefined) continue;
    const given = effect.value !== undefined || effect.range !== undefined;
    expect(given || effect.of.every((arm) => arm in arms), path).toBe(true);
  }
});
