import { assertionLines } from "./assertion-lines.ts";
import { baselineTest, claimOutcomes, type Outcome, suiteName } from "./outcome.ts";
import type { ReportedSuite } from "./reported-suite.ts";

interface TestPoint {
  readonly name: string;
  readonly outcome: Outcome;
  /** A test that does not hold and is not held against the run. */
  readonly directive?: string;
  readonly diagnostics: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/**
 * Test Anything Protocol, version 14: a point a claim, numbered through all suites. SKIP says that data did not settle
 * it, TODO that it does not hold and is as the baseline has it.
 *
 * @see https://testanything.org/tap-version-14-specification.html
 */
export function renderTap(suites: readonly ReportedSuite[]): string {
  const points = suites.flatMap(testPoints);
  return ["TAP version 14", `1..${points.length}`, ...points.flatMap(pointLines), ""].join("\n");
}

function testPoints(suite: ReportedSuite): TestPoint[] {
  const claims = claimOutcomes(suite).map(({ claim, verdict, outcome, message }): TestPoint => {
    const { status, finding, surrogate } = verdict;
    return {
      name: `${suiteName(suite)}: ${claim.id}`,
      outcome,
      ...(outcome === "skipped"
        ? { directive: status === "inconclusive" ? "SKIP inconclusive" : `TODO ${status}, not gated` }
        : {}),
      diagnostics: {
        message,
        verdict: status,
        ...(finding ? { finding } : {}),
        ...(surrogate ? { surrogate } : {}),
        statement: claim.statement,
        source: claim.source,
        measured: assertionLines(verdict),
        ...(suite.file === undefined ? {} : { at: `${suite.file}${claim.line === undefined ? "" : `:${claim.line}`}` }),
      },
    };
  });
  if (!suite.baseline) return claims;
  const { outcome, message, text } = baselineTest(suite.baseline);
  const name = `${suiteName(suite)}: captured baseline`;
  return [
    ...claims,
    { name, outcome, diagnostics: { message, status: suite.baseline.status, lines: text.split("\n") } },
  ];
}

function pointLines({ name, outcome, directive, diagnostics }: TestPoint, i: number): string[] {
  const holds = outcome === "passed" || directive?.startsWith("SKIP");
  return [
    `${holds ? "ok" : "not ok"} ${i + 1} - ${escaped(name)}${directive === undefined ? "" : ` # ${directive}`}`,
    "  ---",
    ...Object.entries(diagnostics).map(([key, value]) => `  ${key}: ${yaml(value)}`),
    "  ...",
  ];
}

/** One line, in which # starts no directive. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/[\\#]/g, String.raw`\$&`);
}

/** JSON, which YAML reads alike once what YAML does not print is escaped. */
function yaml(value: string | boolean | readonly string[]): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
