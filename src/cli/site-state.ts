import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunSummary } from "../report/history/run-summary.ts";
import { writeReportFile } from "../run/record-file.ts";
import { ClaimbenchError } from "../spec/error.ts";

/** What a site was made of, so that it is not made again; it lies in the site. */
export interface SiteState {
  /** Of the program that made it: another one may judge, and draw, otherwise. */
  readonly program: string;
  /** Runs by the checksum of their record. */
  readonly runs: ReadonlyMap<string, RunSummary>;
}

const FILE = ".claimbench-site.json";

/**
 * @returns no runs where there is no site yet, or one of another program.
 * @throws ClaimbenchError `not-a-site` for a folder that has something else in it.
 */
export async function readSiteState(folder: string, program: string): Promise<SiteState> {
  const nothing = { program, runs: new Map<string, RunSummary>() };
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (names.length === 0) return nothing;
  if (!names.includes(FILE)) {
    throw new ClaimbenchError("not-a-site", `${folder} has other things in it`, {
      hint: "choose a folder of its own with --out; a site that claimbench made is brought up to date",
    });
  }
  try {
    const kept = JSON.parse(await readFile(join(folder, FILE), "utf8")) as { program: string; runs: RunSummary[] };
    return kept.program === program ? { program, runs: new Map(kept.runs.map((run) => [run.sha256, run])) } : nothing;
  } catch {
    // Made anew.
    return nothing;
  }
}

export async function writeSiteState(folder: string, program: string, runs: readonly RunSummary[]): Promise<void> {
  await writeReportFile(join(folder, FILE), JSON.stringify({ program, runs }));
}
