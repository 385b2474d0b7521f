import { expect, test } from "vitest";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { render } from "./page.ts";

const example = exampleRecord();
const openPage = useChromium();

/** The example's claims in two variants of a matrix. */
function twoVariants(): RunRecord {
  const of = <Of extends { arm: string }>(all: readonly Of[]) =>
    ["a", "b"].flatMap((variant) => all.map((each) => ({ ...each, arm: `${each.arm}[${variant}]` })));
  const claims = ["a", "b"].flatMap((variant) =>
    example.suite.claims.map((claim) => {
      const assertions = JSON.parse(
        JSON.stringify(claim.assertions).replace(/"arm":"(\w+)"/g, `"arm":"$1[${variant}]"`),
      );
      return { ...claim, id: `${claim.id}[${variant}]`, assertions };
    }),
  );
  const arms = ["a", "b"].flatMap((variant) =>
    example.suite.arms.map((arm) => ({ ...arm, name: `${arm.name}[${variant}]` })),
  );
  return {
    ...example,
    suite: { ...example.suite, claims, arms },
    trials: of(example.trials),
    samples: of(example.samples),
  };
}

const COLUMN =
  '[...document.querySelectorAll(".overview [data-verdict]")].filter((each) => each.offsetHeight > 0).map((each) => each.dataset.verdict + " " + each.cells[1].textContent)';

test.skipIf(withoutChromium)(
  "heads sort the claims of all variants, turn them round, and give their order back",
  async () => {
    const page = await openPage(render(twoVariants()));
    const column = () => page.evaluate<string[]>(COLUMN);
    const before = await column();
    expect(before).toHaveLength(8);
    const number = page.getByRole("button", { name: "No." });
    const head = page.getByRole("columnheader", { name: "No." });

    await number.click();
    const numbers = (rows: readonly string[]) => rows.map((row) => row.replace(/^\S+ /, ""));
    const rising = numbers(before).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    expect(numbers(await column())).toEqual(rising);
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect(await page.locator(".variant-of:visible").allTextContents()).toEqual([
      "a",
      "b",
      "a",
      "b",
      "a",
      "b",
      "a",
      "b",
    ]);
    expect(await page.locator(".overview .variant:visible").count()).toBe(0);

    await number.click();
    expect(numbers(await column())).toEqual(rising.toReversed());
    expect(await head.getAttribute("aria-sort")).toBe("descending");

    await number.click();
    expect(await column()).toEqual(before);
    expect(await head.getAttribute("aria-sort")).toBeNull();
    expect(await page.locator(".overview .variant:visible").count()).toBe(2);
    expect(await page.locator(".variant-of:visible").count()).toBe(0);
    await page.close();
  },
);

test.skipIf(withoutChromium)("by verdict, what asks for a look comes first; a filter holds through it", async () => {
  const page = await openPage(render(twoVariants()));
  const verdicts = async () => (await page.evaluate<string[]>(COLUMN)).map((row) => row.replace(/ \S*$/, ""));
  await page.getByRole("button", { name: "Verdict" }).click();
  expect([...new Set(await verdicts())]).toEqual(["fail", "not-measured", "inconclusive", "pass"]);
  await page.locator(".counts").getByRole("button", { name: "pass" }).click();
  expect(await verdicts()).toEqual(["pass", "pass"]);
  await page.getByRole("button", { name: "Verdict" }).click();
  await page.getByRole("button", { name: "Verdict" }).click();
  expect(await verdicts()).toEqual(["pass", "pass"]);
  await page.locator(".counts").getByRole("button", { name: "pass" }).click();
  expect(await verdicts()).toHaveLength(8);
  await page.close();
});

test.skipIf(withoutChromium)("the keyboard filters and sorts", async () => {
  const page = await openPage(render(example));
  const focused = () => page.evaluate<string>("document.activeElement.textContent.trim()");
  const reach = async (text: string) => {
    for (let presses = 0; presses < 30 && (await focused()) !== text; presses += 1) await page.keyboard.press("Tab");
    expect(await focused()).toBe(text);
  };
  await reach("1 fail");
  await page.keyboard.press("Space");
  expect(await page.evaluate<string[]>(COLUMN)).toHaveLength(1);
  await page.keyboard.press("Space");
  await reach("Claim");
  await page.keyboard.press("Enter");
  expect(await page.getByRole("columnheader", { name: "Claim" }).getAttribute("aria-sort")).toBe("ascending");
  // What has the focus can be seen to have it.
  expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  await page.close();
});

test.skipIf(withoutChromium)(
  "the mark nearest to the pointer tells what it is, until Escape or elsewhere",
  async () => {
    const page = await openPage(render(example));
    const chart = page.locator("#claim-gap .chart").first();
    await chart.scrollIntoViewIfNeeded();
    const titles = await chart.locator("title").allTextContents();
    expect(titles[0]).toMatch(/^seed 0: 0\.00\d+$/);
    // Five seeds, our effect, the paper's.
    expect(titles).toHaveLength(7);
    const marks = chart.locator("circle");
    const tip = page.locator(".tip");
    for (let i = 0; i < (await marks.count()); i += 1) {
      const box = await marks.nth(i).boundingBox();
      if (!box) throw new Error("a mark is drawn");
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      expect(titles).toContain(await tip.textContent());
      expect(await tip.isVisible()).toBe(true);
    }
    await page.keyboard.press("Escape");
    expect(await tip.isVisible()).toBe(false);
    const box = await marks.first().boundingBox();
    await page.mouse.move(box?.x ?? 0, box?.y ?? 0);
    expect(await tip.isVisible()).toBe(true);
    await page.mouse.move(2, 2);
    expect(await tip.isVisible()).toBe(false);
    await page.close();
  },
);

test.skipIf(withoutChromium)("a tip stays within a phone's screen", async () => {
  const page = await openPage(render(example), { width: 360, height: 800 });
  const chart = page.locator("#claim-sharper .chart").first();
  await chart.scrollIntoViewIfNeeded();
  const marks = chart.locator("circle");
  const edges: number[] = [];
  for (let i = 0; i < (await marks.count()); i += 1) {
    const box = await marks.nth(i).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 2, (box?.y ?? 0) + 2);
    const tip = await page.locator(".tip").boundingBox();
    if (tip) edges.push(tip.x, 360 - tip.x - tip.width);
  }
  expect(edges.length).toBeGreaterThan(10);
  expect(Math.min(...edges)).toBeGreaterThanOrEqual(0);
  await page.close();
});
