import { assertionLines } from "./assertion-lines.ts";
import { claimSeconds } from "./claim-seconds.ts";
import { baselineTest, claimOutcomes, type Outcome, suiteName } from "./outcome.ts";
import type { ReportedSuite } from "./reported-suite.ts";
import { xmlAttributes, xmlText } from "./xml.ts";

interface TestCase {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: Outcome;
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/**
 * JUnit's XML as Ant and Jenkins define it: a test suite a suite, a test case a claim. Findings are told in the suite's
 * system-out, since Ant's test cases have none.
 */
export function renderJunit(suites: readonly ReportedSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...suites.flatMap(suiteLines),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines(suite: ReportedSuite, id: number): string[] {
  const { run, provenance } = suite.record;
  const cases = testCases(suite);
  const count = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length;
  const name = suiteName(suite);
  const attributes = xmlAttributes({
    name,
    package: suite.record.suite.paper ?? suite.record.suite.id,
    id,
    // Without zone or parts of a second, as Ant wants it.
    timestamp: run.startedAt.slice(0, "2026-01-01T00:00:00".length),
    // Records do not name machines.
    hostname: "localhost",
    tests: cases.length,
    failures: count("failed"),
    errors: count("error"),
    skipped: count("skipped"),
    time: run.durationSeconds.toFixed(3),
  });
  const properties = {
    run: run.id,
    status: run.status,
    command: run.command,
    version: provenance.claimbench.version,
    ...(suite.file === undefined ? {} : { file: suite.file }),
  };
  return [
    `  <testsuite${attributes}>`,
    "    <properties>",
    ...Object.entries(properties).map(([key, value]) => `      <property${xmlAttributes({ name: key, value })}/>`),
    "    </properties>",
    ...cases.flatMap((test) => caseLines(test, name)),
    `    <system-out>${xmlText(findingsText(suite))}</system-out>`,
    "    <system-err></system-err>",
    "  </testsuite>",
  ];
}

function testCases(suite: ReportedSuite): TestCase[] {
  const seconds = claimSeconds(suite.record);
  const claims = claimOutcomes(suite).map(({ claim, verdict, outcome, label, message }): TestCase => {
    const place = suite.file === undefined || claim.line === undefined ? [] : [`${suite.file}:${claim.line}`];
    const text = [claim.statement, `(${claim.source})`, message, ...assertionLines(verdict), ...place].join("\n");
    return { name: claim.id, seconds: seconds.get(claim.id) ?? 0, outcome, type: label, message, text };
  });
  if (!suite.baseline) return claims;
  return [
    ...claims,
    { name: "captured baseline", seconds: 0, type: suite.baseline.status, ...baselineTest(suite.baseline) },
  ];
}

const ELEMENTS: Readonly<Record<Exclude<Outcome, "passed">, string>> = {
  failed: "failure",
  error: "error",
  skipped: "skipped",
};

function caseLines({ name, seconds, outcome, type, message, text }: TestCase, classname: string): string[] {
  const start = `    <testcase${xmlAttributes({ name, classname, time: seconds.toFixed(3) })}`;
  if (outcome === "passed") return [`${start}/>`];
  const element = ELEMENTS[outcome];
  return [
    `${start}>`,
    `      <${element}${xmlAttributes({ message, type })}>${xmlText(text)}</${element}>`,
    "    </testcase>",
  ];
}

function findingsText(suite: ReportedSuite): string {
  return claimOutcomes(suite)
    .filter(({ verdict }) => verdict.finding)
    .map(({ claim, verdict, message }) => [`${claim.id}: ${message}`, ...assertionLines(verdict), ""].join("\n"))
    .join("\n");
}
