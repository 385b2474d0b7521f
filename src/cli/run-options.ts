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

/**
 * The command line that repeats a run.
 *
 * @param name of the suite, without its folder: records hold no paths.
 */
export function repeatCommand(name: string, options: RunCommandOptions): string {
  const words = ["claimbench", "run", name];
  if (options.profile) words.push("--profile", options.profile);
  if (options.filter) words.push("--filter", options.filter);
  if (options.seeds) words.push("--seeds", String(options.seeds));
  if (options.workers) words.push("--workers", String(options.workers));
  if (options.threads) words.push("--threads", String(options.threads));
  return words.map(quoted).join(" ");
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./,:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
