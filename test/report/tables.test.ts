import { expect, test } from "vitest";
import type { Arm, PublishedEntry, RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();

/** Rows of the paper's table, cells without their spaces. */
function rowsOf(record: RunRecord, table: number): string[][] {
  const { document } = open(render(record));
  const heading = document.getElementById(`paper-table-${table}`);
  return [...(heading?.parentElement?.querySelectorAll("tbody tr") ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, " ").trim() ?? ""),
  );
}

function withArms(change: (arm: Arm) => Arm): RunRecord {
  return { ...example, suite: { ...example.suite, arms: example.suite.arms.map(change) } };
}

function withPublished(pointer: string, entry: PublishedEntry): RunRecord {
  const claims = example.suite.claims.map((claim, i) => (i === 0 ? { ...claim, published: [pointer] } : claim));
  return { ...example, suite: { ...example.suite, claims }, published: { [pointer]: entry } };
}

test("accuracies stand in percent, mean ± standard deviation, with n and the paper's own first", () => {
  const values = (arm: string) =>
    example.samples.flatMap((sample) =>
      "value" in sample && sample.arm === arm && sample.measurement === "testAccuracy" ? [100 * sample.value] : [],
    );
  const summary = (numbers: number[]) => {
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return `${mean.toFixed(2)} ± ${Math.sqrt(squares / (numbers.length - 1)).toFixed(2)}`;
  };
  expect(rowsOf(example, 2)).toEqual([
    ["Paper, F1", "98.03 ± 0.07", "97.81 ± 0.07", "5"],
    ["Ours, F1", summary(values("SB")), summary(values("LB")), "5"],
  ]);
});

test("sharpness has a row of ours for each maximiser", () => {
  const rows = rowsOf(example, 3);
  expect(rows.map(([whose]) => whose)).toEqual([
    "Paper, F1",
    "Ours, F1, paper-literal",
    "Ours, F1, scaled",
    "Ours, F1, sign-ascent",
  ]);
  expect(rows[0]).toEqual(["Paper, F1", "1.23 ± 0.83", "205.14 ± 69.52", "5"]);
});

test("a table tells its source and tag, the claims on it with their verdicts, and the paper's inconsistencies", () => {
  const { document } = open(render(example));
  const section = document.getElementById("paper-table-3")?.parentElement;
  const words = section?.textContent?.replace(/\s+/g, " ");
  expect(words).toMatch(/^ ?Table 3 as printed sharpness φ, full space/);
  expect(words).toContain("F1, ε = 0.001: The ratio is 167, above the text's one to two orders of magnitude.");
  expect(section?.querySelector(".claims-of")?.textContent?.replace(/\s+/g, " ").trim()).toBe(
    "inconclusive C04 sharper",
  );
  expect(section?.querySelector(".claims-of a")?.getAttribute("href")).toBe("#claim-sharper");
  expect(document.querySelector(".scales")?.textContent?.replace(/\s+/g, " ")).toContain(
    "F1: 1,462,794 parameters; MNIST, 60,000 training and 10,000 test samples; batch 256 and 10%.",
  );
});

test("what is printed in no table stands in none", () => {
  const { document } = open(render(example));
  expect(document.querySelectorAll(".paper-table")).toHaveLength(2);
});

test.each([
  ["no measurement of it", withArms((arm) => ({ ...arm, measure: {} })), "measured none of its columns"],
  ["other arms", withArms((arm) => ({ ...arm, name: `${arm.name}-tuned` })), "measured none of its columns"],
])("a run with %s has nothing to stand beside the paper's row, and says so", (_, record, says) => {
  const { document, text } = open(render(record));
  expect(document.querySelectorAll(".paper-table")).toHaveLength(0);
  expect(text).toContain("Table 2 (F1)");
  expect(text).toContain(says);
});

test.each(["C1", "F10"])(
  "only where no network is of the paper's kind another stands beside it, and is said to: %s",
  (networkName) => {
    const record = withArms((arm) => ({ ...arm, networkName }));
    expect(rowsOf(record, 2).map(([whose]) => whose)).toEqual(["Paper, F1", `Ours, ${networkName}`]);
    expect(open(render(record)).document.getElementById("paper-table-2")?.parentElement?.textContent).toContain(
      "No network of this run is of the paper's kind (F1): ours is another.",
    );
    const both = { ...record, suite: { ...record.suite, arms: [...record.suite.arms, ...example.suite.arms] } };
    expect(rowsOf(both, 2).map(([whose]) => whose)).toEqual(["Paper, F1", "Ours, F1"]);
  },
);

