import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const executable = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
/** On a machine without a browser the rest can still be tested; in CI its absence is a failure. */
export const withoutChromium = !executable && !process.env["CI"];

export interface View {
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: "light" | "dark";
  /** Told of every message, error and request of the page but for itself. */
  readonly onComplaint?: (complaint: string) => void;
}

/** A browser for the tests of a file. @returns what opens a page of HTML in it. */
export function useChromium(): (html: string, view?: View) => Promise<Page> {
  let browser: Browser;
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    if (withoutChromium) return;
    if (!executable)
      throw new Error("CI has no Chromium at CHROMIUM_PATH, /usr/bin/chromium or /usr/bin/google-chrome");
    folder = await mkdtemp(join(tmpdir(), "claimbench-report-"));
    browser = await chromium.launch({
      executablePath: executable,
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });
  return async (html, { width, height, colorScheme = "light", onComplaint } = { width: 1280, height: 800 }) => {
    const file = join(folder, `${files++}.html`);
    await writeFile(file, html);
    const address = pathToFileURL(file).href;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    page.on("console", (message) => onComplaint?.(`console: ${message.text()}`));
    page.on("pageerror", (error) => onComplaint?.(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:")) onComplaint?.(`request: ${request.url()}`);
    });
    await page.goto(address);
    return page;
  };
}
