import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { dataLink, fileName } from "../../src/report/data-link.ts";
import { samplesCsv } from "../../src/report/samples-csv.ts";
import type { RunRecord, Sample } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { measurementsRecord } from "./measurements-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();
const openPage = useChromium();
const withSamples = (samples: Sample[]): RunRecord => ({ ...example, samples });
const absent = (reason: string): Sample => ({ arm: "SB", seed: 0, measurement: "sharpness", absent: reason });
const fields = (sample: Sample) => samplesCsv(withSamples([sample])).split("\r\n")[1];

/** What a reader of RFC 4180 makes of a text. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r\n/g)) {
    const cells = Array.from((line[1] ?? "").matchAll(/(?:^|,)("(?:[^"]|"")*"|[^",\r\n]*)/g), ([, cell = ""]) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    );
    rows.push(cells);
  }
  return rows;
}

test("the CSV has a row for every sample, with every field as it is", () => {
  const rows = readCsv(samplesCsv(example));
  expect(rows.length).toBe(example.samples.length + 1);
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  const [head = [], ...cells] = rows;
  const at = (row: string[] | undefined, name: string) => row?.[head.indexOf(name)];
  example.samples.forEach((sample, i) => {
    expect(at(cells[i], "arm")).toBe(sample.arm);
    expect(at(cells[i], "seed")).toBe(String(sample.seed));
    expect(at(cells[i], "epsilon")).toBe(sample.epsilon === undefined ? "" : String(sample.epsilon));
    expect(at(cells[i], "maximiser")).toBe(sample.maximiser ?? "");
    if ("value" in sample) expect(Number(at(cells[i], "value"))).toBe(sample.value);
    else expect(at(cells[i], "absent")).toBe(sample.absent);
  });
});

test.each([
  ['a "word", and more', '"a ""word"", and more"'],
  ["two\r\nlines", '"two\r\nlines"'],
])("a text with %j is quoted", (text, quoted) => {
  expect(samplesCsv(withSamples([absent(text)]))).toContain(`,${quoted},`);
  expect(readCsv(samplesCsv(withSamples([absent(text)])))[1]).toContain(text);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|calc", "%0"])("%j is no formula", (text) => {
  expect(readCsv(samplesCsv(withSamples([absent(text)])))[1]).toContain(`'${text}`);
});

test("a negative number stays a number", () => {
  expect(fields({ arm: "SB", seed: 0, measurement: "x", value: -1.5e-7 })).toBe("SB,0,x,,,,,-1.5e-7,,,,,,,");
});

test.each(["a b", "100 % #1 <b> & 'x' \"y\"\r\n\tz ", "‖∇f‖ 東京 🙂", ""])("a data link gives %j back", (text) => {
  const { document } = open(`<body><a href='${dataLink("text/plain", text)}'>x</a></body>`);
  const href = document.querySelector("a")?.getAttribute("href") ?? "";
  expect(href.startsWith("data:text/plain;charset=utf-8,")).toBe(true);
  expect(decodeURIComponent(href.slice(href.indexOf(",") + 1))).toBe(text);
  expect(new URL(href).hash).toBe("");
});

test.each([
  ["φ at each seed", "at-each-seed.svg"],
  ["LB / SB > 1, at least 2", "lb-sb-1-at-least-2.svg"],
  ["../../etc/passwd", "etc-passwd.svg"],
  ["東京", "chart.svg"],
])("a file of %j is named %s", (heading, name) => {
  expect(fileName(heading, "svg")).toBe(name);
});

const page = render(measurementsRecord());
const charts = [...open(page).document.querySelectorAll("a[download$='.svg']")].map((link) => {
  const href = link.getAttribute("href") ?? "";
  return decodeURIComponent(href.slice(href.indexOf(",") + 1));
});

test("every chart can be had as an SVG", () => {
  const { document } = open(page);
  expect(charts.length).toBe(document.querySelectorAll("figure .chart, .figure .chart").length);
  expect(charts.length).toBeGreaterThan(20);
});

test("an SVG stands alone: a namespace, a title, and no colour of the page's", () => {
  for (const chart of charts) {
    expect(chart).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><title>[^<]+<\/title>/);
    expect(chart).not.toMatch(/var\(|currentColor|class=|url\(|<script/);
  }
});

test.skipIf(withoutChromium)("an SVG is well-formed XML, with ink that can be read on its ground", async () => {
  const blank = await openPage("<!doctype html><title>x</title>");
  const faults = await blank.evaluate<string[]>(
    `${JSON.stringify(charts)}.flatMap((text) => {
      const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
      if (documentElement.localName !== "svg" || documentElement.querySelector("parsererror")) return [text.slice(0, 200)];
      document.body.replaceChildren(document.importNode(documentElement, true));
      const { fill } = getComputedStyle(document.querySelector("text"));
      const { fill: ground } = getComputedStyle(document.querySelector("rect"));
      return fill === "rgb(28, 32, 37)" && ground === "rgb(252, 252, 250)" ? [] : [fill + " on " + ground];
    })`,
  );
  expect(faults).toEqual([]);
  await blank.close();
});

test.skipIf(withoutChromium)("a browser saves what the links hold, under their names", async () => {
  const opened = await openPage(render(example));
  for (const [link, content] of [
    ["a[download$='.csv']", samplesCsv(example)],
    [".svg-link a", undefined],
  ] as const) {
    const [download] = await Promise.all([opened.waitForEvent("download"), opened.locator(link).first().click()]);
    const saved = await readFile(await download.path(), "utf8");
    if (content === undefined) expect(saved).toMatch(/^<svg .*<\/svg>$/s);
    else expect(saved).toBe(content);
    expect(download.suggestedFilename()).toBe(await opened.locator(link).first().getAttribute("download"));
  }
  await opened.close();
});

test("without samples there is no file of them", () => {
  expect(open(render(withSamples([]))).document.querySelector("a[download$='.csv']")).toBeNull();
});

test("a page of every measurement stays below 2 MB", () => {
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
});
