import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { measurementsRecord } from "./measurements-record.ts";
import { open, render } from "./page.ts";

const record = measurementsRecord();
const html = render(record);
const { document, text } = open(html);

const sectionOf = (heading: string) =>
  [...document.querySelectorAll("section.group")].find((each) => each.querySelector("h3")?.textContent === heading);
const tableOf = (caption: string) =>
  [...document.querySelectorAll("table")].find((each) =>
    each.querySelector("caption")?.textContent?.startsWith(caption),
  );
const rowsOf = (caption: string) =>
  [...(tableOf(caption)?.querySelectorAll("tr") ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent?.trim() ?? ""),
  );
const chartsUnder = (heading: string, group: string) => {
  const start = [...(sectionOf(group)?.querySelectorAll("h4") ?? [])].find((each) => each.textContent === heading);
  const charts: { title: string; label: string; svg: string }[] = [];
  for (let each = start?.nextElementSibling; each && each.tagName !== "H4"; each = each.nextElementSibling) {
    for (const figure of each.querySelectorAll("figure")) {
      const svg = figure.querySelector("svg");
      const title = figure.querySelector("figcaption")?.textContent ?? "";
      charts.push({ title, label: svg?.getAttribute("aria-label") ?? "", svg: svg?.outerHTML ?? "" });
    }
  }
  return charts;
};

