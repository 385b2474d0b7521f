import { capture } from "../../../src/judge/captured/capture.ts";
import { compareWithCaptured } from "../../../src/judge/captured/compare.ts";
import { judge } from "../../../src/judge/judge.ts";
import type { VerdictStatus } from "../../../src/judge/verdict.ts";
import type { ReportedSuite } from "../../../src/report/reporters/reported-suite.ts";
import type { Claim, RunRecord } from "../../../src/spec/run.types.ts";
import { exampleRecord } from "../example-record.ts";

/** What can stand in a text and must act in no format: of XML, Markdown, HTML, TAP, YAML, GitHub and terminals. */
export const NASTY =
  "a]]><b>&amp; \"q\" 'r' | `c` *d* [e](f) # g, h: 100%\r\n::error::i\n  ...\tj\u0000\u0007\u001b[31m\u0085\u2028\ufffe\ud800 東京 🙂 \\";

/**
 * The example as it is reported: gap (line 40) passes, sharper (50) is inconclusive, goes-ten-times-farther (60) fails,
 * more-curved (70) is not measured.
 */
export function reported(record: RunRecord = exampleRecord(), more: Partial<ReportedSuite> = {}): ReportedSuite {
  const verdicts = judge(record);
  return { record, verdicts, document: { suite: record.suite.id, verdicts }, file: "suites/a.json", ...more };
}

/** With the same facts for every claim. */
export function withClaims(record: RunRecord, facts: Partial<Claim>): RunRecord {
  return {
    ...record,
    suite: { ...record.suite, claims: record.suite.claims.map((claim) => ({ ...claim, ...facts })) },
  };
}

/** A run beside a baseline that was captured from the example, with other verdicts where given. */
export function againstBaseline(
  record: RunRecord,
  captured: Readonly<Record<string, VerdictStatus>> = {},
): ReportedSuite {
  const before = exampleRecord();
  const baseline = capture(before, judge(before));
  const verdicts = { ...baseline.verdicts, ...captured };
  const comparison = compareWithCaptured(record, judge(record), { ...baseline, verdicts });
  const drifted = comparison.verdictChanges.some(({ finding }) => !finding) || comparison.deviations.length > 0;
  const text = `baseline: ${comparison.summary}\n  differs: ${NASTY}\n`;
  return reported(record, { baseline: { status: drifted ? "drifted" : "same", text, comparison } });
}

/** With every value of a measurement of an arm so many times as large. */
export function scaled(record: RunRecord, arm: string, measurement: string, factor: number): RunRecord {
  const samples = record.samples.map((sample) =>
    "value" in sample && sample.arm === arm && sample.measurement === measurement
      ? { ...sample, value: sample.value * factor }
      : sample,
  );
  return { ...record, samples };
}
