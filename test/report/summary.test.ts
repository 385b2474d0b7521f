import { expect, test } from "vitest";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { useChromium, withoutChromium } from "./chromium.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();
const openPage = useChromium();

/** As many claims as the largest suite of the project has: three of each of the example's. */
function twelveClaims(): RunRecord {
  const claims = ["", "-again", "-more"].flatMap((end) =>
    example.suite.claims.map((claim) => ({ ...claim, id: `${claim.id}${end}` })),
  );
  return { ...example, suite: { ...example.suite, claims } };
}

test.skipIf(withoutChromium)(
  "twelve claims, counts, scale and machine are on the first screen of a laptop",
  async () => {
    const page = await openPage(render(twelveClaims()));
    const bottoms = await page.evaluate<number[]>(
      '[...document.querySelectorAll("header, .counts, .overview tr")].map((each) => each.getBoundingClientRect().bottom)',
    );
    expect(bottoms.length).toBe(2 + 1 + 12);
    expect(Math.max(...bottoms)).toBeLessThanOrEqual(800);
    await page.close();
  },
);

test("one line tells the effect that decides, and what it leaves out", () => {
  const { document } = open(render(example));
  const effects = [...document.querySelectorAll(".overview .effects")].map((cell) =>
    cell.textContent?.replace(/\s+/g, " ").trim(),
  );
  expect(effects[1]).toMatch(/^LB \/ SB, sharpness, ε 0\.0005: .*, 1 of 2 assertions$/);
  expect(effects[2]).not.toContain("assertion");
});

test("a small profile says that its verdicts speak of its scale; the paper's does not", () => {
  const caption = (record: RunRecord) => open(render(record)).document.querySelector(".overview caption")?.textContent;
  expect(caption(example)).toMatch(/^Profile quick: every verdict speaks of this scale only\./);
  expect(caption({ ...example, suite: { ...example.suite, profile: "paper" } })).toMatch(
    /^Effects, and in brackets their intervals at 95 %;/,
  );
});

test("findings are marked and not counted", () => {
  const claims = example.suite.claims.map((claim, i) => (i === 0 ? { ...claim, finding: true as const } : claim));
  const { document, text } = open(render({ ...example, suite: { ...example.suite, claims } }));
  expect(text).toContain("0 pass 1 fail 1 inconclusive 1 not measured");
  expect(text).toContain("Not counted: 1 finding, told and not gated.");
  expect(document.querySelector(".overview .status")?.textContent).toContain("finding, not gated");
});

test.skipIf(withoutChromium)("the counts filter the claims by verdict, and give all back", async () => {
  const page = await openPage(render(example));
  const shown = () =>
    page.evaluate<string[]>(
      '[...document.querySelectorAll("[data-verdict]")].filter((each) => each.offsetHeight > 0).map((each) => each.localName + " " + each.dataset.verdict)',
    );
  const everything = await shown();
  expect(everything.length).toBe(8);
  const button = page.getByRole("button", { name: "fail" });
  await button.click();
  expect(await shown()).toEqual(["tr fail", "article fail"]);
  expect(await button.getAttribute("aria-pressed")).toBe("true");
  expect(await page.getByRole("status").textContent()).toContain("1 of 4 claims");
  await button.click();
  expect(await shown()).toEqual(everything);
  expect(await page.getByRole("status").textContent()).toBe("");
  await page.close();
});

test.skipIf(withoutChromium)("without its script the page shows every claim, and no button", async () => {
  const html = render(example).replace(/<script>[\s\S]*?<\/script>/, "");
  const page = await openPage(html);
  expect(await page.locator("button").count()).toBe(0);
  expect(await page.locator("[data-verdict]:visible").count()).toBe(8);
  expect(await page.locator(".counts").innerText()).toMatch(
    /1\s+pass\s+1\s+fail\s+1\s+inconclusive\s+1\s+not measured/,
  );
  await page.close();
});

test.skipIf(withoutChromium)("a script of another hash does not run", async () => {
  const html = render(example).replace("</body>", '<script>document.title = "run";</script></body>');
  const page = await openPage(html);
  expect(await page.title()).toBe(
    "Keskar et al. 2017: large batches find sharp minima and generalise worse – claimbench",
  );
  await page.close();
});

test.skipIf(withoutChromium)("a claim named as an attack is text", async () => {
  const attack = "<img src=x onerror=\"document.title='run'\">";
  const claims = example.suite.claims.map((claim) => ({ ...claim, id: attack, statement: attack }));
  const page = await openPage(render({ ...example, suite: { ...example.suite, claims } }));
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.title()).not.toBe("run");
  expect(await page.locator("article h3").first().textContent()).toBe(attack);
  await page.close();
});