test("the page has no number that is none, and no id twice", () => {
  expect(html).not.toMatch(/undefined|\[object/);
  for (const svg of document.querySelectorAll("svg")) expect(svg.outerHTML).not.toMatch(/NaN|Infinity/);
  for (const chart of document.querySelectorAll(".chart")) {
    expect(chart.getAttribute("aria-label")).toMatch(/\w{2}/);
    expect(chart.outerHTML).not.toMatch(/(fill|stroke)="(#|rgb|black|white|steelblue)/);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const regions = [...document.querySelectorAll(".scroll")].map((each) => each.getAttribute("aria-label"));
  expect(new Set(regions).size).toBe(regions.length);
});

test("findings are marked beside their verdicts, and counted apart", () => {
  const verdicts = judge(record);
  const marked = [...document.querySelectorAll(".overview tbody tr")].filter((row) =>
    row.querySelector(".status")?.textContent?.includes("finding, not gated"),
  );
  expect(marked).toHaveLength(2);
  const passed = verdicts.filter(({ status, finding }) => status === "pass" && !finding).length;
  expect(document.querySelector(".counts li")?.textContent?.trim()).toMatch(new RegExp(`^${passed} `));
  expect(text).toContain("2 findings, told and not gated");
  const section = document.getElementById("claim-literal-collapses");
  expect(section?.querySelector(".margin")?.textContent).toContain("finding, not gated");
});

test("a verdict on surrogate data says so in the overview, in its section and in the summary", () => {
  const rows = [...document.querySelectorAll(".overview tbody tr")].filter((row) =>
    row.textContent?.includes("surrogate data"),
  );
  expect(rows.map((row) => row.querySelector("a")?.textContent)).toEqual(["A network learns frames."]);
  const section = document.getElementById("claim-on-made-up-data");
  expect(section?.querySelector(".margin")?.textContent).toContain("surrogate data");
  expect(section?.textContent).toContain("On surrogate data, made up by a generator");
  expect(text).toContain("1 verdict on surrogate data");
});

test("every kind of assertion has an interval, drawn by what it was judged by", () => {
  expect(document.querySelectorAll("article .figure .chart")).toHaveLength(8);
  const labels = [...document.querySelectorAll("article .figure .chart")].map((chart) =>
    chart.getAttribute("aria-label"),
  );
  expect(labels[0]).toMatch(/^ρ of testAccuracy with position: ✓ ours {2}-1$/);
  expect(labels[1]).toMatch(/^BIC of one line − two, testAccuracy: . ours/);
  expect(labels[2]).toMatch(/B2048 < B256 {2}[\d.]+; . B256 < SB {2}[\d.]+$/);
});

test("values by seed: named operands, neighbours of an order told apart, trials of a correlation counted", () => {
  expect(rowsOf("Values by seed: literal-collapses")[0]).toEqual([
    "Seed",
    "SB sharpness[0.001,scaled]",
    "SB sharpness[0.001,paper-literal]",
    "ratio",
  ]);
  const ordered = rowsOf("Values by seed: ordered");
  expect(ordered[0]).toEqual(["Seed", "Of", "testAccuracy, right", "testAccuracy, left", "difference"]);
  expect(ordered).toHaveLength(1 + 2 * 4);
  expect(rowsOf("Values by seed: correlated")[0]).toEqual(["Seed", "sharpness", "testAccuracy"]);
  expect(rowsOf("Values by seed: falls, assertion 1")[0]).toEqual(["Seed", "ρ of testAccuracy with position"]);
});

test("arms that differ by their batch size alone are drawn against it, a chart a maximiser on one scale", () => {
  const charts = chartsUnder("By batch size", "F1");
  expect(charts.map(({ title }) => title)).toEqual([
    "Test accuracy, last epoch",
    "paper-literal",
    "scaled",
    "sign-ascent",
  ]);
  const ticks = charts
    .slice(1)
    .map(({ svg }) => [...svg.matchAll(/<text[^>]*>([\d.]+)<\/text>/g)].map(([, tick]) => tick).join(" "));
  expect(new Set(ticks).size).toBe(1);
  expect(charts[1]?.label).toMatch(/Means: B8 0\.000\d+;/);
  const rows = rowsOf("By batch size");
  expect(rows.slice(1).map(([arm, batch]) => [arm, batch])).toEqual(
    [8, 16, 32, 64, 128, 256, 512, 1024, 2048].map((batch) => [batch === 32 ? "SB" : `B${batch}`, String(batch)]),
  );
  expect(rows[1]?.[2]).toMatch(/^9\d\.\d\d % \(9\d\.\d\d % to 9\d\.\d\d %\)$/);
});

test("warm starts are drawn against their epoch, beside the arms they start from and would have been", () => {
  const charts = chartsUnder("By the start of a warm start", "F1 [warm]");
  expect(charts).toHaveLength(4);
  expect(charts[0]?.svg).toMatch(/>SB</);
  expect(charts[0]?.svg).toMatch(/>LB</);
  expect(rowsOf("By the start of a warm start").map(([arm, epoch]) => `${arm} ${epoch}`)).toEqual([
    "Arm Epoch of SB that it starts from",
    ...["LB-warm-0 0", "LB-warm-1 1", "LB-warm-2 2", "LB-warm-5 5", "LB-warm-10 10", "LB-warm-30 30"],
    "SB –",
    "LB –",
  ]);
});

test("three batch sizes are no family", () => {
  const { suite } = record;
  const few = suite.arms.filter(({ name }) => ["B8", "SB", "B2048"].includes(name));
  const { text: page } = open(render({ ...record, suite: { ...suite, arms: few, claims: [] } }));
  expect(page).not.toContain("By batch size");
});

test("arms that differ by more than the batch size are no family", () => {
  const { suite } = record;
  const arms = suite.arms.map((arm) =>
    arm.regime.batch === 8 ? { ...arm, regime: { ...arm.regime, stop: { epochs: 7 } } } : arm,
  );
  expect(rowsOf("By batch size").some(([arm]) => arm === "B8")).toBe(true);
  const { document: page } = open(render({ ...record, suite: { ...suite, arms } }));
  const caption = [...page.querySelectorAll("caption")].find((each) => each.textContent?.startsWith("By batch size"));
  const members = [...(caption?.parentElement?.querySelectorAll("tbody th") ?? [])].map((each) => each.textContent);
  expect(members).toEqual(["B16", "SB", "B64", "B128", "B256", "B512", "B1024", "B2048"]);
});

test("φ along the training: a mark an epoch for each arm, the loss falling to the right", () => {
  const [chart, ...more] = chartsUnder("Sharpness φ, full space, ε = 0.001, along the training", "F1 [curvature]");
  expect(more).toEqual([]);
  expect(chart?.title).toBe("φ against the training loss, scaled maximiser");
  const { document: drawing } = open(`<body>${chart?.svg}</body>`);
  const across = new Map(
    [...drawing.querySelectorAll("text[transform]")].flatMap((tick): [string, number][] => {
      const [x, y] = (tick.getAttribute("transform")?.match(/[\d.]+/g) ?? []).map(Number);
      return x !== undefined && y !== undefined && y > 220 ? [[tick.textContent ?? "", x]] : [];
    }),
  );
  expect(across.get("1")).toBeLessThan(across.get("0.01") ?? Number.NaN);
  const rows = rowsOf("Sharpness φ, full space, ε = 0.001, along the training");
  expect(rows[0]).toEqual(["Arm", "Epoch", "Seeds", "Training loss", "paper-literal", "scaled", "sign-ascent"]);
  expect(rows.slice(1)).toHaveLength(2 * 11);
  expect(rows[1]?.slice(0, 3)).toEqual(["SB", "0", "4"]);
});

test("what has no loss of its own along the training takes that of the curve", () => {
  const rows = rowsOf("Distance from the start ‖x − x₀‖₂, along the training");
  expect(rows[2]?.slice(0, 3)).toEqual(["SB", "3", "4"]);
  expect(rows[2]?.[3]).toMatch(/^0\.9\d+ \(/);
});

test.each([
  { heading: "Linear path from SB to LB", points: 25, lines: 2 },
  { heading: "Curvilinear path from SB to LB", points: 25, lines: 2 },
  { heading: "Filter-normalised path from SB to LB", points: 18, lines: 4 },
])(
  "$heading: loss and accuracy, its ends named, a broken line where it has no middle",
  ({ heading, points, lines }) => {
    const charts = chartsUnder(heading, "F1 [curvature]");
    expect(charts.map(({ title }) => title)).toEqual(["Loss along the path", "Accuracy along the path"]);
    for (const { svg, label } of charts) {
      expect(svg).toMatch(/>SB</);
      expect(svg).toMatch(/>LB</);
      expect(svg.match(/stroke-width="2.25"/g)).toHaveLength(lines);
      expect(svg.match(/stroke-dasharray="5,? ?3"/g)).toHaveLength(lines / 2);
      expect(label).toMatch(/train: from .* at SB, .* at LB; test: from/);
    }
    expect(rowsOf(`${heading} (`)).toHaveLength(1 + points);
  },
);

test("what follows from a path stands below it, with what does not", () => {
  const rows = rowsOf("What follows from the training loss: Linear path");
  expect(rows.map(([first]) => first)).toEqual([
    "Quantity",
    "half-width at α = 0",
    "half-width at α = 1",
    "barrier between the ends, nats",
    "α of the barrier",
  ]);
  expect(rows[1]?.slice(1)).toEqual(["–", "–", "–", "–"]);
  expect(text).toContain("No half-width at α = 0 at seeds 0, 1, 2 and 3: the training loss does not rise by 0.5 nats");
});

test("the spectrum: a line an arm on both sides of 0, and shares beyond powers of ten", () => {
  const [chart] = chartsUnder("Spectrum of the Hessian", "F1 [curvature]");
  expect(chart?.label).toMatch(/SB from -[\d.e-]+ to [\d.]+; LB from/);
  expect(chart?.svg.match(/<path[^>]* d="M/g)?.length).toBeGreaterThanOrEqual(4);
  const rows = rowsOf("Spectrum of the Hessian (spectrum)");
  expect(rows[0]?.slice(0, 2)).toEqual(["Arm", "Seeds"]);
  expect(rows[0]).toContain("≥ 10");
  const at = rows[0]?.indexOf("≥ 10") ?? -1;
  expect(Number(rows[2]?.[at])).toBeGreaterThan(Number(rows[1]?.[at]));
});

test("values of several parts are rows of the scalar table; series and paths are not in it", () => {
  const rows = rowsOf("Other measurements, F1 [curvature]");
  const names = [...new Set(rows.slice(1).map(([name]) => name))];
  expect(names).toEqual([
    "topEigenvalue",
    "trace",
    ...["largest", "smallest", "share-above-tenth", "share-negative"].map((part) => `spectrum, ${part}`),
    "noiseScale",
    "steepDirections",
    "rescaledSharpness, loss-change",
    "rescaledSharpness, accuracy-change",
    "rescaledSharpness, sharpness, ε = 0.001, paper-literal",
    "rescaledSharpness, sharpness, ε = 0.001, scaled",
    "adaptiveSharpness",
    ...["seconds", "samples-per-second", "training-seconds", "repeat-ratio"].map((part) => `stepTime, ${part}`),
    "distance",
  ]);
  expect(rows[0]).toEqual(["Measurement", "Arm", "seed 0", "seed 1", "seed 2", "seed 3"]);
  expect(rows.slice(1)).toHaveLength(2 * names.length);
});

test("a measurement that gave nothing anywhere keeps its place", () => {
  const without = record.samples.filter(({ measurement }) => measurement !== "trace");
  const { document: page } = open(render({ ...record, samples: without }));
  const rows = [...page.querySelectorAll("tbody tr")].filter((row) => row.children[0]?.textContent === "trace");
  const cells = rows.map((row) => [...row.children].slice(1, 4).map((cell) => cell.textContent));
  expect(cells).toContainEqual(["SB", "–", "–"]);
});

const { suite, samples, trials } = record;
const odd = {
  "no samples": { ...record, samples: [] },
  "no trial that completed": {
    ...record,
    samples: [],
    trials: trials.map(({ arm, seed }) => ({ state: "not-run", arm, seed, reason: "interrupted" }) as const),
  },
  "one seed": {
    ...record,
    suite: { ...suite, seeds: [2] as [number] },
    trials: trials.filter(({ seed }) => seed === 2),
    samples: samples.filter(({ seed }) => seed === 2),
  },
  "every value 0": { ...record, samples: samples.map((each) => ("value" in each ? { ...each, value: 0 } : each)) },
  "every value negative": {
    ...record,
    samples: samples.map((each) => ("value" in each ? { ...each, value: -1 - Math.abs(each.value) } : each)),
  },
  "spectra of zeros": {
    ...record,
    samples: samples.map((each) =>
      "value" in each && each.detail?.nodes ? { ...each, detail: { nodes: [0, 0], weights: [0.5, 0.5] } } : each,
    ),
  },
  "no curves to take a loss from": {
    ...record,
    trials: trials.map((trial) => (trial.state === "completed" ? { ...trial, curve: [] } : trial)),
  },
} satisfies Record<string, RunRecord>;

test.each(Object.entries(odd))("every measurement, and %s: the page has no number that is none", (_, of) => {
  const { document: page, text: words } = open(render(of));
  expect(words).not.toMatch(/undefined|NaN|\[object|Infinity/);
  for (const svg of page.querySelectorAll("svg")) expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
});
