import { renderGithub } from "./github.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import type { ReportedSuite } from "./reported-suite.ts";
import { renderTap } from "./tap.ts";

/** Each gives one text for the suites that are done, of so many in all. */
export const REPORTERS = {
  json: renderJson,
  junit: renderJunit,
  github: renderGithub,
  markdown: (suites: readonly ReportedSuite[]) => renderMarkdown(suites),
  tap: renderTap,
} satisfies Record<string, (suites: readonly ReportedSuite[], count: number) => string>;

export type ReporterName = keyof typeof REPORTERS;
