import type { ReportedSuite } from "./reported-suite.ts";

/** The verdicts as --json prints them: of several suites an array. */
export function renderJson(suites: readonly Pick<ReportedSuite, "document">[]): string {
  const documents = suites.map(({ document }) => document);
  return `${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`;
}
