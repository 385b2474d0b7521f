import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { PublishedEntry, RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { measurementsRecord } from "./measurements-record.ts";
import { open, render } from "./page.ts";

const { values } = JSON.parse(readFileSync(new URL("../../baselines/keskar-2017.json", import.meta.url), "utf8")) as {
  values: Record<string, PublishedEntry>;
};

const PATHS = {
  2: "figure2/C1/early-stopping",
  3: "figure3/F1/train-loss",
  4: "figure4/C1/0.001",
  5: "figure5/C1/0.001",
  6: "figure6/C1/loss-0.1",
  7: "figure7/C1/train-loss",
} as const;

/** With a claim that points at a reading of each of these figures. */
function pointingAt(record: RunRecord, figures: readonly (keyof typeof PATHS)[], paper = "keskar-2017"): RunRecord {
  const entries = figures.map((figure) => [`${paper}#/${PATHS[figure]}`, values[PATHS[figure]] as PublishedEntry]);
  const pointers = entries.map(([pointer]) => pointer as string);
  const claims = record.suite.claims.map((claim, i) => (i === 0 ? { ...claim, published: pointers } : claim));
  return { ...record, suite: { ...record.suite, paper, claims }, published: Object.fromEntries(entries) };
}

function headingsOf(record: RunRecord): string[] {
  const { document } = open(render(record));
  return [...document.querySelectorAll(".paper-figure h3")].map((heading) => heading.textContent ?? "");
}

const all = [2, 3, 4, 5, 6, 7] as const;
const measured = measurementsRecord();

test("each figure that a claim points at stands in the page, with its charts, words, table and claim", () => {
  const record = pointingAt(measured, all);
  const { document } = open(render(record));
  expect(headingsOf(record).map((heading) => heading.split(":")[0])).toEqual(
    all.map((figure) => `Figure ${figure} of the paper, redrawn`),
  );
  for (const figure of all) {
    const section = document.getElementById(`paper-figure-${figure}`)?.parentElement;
    expect(section?.querySelectorAll("svg.chart").length).toBeGreaterThan(0);
    expect(section?.querySelectorAll(".svg-link a").length).toBe(section?.querySelectorAll("svg.chart").length);
    for (const link of section?.querySelectorAll(".svg-link a") ?? []) {
      const svg = decodeURIComponent(link.getAttribute("href") ?? "");
      expect(svg).toMatch(/^data:image\/svg\+xml;.*<svg/);
      expect(svg).not.toContain("var(");
    }
    const told = section?.querySelector(".told")?.textContent?.replace(/\s+/g, " ") ?? "";
    expect(told).toContain(`Paper: Figure ${figure}`);
    expect(told).toContain("Ours: F1 (1,462,794 parameters); MNIST");
    expect(told).toContain("seeds 0, 1, 2 and 3");
    expect(told).toContain("read off the figure");
    expect(section?.querySelector(".claims-of a")?.getAttribute("href")).toBe("#claim-falls");
    expect(section?.querySelectorAll("details table tbody tr").length).toBeGreaterThan(3);
  }
  expect(document.querySelector('nav a[href="#paper-figures"]')?.textContent).toBe("Paper's figures");
});

test("the table of a figure has the readings beside ours", () => {
  const { document } = open(render(pointingAt(measured, [3])));
  const table = document.getElementById("paper-figure-3")?.parentElement?.querySelector("details table");
  const rows = [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? ""),
  );
  expect(table?.querySelector("thead")?.textContent).toContain("Paper, F1, training loss");
  expect(rows).toHaveLength(25);
  const column = [...(table?.querySelectorAll("thead th") ?? [])].findIndex(
    (head) => head.textContent === "Paper, F1, training loss",
  );
  expect(rows.find(([alpha]) => alpha === "1.125")?.[column]).toBe("0.245");
  expect(rows.find(([alpha]) => alpha === "1.375")?.[column]).toBe("–");
});

test("what stands as a figure of the paper is not drawn again, and the rest of its section stays", () => {
  const captionsOf = (record: RunRecord) => {
    const { document } = open(render(record));
    return [...document.querySelectorAll("section[aria-labelledby=measured] figcaption")].map(
      (caption) => caption.textContent ?? "",
    );
  };
  const before = captionsOf(measured);
  const count = (captions: readonly string[], title: string) => captions.filter((each) => each === title).length;
  const after = captionsOf(pointingAt(measured, all));
  // Paths of three shapes, of which the filter-normalised is no figure of the paper.
  expect([count(before, "Loss along the path"), count(after, "Loss along the path")]).toEqual([3, 1]);
  expect([count(before, "Accuracy along the path"), count(after, "Accuracy along the path")]).toEqual([3, 1]);
  // By batch size and by warm start; the charts of the maximisers stay.
  expect(count(before, "Test accuracy, last epoch") - count(after, "Test accuracy, last epoch")).toBe(2);
  expect(count(after, "paper-literal")).toBe(count(before, "paper-literal"));
  const against = "φ against the training loss, scaled maximiser";
  expect(count(before, against) - count(after, against)).toBe(1);
  // Accuracies of SB and LB alone are Figure 2; beside other arms they are not.
  expect(count(before, "Training accuracy")).toBeGreaterThan(count(after, "Training accuracy"));
  expect(count(after, "Training accuracy")).toBeGreaterThan(0);
  expect(count(after, "Training loss")).toBe(count(before, "Training loss"));
  const { text } = open(render(pointingAt(measured, [3])));
  expect(text).toContain("Drawn above, as Figure 3 of the paper.");
  expect(text).toContain("half-width at α = 1");
});

