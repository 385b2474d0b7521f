import axe from "axe-core";
import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { renderHistoryPage } from "../../src/report/history/page.ts";
import { type RunSummary, summariseRun } from "../../src/report/history/run-summary.ts";
import { historyOf } from "../../src/report/history/series.ts";
import { renderIndexPage } from "../../src/report/site/index-page.ts";
import { renderSuitePages } from "../../src/report/site/suite-pages.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { open } from "./page.ts";

const openPage = useChromium();
const example = exampleRecord();

/** The example as it ran on a day; from the eighth on its sharpness is another. */
function runOf(day: number, change: (record: RunRecord) => RunRecord = (record) => record): RunSummary {
  const startedAt = new Date(Date.UTC(2026, 5, day)).toISOString();
  const samples = example.samples.map((sample) =>
    day >= 8 && "value" in sample && sample.measurement === "sharpness" && sample.arm.startsWith("LB")
      ? { ...sample, value: sample.value / 1e4 }
      : sample,
  );
  const record = change({ ...example, samples, run: { ...example.run, id: `run-${day}`, startedAt } });
  return summariseRun(record, judge(record), { file: `${day}/run.json`, sha256: `${day}`.padStart(64, "0") });
}

const runs = Array.from({ length: 10 }, (_, i) => runOf(i + 1));
const history = historyOf(runs);

test("a change of verdict is marked with the run that brought it", () => {
  const changed = history[0]?.claims.filter(({ changes }) => changes.length > 0) ?? [];
  expect(changed.length).toBeGreaterThan(0);
  for (const { changes } of changed) expect(changes.map(({ run }) => run.id)).toEqual(["run-8"]);
  const { text } = open(renderHistoryPage(history));
  expect(text).toContain("since run-8");
});

test("runs of another class of hardware, or another profile, are never joined", () => {
  const elsewhere = runOf(3, (record) => {
    const { provenance } = record;
    return { ...record, provenance: { ...provenance, hardware: { ...provenance.hardware, cpu: "Other" } } };
  });
  const smoke = runOf(4, (record) => ({ ...record, suite: { ...record.suite, profile: "smoke" } }));
  const counts = historyOf([...runs, elsewhere, smoke]).map((series) => series.runs.length);
  expect(counts.toSorted((a, b) => a - b)).toEqual([1, 1, 10]);
});

test("the last runs only, where that is asked for", () => {
  expect(historyOf(runs, 3)[0]?.runs.map(({ id }) => id)).toEqual(["run-8", "run-9", "run-10"]);
});

const COPIES = 250;

test("a long history takes several pages, none of them over 2 MB, and each claim stands once", () => {
  const many = (record: RunRecord): RunRecord => {
    const claims = Array.from({ length: COPIES }, (_, i) =>
      record.suite.claims.map((claim) => ({ ...claim, id: `${claim.id}-${i}` })),
    ).flat();
    return { ...record, suite: { ...record.suite, claims: claims as RunRecord["suite"]["claims"] } };
  };
  const pages = renderSuitePages(historyOf(Array.from({ length: 12 }, (_, i) => runOf(i + 1, many))), new Set());
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.filter(({ html }) => Buffer.byteLength(html) > 2e6)).toEqual([]);
  const ids = pages.flatMap(({ html }) =>
    [...open(html).document.querySelectorAll(".trends .claim-id")].map((each) => each.textContent),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(COPIES * example.suite.claims.length);
});

const attack = "<img src=x onerror=alert(1)>";

test("an attack in names is text, and every table has a caption and scopes", () => {
  const named = (record: RunRecord): RunRecord => {
    const claims = record.suite.claims.map((claim) => ({ ...claim, id: attack, statement: attack }));
    return { ...record, suite: { ...record.suite, title: attack, claims: claims as RunRecord["suite"]["claims"] } };
  };
  const attacked = historyOf([runOf(1, named), runOf(2, named)]);
  const pages = [
    renderHistoryPage(attacked),
    renderIndexPage(attacked, new Set()),
    ...renderSuitePages(attacked, new Set()).map(({ html }) => html),
  ];
  for (const html of pages) {
    const { document, text } = open(html);
    expect(document.querySelector("img")).toBeNull();
    expect(text).toContain(attack);
    expect([...document.querySelectorAll("table")].filter((table) => !table.querySelector("caption"))).toEqual([]);
    expect([...document.querySelectorAll("th")].filter((head) => !head.getAttribute("scope"))).toEqual([]);
    expect(html).not.toMatch(/<script|NaN|undefined/);
  }
});

const pages = {
  history: renderHistoryPage(history),
  index: renderIndexPage(history, new Set()),
  suite: renderSuitePages(history, new Set())[0]?.html ?? "",
};

test.skipIf(withoutChromium).each(
  (["history", "index", "suite"] as const).flatMap((name) => [
    { name, width: 1280, height: 900, colorScheme: "light" as const },
    { name, width: 360, height: 800, colorScheme: "dark" as const },
  ]),
)("$name: nothing overflows, complains or violates axe at $width px", async ({ name, ...view }) => {
  const complaints: string[] = [];
  const tab = await openPage(pages[name], { ...view, onComplaint: (complaint) => complaints.push(complaint) });
  expect(await tab.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(view.width);
  await tab.evaluate(axe.source);
  const violations = await tab.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)))',
  );
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
  await tab.close();
});
