import { formatCount } from "../../judge/wording.ts";
import { STATUSES, verdictWords } from "../words/verdict-words.ts";
import { assertionLines } from "./assertion-lines.ts";
import { baselineTest, type ClaimOutcome, claimOutcomes, suiteName } from "./outcome.ts";
import type { ReportedSuite } from "./reported-suite.ts";

/** A piece that is shown whole or left out, and how many claims are left out with it. */
interface Block {
  readonly text: string;
  readonly claims: number;
}

/** A line that says what was left out takes no more bytes. */
const RESERVED_BYTES = 100;

/**
 * Tables in GitHub's Markdown, a section a suite, a row a claim.
 *
 * @param mostBytes of UTF-8. What is too much is cut at a row, and a last line says how much was left out.
 */
export function renderMarkdown(suites: readonly ReportedSuite[], mostBytes = Number.POSITIVE_INFINITY): string {
  const blocks = suites.flatMap(suiteBlocks);
  const sizes = blocks.map(({ text }) => Buffer.byteLength(text));
  if (sizes.reduce((sum, size) => sum + size, 0) <= mostBytes) return blocks.map(({ text }) => text).join("");
  let used = 0;
  const fits = sizes.findIndex((size) => {
    used += size;
    return used > mostBytes - RESERVED_BYTES;
  });
  const leftOut = blocks.slice(fits).reduce((sum, { claims }) => sum + claims, 0);
  const notice = `\n${formatCount(leftOut, "claim")} more left out: this page is full.\n`;
  const shown = blocks
    .slice(0, fits)
    .map(({ text }) => text)
    .join("");
  return Buffer.byteLength(shown + notice) <= mostBytes ? shown + notice : "";
}

function suiteBlocks(suite: ReportedSuite): Block[] {
  const { record, verdicts, baseline } = suite;
  const counts = STATUSES.flatMap((status) => {
    const count = verdicts.filter((verdict) => verdict.status === status && !verdict.finding).length;
    return count === 0 ? [] : [`${count} ${verdictWords(status).words}`];
  });
  const findings = verdicts.filter(({ finding }) => finding).length;
  if (findings > 0) counts.push(formatCount(findings, "finding"));
  const head = [
    `## ${cell(record.suite.title || record.suite.id)}`,
    "",
    `${cell(suiteName(suite))}: ${counts.join(" · ")}${record.run.status === "interrupted" ? " · interrupted" : ""}`,
    ...(baseline ? ["", `Baseline ${baseline.status}: ${cell(baselineTest(baseline).message)}`] : []),
    "",
    "| claim | verdict | measured | why |",
    "|---|---|---|---|",
    "",
  ].join("\n");
  return [
    { text: head, claims: 0 },
    ...claimOutcomes(suite).map((outcome) => ({ text: row(outcome), claims: 1 })),
    { text: "\n", claims: 0 },
  ];
}

function row({ claim, verdict, label, message }: ClaimOutcome): string {
  const { symbol, words } = verdictWords(verdict.status);
  const marks = [
    ...(label === "drifted" ? ["**drifted**"] : []),
    ...(verdict.finding ? ["finding, not gated"] : []),
    ...(verdict.surrogate ? ["surrogate data"] : []),
  ];
  const shown = [`${symbol} ${words}`, ...marks].join("<br>");
  const name = `${cell(claim.id)}${claim.registry === undefined ? "" : ` (${cell(claim.registry)})`}`;
  return `| ${name} | ${shown} | ${assertionLines(verdict).map(cell).join("<br>")} | ${cell(label === "drifted" ? message : verdict.reason)} |\n`;
}

/** Text that stays text in a cell or heading: one line, with nothing that GitHub's Markdown or HTML would act on. */
function cell(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~#!]/g, String.raw`\$&`)
    .trim();
}
