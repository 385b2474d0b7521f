import { driftOf } from "./drifted-claims.ts";
import { baselineTest, claimOutcomes, suiteName } from "./outcome.ts";
import type { ReportedSuite } from "./reported-suite.ts";

/**
 * Workflow commands of GitHub that annotate the suite's file at each claim that is worth it. An inconclusive claim is a
 * warning; one that does not hold and has not drifted from the baseline is none.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(suites: readonly ReportedSuite[]): string {
  return suites.flatMap((suite) => [...claimCommands(suite), ...baselineCommands(suite)]).join("");
}

function claimCommands(suite: ReportedSuite): string[] {
  return claimOutcomes(suite).flatMap(({ claim, outcome, label, message }) => {
    if (outcome === "passed" || (outcome === "skipped" && suite.baseline)) return [];
    const level = outcome === "skipped" ? "warning" : "error";
    const place = suite.file === undefined ? {} : { file: suite.file, line: claim.line };
    return [command(level, { ...place, title: `${suiteName(suite)} ${claim.id}: ${label}` }, message)];
  });
}

/** What no claim's annotation tells: values that no claim reads, or why nothing was compared. */
function baselineCommands(suite: ReportedSuite): string[] {
  if (!suite.baseline) return [];
  const { outcome, message, text } = baselineTest(suite.baseline);
  const { byClaim, others } = driftOf(suite);
  const place = suite.file === undefined ? {} : { file: suite.file };
  const title = `${suiteName(suite)}: ${suite.baseline.status === "drifted" ? "drifted" : "not compared with a baseline"}`;
  if (outcome === "error") return [command("error", { ...place, title }, text)];
  if (outcome !== "failed" || (byClaim.size > 0 && others.length === 0)) return [];
  return [command("error", { ...place, title }, [message, ...others].join("\n"))];
}

function command(level: "error" | "warning", properties: Record<string, string | number | undefined>, message: string) {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${propertyValue(String(value))}`);
  return `::${level} ${given.join(",")}::${data(message)}\n`;
}

function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyValue(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Without what could drive a terminal: the commands stand in the log. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\r\n]|[\u2028\u2029]/gu, " ");
}
