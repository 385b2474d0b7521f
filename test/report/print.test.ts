import { expect, test } from "vitest";
import type { PublishedEntry, RunRecord } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { measurementsRecord } from "./measurements-record.ts";
import { render } from "./page.ts";
import { chartsOnPaper, PAPER, tablesWiderThanPaper } from "./paper.ts";

const example = exampleRecord();
const openPage = useChromium();

/** Every measurement, and a published entry of as many arms as the paper's widest. */
function manyColumns(): RunRecord {
  const record = measurementsRecord();
  const arms = ["SB", "LB-warm"].flatMap((arm) => Array.from({ length: 7 }, (_, i) => `${arm}-${7 + i}`));
  const entry: PublishedEntry = {
    quantity: "Test accuracy after k epochs, fraction of samples",
    source: "Figure 5, p. 7",
    origin: "reading",
    arms: Object.fromEntries(arms.map((arm) => [arm, { mean: 0.605 }])),
  };
  const pointer = "keskar-2017#/figure5/F2/test-accuracy";
  const claims = example.suite.claims.map((claim) => ({ ...claim, published: [pointer] }));
  return { ...record, suite: { ...record.suite, claims }, published: { [pointer]: entry } };
}

// A4 with margins of 16 mm: points from the lower edge of a page.
const BOTTOM_MARGIN = (16 / 25.4) * 72;
const ROOM = 120;

test.skipIf(withoutChromium).each([
  ["the example", example],
  ["every measurement", measurementsRecord()],
  [
    "forty claims",
    {
      ...example,
      suite: {
        ...example.suite,
        claims: Array.from({ length: 40 }, (_, i) => {
          const claim = example.suite.claims[i % 4];
          if (!claim) throw new Error("the example has four claims");
          return { ...claim, id: `${claim.id}-${i}`, statement: `${claim.statement} `.repeat(1 + (i % 3)) };
        }),
      },
    },
  ],
])("on paper no claim of %s begins at the bottom of a page", async (_, record) => {
  const page = await openPage(render(record));
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  const places = Array.from(pdf.matchAll(/\/(claim-[\w-]+)\s*\[\d+ 0 R \/XYZ [\d.]+ ([\d.]+) 0\]/g), ([, id, y]) => ({
    id,
    y: Number(y),
  }));
  expect(places.length).toBe(record.suite.claims.length);
  expect(pages).toBeGreaterThan(2);
  expect(places.filter(({ y }) => y < BOTTOM_MARGIN + ROOM)).toEqual([]);
  await page.close();
});

test.skipIf(withoutChromium)("on paper no chart is cut", async () => {
  const page = await openPage(render(measurementsRecord()));
  const { cut, sheets } = await chartsOnPaper(page);
  expect(cut).toEqual([]);
  expect(sheets).toBeGreaterThan(2);
  await page.close();
});

test.skipIf(withoutChromium)("on paper no table is wider than the sheet", async () => {
  const page = await openPage(render(manyColumns()), PAPER);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#claim-gap .published th").allTextContents()).toContain("LB-warm-13");
  expect(await tablesWiderThanPaper(page)).toEqual([]);
  await page.close();
});

test.skipIf(withoutChromium)("on paper no heading is parted from what it heads", async () => {
  const page = await openPage(render(measurementsRecord()));
  await page.emulateMedia({ media: "print" });
  const breaks = (selector: string, property: string) =>
    page.evaluate<string[]>(
      `[...new Set([...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => getComputedStyle(each)[${JSON.stringify(property)}]))]`,
    );
  expect(await breaks("figure, .chart, .assertion, .published, .paper-table, tr", "breakInside")).toEqual(["avoid"]);
  expect(await breaks("h2, h3, h4, h5, figcaption, .margin, .outcome, .expression", "breakAfter")).toEqual(["avoid"]);
  await page.close();
});