test("the paper's numbers keep the decimals that they are printed with", () => {
  const entry: PublishedEntry = {
    quantity: "Sharpness φ, full space, ε = 0.001",
    source: "Table 3",
    origin: "stated",
    arms: { SB: { mean: 0.05, std: 0, n: 5 }, LB: { mean: 42.9, std: 17.14, n: 5 } },
  };
  expect(rowsOf(withPublished("keskar-2017#/table3/F1/0.001", entry), 3)[0]).toEqual([
    "Paper, F1",
    "0.05 ± 0.00",
    "42.90 ± 17.14",
    "5",
  ]);
});

test("a smaller net of the paper's kind stands beside it under its own name", () => {
  const rows = rowsOf(
    withArms((arm) => ({ ...arm, networkName: "F1-3x128" })),
    2,
  );
  expect(rows.map(([whose]) => whose)).toEqual(["Paper, F1", "Ours, F1-3x128"]);
});

test("the variants of a matrix have a row each, and surrogate data is named", () => {
  const variants = ["a", "b"].map((variant) => ({
    arms: example.suite.arms.map(
      (arm): Arm => ({
        ...arm,
        name: `${arm.name}[${variant}]`,
        ...(variant === "b"
          ? { data: { surrogate: "frames", features: 9, classes: 3, train: 60, test: 30 } as const }
          : {}),
      }),
    ),
    rename: <Of extends { arm: string }>(each: Of): Of => ({ ...each, arm: `${each.arm}[${variant}]` }),
  }));
  const record: RunRecord = {
    ...example,
    suite: { ...example.suite, arms: variants.flatMap(({ arms }) => arms) },
    trials: variants.flatMap(({ rename }) => example.trials.map(rename)),
    samples: variants.flatMap(({ rename }) => example.samples.map(rename)),
  };
  expect(rowsOf(record, 2).map(([whose]) => whose)).toEqual([
    "Paper, F1",
    "Ours, F1 [a]",
    "Ours, F1 [b], surrogate data",
  ]);
});

test("the space of a sharpness decides which measurement is beside it", () => {
  const entry: PublishedEntry = {
    quantity: "Sharpness φ, random subspace of 100 dimensions, ε = 0.001",
    source: "Table 4",
    origin: "stated",
    arms: { SB: { mean: 0.11, std: 0, n: 5 }, LB: { mean: 9.22, std: 0.56, n: 5 } },
  };
  expect(rowsOf(withPublished("keskar-2017#/table4/F1/0.001", entry), 4).map(([whose]) => whose)).toEqual([
    "Paper, F1",
    "Ours, F1, scaled",
  ]);
  const other = { ...entry, quantity: entry.quantity.replace("100", "10") };
  expect(rowsOf(withPublished("keskar-2017#/table4/F1/0.001", other), 4)).toEqual([]);
  // Not measured at this ε.
  expect(rowsOf(withPublished("keskar-2017#/table4/F1/0.0005", entry), 4)).toEqual([]);
});

test("a trial that did not complete gives no value, and n tells so", () => {
  const trials = example.trials.map((trial) =>
    trial.arm === "LB" && trial.seed === 2
      ? ({ state: "crashed", arm: "LB", seed: 2, reason: "signal 9" } as const)
      : trial,
  );
  expect(rowsOf({ ...example, trials }, 2)[1]?.at(-1)).toBe("4–5");
});

test("a number read off a figure is tagged so", () => {
  const entry: PublishedEntry = {
    quantity: "Test accuracy at the end, fraction of samples",
    source: "Table 2, p. 4",
    origin: "reading",
    arms: { LB: { mean: 0.88495 } },
  };
  const record = withPublished("keskar-2017#/table2/F1/test-accuracy", entry);
  expect(open(render(record)).document.querySelector(".paper-table .tag")?.textContent).toBe("read off the figure");
  expect(rowsOf(record, 2)[0]).toEqual(["Paper, F1", "88.495", "–"]);
});
