import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleRecord } from "./example-record.ts";
import { measurementsRecord } from "./measurements-record.ts";
import { render } from "./page.ts";

const executable = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
// On a machine without a browser the rest can still be tested; in CI its absence is a failure.
const skipped = !executable && !process.env["CI"];
if (skipped) console.warn("No Chromium: the report is not tested in a browser. Set CHROMIUM_PATH to one.");

let browser: Browser;
let folder: string;
let url: string;
let urlOfAll: string;

beforeAll(async () => {
  if (skipped) return;
  if (!executable) throw new Error("CI has no Chromium at CHROMIUM_PATH, /usr/bin/chromium or /usr/bin/google-chrome");
  folder = await mkdtemp(join(tmpdir(), "claimbench-report-"));
  await writeFile(join(folder, "index.html"), render(crowded()));
  url = pathToFileURL(join(folder, "index.html")).href;
  await writeFile(join(folder, "all.html"), render(measurementsRecord()));
  urlOfAll = pathToFileURL(join(folder, "all.html")).href;
  browser = await chromium.launch({
    executablePath: executable,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
});

afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The example with words that do not break, an interruption and a trial that failed. */
function crowded() {
  const record = exampleRecord();
  return {
    ...record,
    run: {
      ...record.run,
      status: "interrupted" as const,
      command: `claimbench run ${"a-very-long-suite-name/".repeat(9)}`,
    },
    suite: { ...record.suite, description: `${record.suite.description} ${"Unbreakable".repeat(20)}` },
    trials: record.trials.map((trial, i) =>
      i === 0
        ? { state: "crashed" as const, arm: trial.arm, seed: trial.seed, reason: `signal 9\n${"/".repeat(300)}` }
        : trial,
    ),
  };
}

async function openPage(
  width: number,
  colorScheme: "light" | "dark",
  address = url,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints };
}

const openDetails = 'for (const each of document.querySelectorAll("details")) each.open = true;';

const views = [
  ...([1280, 360] as const).flatMap((width) =>
    (["light", "dark"] as const).map((scheme) => ({ page: "crowded", width, scheme }) as const),
  ),
  { page: "every measurement", width: 1280, scheme: "light" },
  { page: "every measurement", width: 360, scheme: "dark" },
] as const;

test.skipIf(skipped).each(views)(
  "$page at $width pixels, $scheme: accessible, quiet, and no wider than the window",
  async ({ page: which, width, scheme }) => {
    const { page, complaints } = await openPage(width, scheme, which === "crowded" ? url : urlOfAll);
    for (const before of ["", openDetails]) {
      await page.evaluate(before);
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
      await page.evaluate(axe.source);
      const violations = await page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" ")))',
      );
      expect(violations).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test.skipIf(skipped)("the keyboard reaches the skip link first, and opens the values of a claim", async () => {
  const { page } = await openPage(1280, "light");
  const focused = () =>
    page.evaluate<string>('document.activeElement.closest("summary, a, [tabindex]")?.textContent.trim() ?? ""');
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to the verdicts");
  await page.keyboard.press("Enter");
  for (let presses = 0; presses < 30 && (await focused()) !== "Values by seed"; presses += 1)
    await page.keyboard.press("Tab");
  expect(await focused()).toBe("Values by seed");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(true);
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.className")).toBe("scroll");
  await page.close();
});

test.skipIf(skipped)("text in charts is large enough to read on a phone", async () => {
  for (const address of [url, urlOfAll]) {
    const { page } = await openPage(360, "light", address);
    const sizes = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".chart:not(.key .chart)")].map((svg) => parseFloat(getComputedStyle(svg).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)',
    );
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.min(...sizes)).toBeGreaterThan(9.5);
    await page.close();
  }
});

test.skipIf(skipped)("no text of a chart lies on another, nor outside of the window", async () => {
  const { page } = await openPage(360, "light", urlOfAll);
  const clashes = await page.evaluate<string[]>(`(() => {
    const found = [];
    for (const svg of document.querySelectorAll("figure .chart")) {
      const texts = [...svg.querySelectorAll("text")].filter((each) => each.textContent.trim() !== "");
      const boxes = texts.map((each) => each.getBoundingClientRect());
      boxes.forEach((a, i) => {
        if (a.left < 0 || a.right > window.innerWidth) found.push("outside: " + texts[i].textContent);
        boxes.forEach((b, j) => {
          const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
          if (j > i && across > 1 && down > 5) found.push(svg.getAttribute("aria-label").slice(0, 60) + ": " + texts[i].textContent + " / " + texts[j].textContent);
        });
      });
    }
    return found;
  })()`);
  expect(clashes).toEqual([]);
  await page.close();
});

test.skipIf(skipped)("paper gets black on white, without what only a screen can open", async () => {
  const { page } = await openPage(1280, "dark");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe("rgb(255, 255, 255)");
  expect(
    await page.evaluate(
      '[...document.querySelectorAll("nav, details:not([open])")].every((each) => each.offsetHeight === 0)',
    ),
  ).toBe(true);
  expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
  await page.close();
});
