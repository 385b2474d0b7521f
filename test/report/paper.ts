import type { Page } from "playwright-core";
import { expect } from "vitest";

/** A4 less the pages' margins, in pixels: 182 mm. */
export const PAPER = { width: 688, height: 1000 } as const;

/** Which charts are cut by the end of a sheet, by their place in the page, and how many sheets have one. */
export async function chartsOnPaper(page: Page): Promise<{ cut: number[]; sheets: number }> {
  // Chromium writes down where a link's target lies: the upper and the lower end of a chart must be on one sheet.
  const count = await page.evaluate<number>(`(() => {
    const charts = [...document.querySelectorAll("figure .chart, .figure .chart")];
    charts.forEach((chart, i) => {
      for (const [place, end] of [["before", "top"], ["after", "end"]]) {
        const mark = document.createElement("div");
        mark.id = "chart-" + i + "-" + end;
        chart[place](mark);
        const link = document.createElement("a");
        link.href = "#" + mark.id;
        link.textContent = ".";
        document.body.append(link);
      }
    });
    return charts.length;
  })()`);
  const sheets = await sheetsOf(page, "chart-");
  expect(sheets.size).toBe(2 * count);
  const cut = Array.from({ length: count }, (_, i) => i).filter(
    (i) => sheets.get(`chart-${i}-top`) !== sheets.get(`chart-${i}-end`),
  );
  return { cut, sheets: new Set(sheets.values()).size };
}

/** Headings with an id that end a sheet: what they head begins on the next. */
export async function headingsLeftAlone(page: Page): Promise<string[]> {
  const ids = await page.evaluate<string[]>(`[...document.querySelectorAll("main :is(h2, h3)[id]")].map((heading) => {
    let first = heading.nextElementSibling;
    while (first.firstElementChild && !["P", "CAPTION", "FIGCAPTION"].includes(first.localName.toUpperCase())) first = first.firstElementChild;
    const mark = document.createElement("span");
    mark.id = "below-" + heading.id;
    first.prepend(mark);
    for (const id of [heading.id, mark.id]) {
      const link = document.createElement("a");
      link.href = "#" + id;
      link.textContent = ".";
      document.body.append(link);
    }
    return heading.id;
  })`);
  const sheets = await sheetsOf(page, "");
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(sheets.has(id) && sheets.has(`below-${id}`), id).toBe(true);
  return ids.filter((id) => sheets.get(id) !== sheets.get(`below-${id}`));
}

/** Captions of tables that do not fit a sheet of `PAPER`. */
export async function tablesWiderThanPaper(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    '[...document.querySelectorAll("table")].filter((each) => each.offsetHeight > 0 && each.getBoundingClientRect().right > 690).map((each) => each.caption.textContent)',
  );
}

/** The sheet on which each link target lies whose id begins so. */
async function sheetsOf(page: Page, start: string): Promise<Map<string, string>> {
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  const targets = pdf.matchAll(/\/([\w-]+)\s*\[(\d+) 0 R \/XYZ/g);
  return new Map(
    Array.from(targets, ([, id = "", sheet = ""]) => [id, sheet] as const).filter(([id]) => id.startsWith(start)),
  );
}
