import { expect, test } from "vitest";
import { renderHistoryPage } from "../../src/report/history/page.ts";
import { historyOf } from "../../src/report/history/series.ts";
import { renderIndexPage } from "../../src/report/site/index-page.ts";
import { renderSuitePages } from "../../src/report/site/suite-pages.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { runOf } from "./history-runs.ts";
import { chartsOnPaper, headingsLeftAlone, PAPER, tablesWiderThanPaper } from "./paper.ts";

const openPage = useChromium();

/** Long names, on several machines: the widest and longest tables. */
function crowded(machine: number): (record: RunRecord) => RunRecord {
  return (record) => ({
    ...record,
    suite: { ...record.suite, title: `${record.suite.title} and once more: ${record.suite.title}` },
    provenance: {
      ...record.provenance,
      claimbench: { version: "10.20.30-beta.4", gitCommit: "0123456789ab+changes" },
      hardware: { ...record.provenance.hardware, cpu: `Processor ${machine} with a long name, 16 cores` },
    },
  });
}

const history = historyOf(
  Array.from({ length: 3 }, (_, machine) =>
    Array.from({ length: 12 }, (_, day) => runOf(day + 1, crowded(machine))),
  ).flat(),
);
const pages = {
  history: renderHistoryPage(history),
  "a suite of a site": renderSuitePages(history, new Set())[0]?.html ?? "",
  "index of a site": renderIndexPage(history, new Set(["compare/keskar-2017/sharp-minima/quick.html"])),
};

test.skipIf(withoutChromium).each(Object.entries(pages))(
  "on paper the %s is black on white, no wider than a sheet, and without links to elsewhere",
  async (_, html) => {
    const page = await openPage(html, { ...PAPER, colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
    expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(0, 0, 0)");
    expect(await page.evaluate('[...document.querySelectorAll("nav")].every((each) => each.offsetHeight === 0)')).toBe(
      true,
    );
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PAPER.width);
    expect(await page.locator("table").count()).toBeGreaterThan(0);
    expect(await tablesWiderThanPaper(page)).toEqual([]);
    await page.close();
  },
);

test.skipIf(withoutChromium).each([
  ["history", pages.history],
  ["a suite of a site", pages["a suite of a site"]],
])("on paper no chart of the %s is cut, and no heading is parted from what it heads", async (_, html) => {
  const page = await openPage(html);
  const { cut, sheets } = await chartsOnPaper(page);
  expect(cut).toEqual([]);
  expect(sheets).toBeGreaterThan(2);
  await page.close();
  const again = await openPage(html);
  expect(await headingsLeftAlone(again)).toEqual([]);
  await again.close();
});
