import axe from "axe-core";
import { expect, test } from "vitest";
import { compareRecords } from "../../src/judge/compare/compare.ts";
import { renderComparisonPage } from "../../src/report/compare/page.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { machine, renamed } from "../judge/compare/machines.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { open } from "./page.ts";

const openPage = useChromium();
const attack = "<img src=x onerror=alert(1)>";

function page(...records: RunRecord[]): string {
  return renderComparisonPage(compareRecords(records.map((record, i) => ({ file: `${i}/run.json`, record }))));
}

const turned = page(machine("onnx"), machine("onnx", [0.01, -0.01]), machine("tensorflow", [2, 2.1, 1.9, 2, 2.1]));

test("the matrix has a column a machine, and says what they come to", () => {
  const { document, text } = open(turned);
  const table = document.querySelector(".matrix");
  expect(table?.querySelectorAll("thead th")).toHaveLength(5);
  const row = [...(table?.querySelectorAll(".claim-row td") ?? [])].map((cell) => cell.textContent?.trim());
  expect(row.slice(0, 3)).toEqual(["pass", "pass", "fail"]);
  expect(row[3]).toBe("verdicts contradict");
  expect(text).toContain("1 of 1 claim has more than one verdict; 1 of them both pass and fail. 1 effect differs");
  expect(text).toContain("engineonnxonnxtensorflow");
});

test("the ends of an interval have as many digits as the estimate", () => {
  const within = (of: RunRecord): RunRecord => {
    const claims = of.suite.claims.map((claim) => ({
      ...claim,
      assertions: [{ kind: "within", first: { arm: "SB", measurement: "distance" }, lowest: 0.9, highest: 1.1 }],
    })) as unknown as RunRecord["suite"]["claims"];
    return { ...of, suite: { ...of.suite, claims } };
  };
  const { document } = open(page(within(machine("onnx", [0.0003])), within(machine("tensorflow", [0.0004]))));
  const cell = document.querySelector(".effect-row td")?.textContent;
  expect(cell).toMatch(/^1\.002 0\.9\d{3} to 1\.0\d{2} n 5$/);
});

test("every table has a caption, and its heads a scope", () => {
  const { document } = open(turned);
  const tables = [...document.querySelectorAll("table")];
  expect(tables.length).toBeGreaterThan(3);
  expect(tables.filter((table) => !table.querySelector("caption"))).toEqual([]);
  expect([...document.querySelectorAll("th")].filter((head) => !head.getAttribute("scope"))).toEqual([]);
});

test("an attack in names is text", () => {
  const html = page(renamed(machine("onnx"), attack), renamed(machine("tensorflow", [0.1]), attack));
  const { document, text } = open(html);
  expect(document.querySelector("img")).toBeNull();
  expect(text).toContain(attack);
});

test("the page asks for nothing and allows nothing but styles", () => {
  const policy = open(turned).document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  expect(policy?.getAttribute("content")).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
  expect(turned).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

test.skipIf(withoutChromium).each([
  { width: 1280, height: 900, colorScheme: "light" },
  { width: 1280, height: 900, colorScheme: "dark" },
  { width: 360, height: 800, colorScheme: "light" },
] as const)("nothing overflows, complains or violates axe at $width px in $colorScheme", async (view) => {
  const complaints: string[] = [];
  const tab = await openPage(turned, { ...view, onComplaint: (complaint) => complaints.push(complaint) });
  expect(await tab.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(view.width);
  await tab.evaluate(axe.source);
  const violations = await tab.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)))',
  );
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
  await tab.close();
});
