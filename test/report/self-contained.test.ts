import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const html = render(exampleRecord());
const { document } = open(html);

test("nothing is loaded and nothing can be", () => {
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(document.querySelectorAll("img, iframe, [src], link:not([rel=icon])").length).toBe(0);
  const links = [...document.querySelectorAll("[href]:not([download])")].map((element) => element.getAttribute("href"));
  expect(links.filter((link) => !link?.startsWith("#") && link !== "data:,")).toEqual([]);
  const downloads = [...document.querySelectorAll("[download]")].map((element) => element.getAttribute("href"));
  expect(downloads.filter((link) => !link?.startsWith("data:"))).toEqual([]);
  expect(html).not.toMatch(/url\(|@import|https?:\/\/(?!www\.w3\.org)/);
});

test("the only script is the page's own, and its hash the only one that may run", () => {
  const scripts = [...document.querySelectorAll("script")].map(({ textContent }) => textContent ?? "");
  expect(scripts.length).toBe(1);
  const hash = createHash("sha256")
    .update(scripts[0] ?? "")
    .digest("base64");
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content");
  expect(policy?.split("; ").filter((part: string) => part.startsWith("script-src"))).toEqual([
    `script-src 'sha256-${hash}'`,
  ]);
});

test("charts are images with a name of their own, and carry no style", () => {
  const charts = [...document.querySelectorAll("svg")].filter((svg) => !svg.getAttribute("aria-hidden"));
  expect(charts.length).toBeGreaterThan(15);
  for (const chart of charts) {
    expect(chart.getAttribute("role")).toBe("img");
    expect(chart.getAttribute("aria-label")).toMatch(/\w{2}/);
    expect(chart.querySelector("style")).toBeNull();
    expect(chart.outerHTML).not.toMatch(/(fill|stroke)="(#|rgb|black|white|steelblue)/);
  }
});

test("the same record gives the same page", () => {
  expect(render(exampleRecord())).toBe(html);
});
