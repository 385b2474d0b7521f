import type { ReportedSuite } from "./reported-suite.ts";

/** The verdicts as --json prints them: of several suites an array, also while some are still to come. */
export function renderJson(suites: readonly Pick<ReportedSuite, "document">[], count: number): string {
  const documents = suites.map(({ document }) => document);
  return `${JSON.stringify(count === 1 ? documents[0] : documents, null, 2)}\n`;
}
