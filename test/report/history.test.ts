import axe from "axe-core";
import { expect, test } from "vitest";
import { renderHistoryPage } from "../../src/report/history/page.ts";
import { historyOf } from "../../src/report/history/series.ts";
import { renderIndexPage } from "../../src/report/site/index-page.ts";
import { renderSuitePages } from "../../src/report/site/suite-pages.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { history, runOf, runs } from "./history-runs.ts";
import { open } from "./page.ts";
import { PAPER } from "./paper.ts";

const openPage = useChromium();
const example = exampleRecord();

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

test.skipIf(withoutChromium).each([
  ["one run", historyOf(runs.slice(0, 1))],
  ["ten days", history],
])("no label of a chart touches another: %s", async (_, of) => {
  // On paper they are the largest, beside the chart.
  const tab = await openPage(renderHistoryPage(of), PAPER);
  await tab.emulateMedia({ media: "print" });
  const clashes = await tab.evaluate<string[]>(`[...document.querySelectorAll("figure .chart")].flatMap((chart) => {
    const texts = [...chart.querySelectorAll("text")].filter((each) => each.textContent.trim() !== "");
    const boxes = texts.map((each) => each.getBoundingClientRect());
    return texts.flatMap((text, i) => texts.slice(i + 1).flatMap((other, k) => {
      const [a, b] = [boxes[i], boxes[i + 1 + k]];
      const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      return across > -2 && down > 5 ? [text.textContent + " / " + other.textContent] : [];
    }));
  })`);
  expect(await tab.locator("figure .chart text").count()).toBeGreaterThan(10);
  expect(clashes).toEqual([]);
  await tab.close();
});
