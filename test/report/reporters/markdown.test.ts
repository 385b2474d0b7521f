import { expect, test } from "vitest";
import { renderMarkdown } from "../../../src/report/reporters/markdown.ts";
import { exampleRecord } from "../example-record.ts";
import { againstBaseline, NASTY, reported, withClaims } from "./reported.ts";

function rowsOf(markdown: string): string[] {
  return markdown.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| claim"));
}

test("a section a suite, a row a claim, with the counts", () => {
  const markdown = renderMarkdown([reported(), reported()]);
  expect(markdown.match(/^## /gm)).toHaveLength(2);
  expect(rowsOf(markdown)).toHaveLength(8);
  expect(markdown).toContain("1 pass · 1 fail · 1 inconclusive · 1 not measured\n");
  expect(rowsOf(markdown)[2]).toMatch(
    /^\| goes-ten-times-farther \(C11\) \| ✗ fail \| SB\.distance \/ LB\.distance &gt; 10: ratio 4 .* \| ratio 4 .* lies below 10 \|$/,
  );
  expect(renderMarkdown([reported(withClaims(exampleRecord(), { finding: true }))])).toContain(
    "✗ fail<br>finding, not gated |",
  );
});

test("no text of a suite is markup: rows stay rows, HTML stays text", () => {
  const record = exampleRecord();
  const claims = record.suite.claims.map((claim) => ({ ...claim, id: `${claim.id} ${NASTY}`, registry: NASTY }));
  const markdown = renderMarkdown([
    reported({ ...record, suite: { ...record.suite, id: NASTY, title: NASTY, claims } }),
  ]);
  const rows = rowsOf(markdown);
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
  expect(markdown.replaceAll("<br>", "")).not.toMatch(/<|>(?!$)/m);
  expect(markdown).not.toMatch(/(?<!\\)[`[\]]/);
  expect(markdown).not.toMatch(/[^\P{Cc}\n]/u);
  expect(markdown.split("\n").filter((line) => line.startsWith("::"))).toEqual([]);
  expect(markdown).toContain(String.raw`a\]\]&gt;&lt;b&gt;&amp;amp; "q" 'r' \| \`c\` \*d\* \[e\](f) \# g`);
});

test("what drifted is marked and its reason told", () => {
  const markdown = renderMarkdown([againstBaseline(exampleRecord(), { gap: "fail" })]);
  expect(markdown).toMatch(/^Baseline drifted: drifted from the baseline of /m);
  expect(rowsOf(markdown)[0]).toMatch(/✓ pass<br>\*\*drifted\*\* .* \| fail → pass: /);
  expect(rowsOf(markdown)[2]).not.toContain("drifted");
});

test("cut at a row, it says how many are left out and never exceeds the limit", () => {
  const suites = Array.from({ length: 5 }, () => reported());
  const whole = renderMarkdown(suites);
  const bytes = Buffer.byteLength(whole);
  expect(renderMarkdown(suites, bytes)).toBe(whole);
  for (const limit of [bytes - 1, Math.floor(bytes / 2), 1500, 300, 120]) {
    const cut = renderMarkdown(suites, limit);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
    const [shown = "", left] = cut.split(/\n(?=\d+ claims? more left out: this page is full\.\n$)/);
    expect(whole.startsWith(shown)).toBe(true);
    expect(rowsOf(cut).length + Number.parseInt(left ?? "", 10)).toBe(20);
    expect(rowsOf(cut)).toEqual(rowsOf(whole).slice(0, rowsOf(cut).length));
  }
  expect(renderMarkdown(suites, 10)).toBe("");
  expect(renderMarkdown(suites, -10)).toBe("");
});
