import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { renderHtml } from "../../src/report/html.ts";
import { exampleRecord } from "./example-record.ts";

const candidates = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/google-chrome"];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
// Without Chromium a person can go on; a CI must not pass without having looked.
const skipped = executablePath === undefined && !process.env["CI"];
if (skipped) console.warn("no Chromium found: the report is not tested in a browser (set CHROMIUM_PATH)");

let folder: string;
let browser: Browser;
beforeAll(async () => {
  if (skipped) return;
  folder = await mkdtemp(join(tmpdir(), "claimbench-report-"));
  const record = exampleRecord();
  await writeFile(join(folder, "index.html"), renderHtml(record, judge(record)));
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
});
afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1280, 360].map((width) => ({ colorScheme, width })),
);

async function open({ colorScheme, width }: (typeof looks)[number]): Promise<{ page: Page; trouble: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  const trouble: string[] = [];
  page.on("console", (message) => trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) trouble.push(request.url());
  });
  await page.goto(pathToFileURL(join(folder, "index.html")).href);
  return { page, trouble };
}

test.skipIf(skipped).each(looks)(
  "$colorScheme at $width px: axe finds nothing, nothing is fetched, no sideways scroll",
  async (look) => {
    const { page, trouble } = await open(look);
    const sideways = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
    expect(sideways).toBeLessThanOrEqual(0);
    expect(trouble).toEqual([]);
    await page.addScriptTag({
      content: await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
    });
    const violations = await page.evaluate<string[]>(
      "axe.run().then((result) => result.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
    );
    expect(violations).toEqual([]);
    await page.close();
  },
);

test.skipIf(skipped)("the keyboard reaches the verdicts and opens the numbers", async () => {
  const { page } = await open({ colorScheme: "light", width: 1280 });
  await page.keyboard.press("Tab");
  expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Skip to the verdicts");
  await page.keyboard.press("Enter");
  const seen = new Set<string>();
  for (let i = 0; i < 60 && !seen.has("SUMMARY"); i++) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate<string>("document.activeElement.tagName"));
  }
  expect(seen).toContain("A");
  expect(seen).toContain("SUMMARY");
  await page.keyboard.press("Enter");
  expect(await page.evaluate<number>("document.querySelectorAll('details[open]').length")).toBe(1);
  await page.close();
});

test.skipIf(skipped)("it prints", async () => {
  const { page } = await open({ colorScheme: "light", width: 1280 });
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(2);
  expect(pages).toBeLessThan(20);
  await page.close();
});
