import { basename } from "node:path";
import type { ProfileName } from "../spec/read-suite.ts";

/** What `claimbench run` takes. */
export interface RunCommandOptions {
  readonly profile?: ProfileName;
  readonly filter?: string;
  readonly seeds?: number;
  readonly workers?: number;
  readonly threads?: number;
  readonly reports: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly failOn?: "inconclusive";
}

/** The command line that repeats a run, with the suite's base name: records hold no paths. */
export function repeatCommand(suite: string, options: RunCommandOptions): string {
  const name = /[/\\]|\.jsonc?$/.test(suite) ? basename(suite) : suite;
  const words = ["claimbench", "run", name];
  if (options.profile) words.push("--profile", options.profile);
  if (options.filter) words.push("--filter", `"${options.filter}"`);
  if (options.seeds) words.push("--seeds", String(options.seeds));
  if (options.workers) words.push("--workers", String(options.workers));
  if (options.threads) words.push("--threads", String(options.threads));
  return words.join(" ");
}
