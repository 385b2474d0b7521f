import { join } from "node:path";
import axe from "axe-core";
import { expect, test } from "vitest";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { measurementsRecord } from "./measurements-record.ts";
import { render } from "./page.ts";

const openPage = useChromium();
if (withoutChromium) console.warn("No Chromium: the report is not tested in a browser. Set CHROMIUM_PATH to one.");

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

const crowdedPage = render(crowded());
const pageOfAll = render(measurementsRecord());
const laptop = { width: 1280, height: 800 };
const phone = { width: 360, height: 800 };

// With CLAIMBENCH_SCREENSHOTS=<folder> each view leaves its picture there, to be looked at.
const openDetails = 'for (const each of document.querySelectorAll("details")) each.open = true;';

const views = [
  ...([1280, 360] as const).flatMap((width) =>
    (["light", "dark"] as const).map((scheme) => ({ page: "crowded", html: crowdedPage, width, scheme }) as const),
  ),
  { page: "every measurement", html: pageOfAll, width: 1280, scheme: "light" },
  { page: "every measurement", html: pageOfAll, width: 360, scheme: "dark" },
] as const;

test.skipIf(withoutChromium).each(views)(
  "$page at $width pixels, $scheme: accessible, quiet, and no wider than the window",
  async ({ page: which, html, width, scheme }) => {
    const complaints: string[] = [];
    const page = await openPage(html, {
      width,
      height: 800,
      colorScheme: scheme,
      onComplaint: (complaint) => complaints.push(complaint),
    });
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
    const pictures = process.env["CLAIMBENCH_SCREENSHOTS"];
    if (pictures) {
      const path = join(pictures, `${which.replaceAll(" ", "-")}-${width}-${scheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
    await page.close();
  },
);

test.skipIf(withoutChromium)("the keyboard reaches the skip link first, and opens the values of a claim", async () => {
  const page = await openPage(crowdedPage, laptop);
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

test.skipIf(withoutChromium)("text in charts is large enough to read on a phone", async () => {
  for (const html of [crowdedPage, pageOfAll]) {
    const page = await openPage(html, phone);
    const sizes = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".chart:not(.key .chart)")].map((svg) => parseFloat(getComputedStyle(svg).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)',
    );
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.min(...sizes)).toBeGreaterThan(9.5);
    await page.close();
  }
});

test.skipIf(withoutChromium)("no text of a chart lies on another, nor outside of the window", async () => {
  const page = await openPage(pageOfAll, phone);
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

test.skipIf(withoutChromium)("paper gets black on white, without what only a screen can open", async () => {
  const page = await openPage(crowdedPage, { ...laptop, colorScheme: "dark" });
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