test("a sharpness along the training that the figure does not show keeps its chart", () => {
  const other = measured.samples.flatMap((sample) =>
    sample.measurement === "sharpness" && sample.at !== undefined ? [{ ...sample, epsilon: 0.5 }] : [],
  );
  expect(other.length).toBeGreaterThan(0);
  const { document } = open(render(pointingAt({ ...measured, samples: [...measured.samples, ...other] }, [6])));
  const charts = [...document.querySelectorAll("h4")]
    .filter(({ textContent }) => /^Sharpness φ, full space, ε = .*, along the training$/.test(textContent ?? ""))
    .map((heading) => [heading.textContent?.match(/ε = ([\d.]+)/)?.[1], heading.nextElementSibling?.children.length]);
  expect(charts).toEqual([
    ["0.001", 0],
    ["0.5", 1],
  ]);
});

const without: [string, RunRecord][] = [
  ["no claim points at a figure", measured],
  ["the suite is another paper's", pointingAt(measured, all, "another-2020")],
  [
    "the suite is another paper's, with pointers at this one",
    {
      ...pointingAt(measured, all),
      suite: { ...pointingAt(measured, all).suite, paper: "another-2020" },
    },
  ],
  [
    "nothing was run",
    {
      ...pointingAt(measured, all),
      samples: [],
      trials: measured.trials.map(({ arm, seed }) => ({ state: "not-run", arm, seed, reason: "interrupted" })),
    },
  ],
];

test.each(without)("there are no figures where %s", (_, record) => {
  const { document, text } = open(render(record));
  expect(document.querySelector(".paper-figures")).toBeNull();
  expect(document.querySelector('nav a[href="#paper-figures"]')).toBeNull();
  expect(text).not.toContain("Drawn above");
});

test("a figure of which nothing was measured is left out, the others stay", () => {
  const record = pointingAt(exampleRecord(), all);
  expect(headingsOf(record).map((heading) => heading.split(" of ")[0])).toEqual(["Figure 2"]);
});

const odd: Record<string, RunRecord> = {
  "one seed": {
    ...measured,
    suite: { ...measured.suite, seeds: [2] },
    trials: measured.trials.filter(({ seed }) => seed === 2),
    samples: measured.samples.filter(({ seed }) => seed === 2),
  },
  "every value 0": {
    ...measured,
    samples: measured.samples.map((each) => ("value" in each ? { ...each, value: 0 } : each)),
  },
  "values of all sizes": {
    ...measured,
    samples: measured.samples.map((each, i) =>
      "value" in each ? { ...each, value: [1e-300, 1e12, -3, 0][i % 4] ?? 0 } : each,
    ),
  },
  "accuracies of 0 and 1": {
    ...measured,
    trials: measured.trials.map((trial) =>
      trial.state === "completed"
        ? { ...trial, curve: trial.curve.map((each) => ({ ...each, trainAccuracy: 1, testAccuracy: 0, trainLoss: 0 })) }
        : trial,
    ),
  },
  "diverged in the first epochs": {
    ...measured,
    trials: measured.trials.map((trial, i) =>
      trial.state === "completed"
        ? {
            state: "diverged",
            arm: trial.arm,
            seed: trial.seed,
            update: 3,
            epoch: 1,
            curve: trial.curve.slice(0, i % 3),
            reason: "the loss is too large",
          }
        : trial,
    ),
  },
  "one point of each path": { ...measured, samples: measured.samples.filter(({ at }) => at === undefined || at === 1) },
  "samples without detail": {
    ...measured,
    trials: [],
    samples: measured.samples.map((each) => {
      if (!("detail" in each)) return each;
      const { detail: _, ...rest } = each;
      return rest;
    }),
  },
  "names that are markup": JSON.parse(
    JSON.stringify(measured).replaceAll('"networkName":"F1"', '"networkName":"F1-<b>&\'x"'),
  ) as RunRecord,
};

test.each(Object.entries(odd))("no number that is none, and no id twice: %s", (_, record) => {
  const { document, text } = open(render(pointingAt(record, all)));
  expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
  for (const svg of document.querySelectorAll("svg")) expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.querySelector(".paper-figures b")).toBeNull();
});
