import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { renderHtml } from "../../src/report/html.ts";
import { withoutDownloads } from "../../src/report/site/long-report.ts";
import { linkFrom, recordPlace, runPlace, suitePlace } from "../../src/report/site/places.ts";
import { trailTo } from "../../src/report/site/trail.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

test("a long report keeps its charts and tables, and refers to the record for what it does not carry", () => {
  const report = render(exampleRecord());
  const light = withoutDownloads(report, "record.json");
  const [before, after] = [open(report).document, open(light).document];
  expect(before.querySelectorAll("[download]").length).toBeGreaterThan(10);
  expect(after.querySelectorAll("[download]")).toHaveLength(0);
  for (const kept of [".chart", "table", "article", "script"])
    expect(after.querySelectorAll(kept).length).toBe(before.querySelectorAll(kept).length);
  expect(after.querySelectorAll('a[href="record.json"]')).toHaveLength(1);
  expect(Buffer.byteLength(light)).toBeLessThan(0.8 * Buffer.byteLength(report));
});

test("only in a site does a report lead back to its index and to its suite's history", () => {
  const record = exampleRecord();
  const suite = { id: record.suite.id, title: "<b>Sharp</b>", profile: null };
  const trail = trailTo(runPlace({ suite, id: "r", sha256: "0".repeat(64) }), suite);
  const links = [...open(renderHtml(record, judge(record), trail)).document.querySelectorAll(".trail a")];
  expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["All suites", "../../../../index.html"],
    ["History of <b>Sharp</b>", "../../../../suites/keskar-2017/sharp-minima/index.html"],
  ]);
  expect(open(render(record)).document.querySelector(".trail")).toBeNull();
});

test("different suites and runs have different places, all of them within the site", () => {
  const sha256 = "0123456789abcdef".repeat(4);
  const ids = [
    "a/b",
    "a-b",
    "a b",
    "a_b",
    "a?b",
    "../a",
    "..",
    ".",
    "",
    "/etc/passwd",
    "a/../b",
    "C:\\a",
    "東京",
    "大阪",
  ];
  const places = [
    ...ids.map((id) => suitePlace(id, 1)),
    ...ids.map((id) => runPlace({ suite: { id, title: "", profile: null }, id: "r", sha256 })),
    ...ids.map((id) => runPlace({ suite: { id: "a", title: "", profile: null }, id, sha256 })),
  ];
  expect(new Set(places).size).toBe(places.length);
  for (const place of places) expect(place).toMatch(/^(?:suites|runs)(?:\/(?!\.)[\w.-]+)+\/index\.html$/);
});

test("pages link to each other by relative addresses", () => {
  const run = { suite: { id: "a/b", title: "", profile: null }, id: "r", sha256: "0".repeat(64) };
  expect(linkFrom(suitePlace("a/b", 2), runPlace(run))).toBe("../../../runs/a/b/r-00000000/index.html");
  expect(linkFrom(runPlace(run), recordPlace(run))).toBe("record.json");
});
