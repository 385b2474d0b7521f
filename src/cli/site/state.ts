import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunSummary } from "../../report/history/run-summary.ts";
import type { Place } from "../../report/site/places.ts";
import { writeReportFile } from "../../run/records/record-file.ts";
import { ClaimbenchError } from "../../spec/error.ts";

/** What a site was made of, so that it is not made again; it lies in the site. */
export interface SiteState {
  /** Runs whose reports are up to date, by the checksum of their record. */
  readonly runs: ReadonlyMap<string, RunSummary>;
  /** All that was ever written and not removed: the site's own. */
  readonly files: ReadonlySet<Place>;
}

const FILE = ".claimbench-site.json";

/**
 * @param program another one may judge, and draw, otherwise: it takes over no runs.
 * @returns nothing where there is no site yet.
 * @throws ClaimbenchError `not-a-site` for a folder that has something else in it.
 */
export async function readSiteState(folder: string, program: string): Promise<SiteState> {
  const nothing = { runs: new Map<string, RunSummary>(), files: new Set<Place>() };
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (names.length === 0) return nothing;
  if (!names.includes(FILE)) {
    throw new ClaimbenchError("not-a-site", `${folder} has other things in it`, {
      hint: "choose a folder of its own with --out; a site that claimbench made is brought up to date",
    });
  }
  try {
    const kept = JSON.parse(await readFile(join(folder, FILE), "utf8")) as {
      program: string;
      runs: RunSummary[];
      files: Place[];
    };
    const runs = kept.program === program ? kept.runs : [];
    return { runs: new Map(runs.map((run) => [run.sha256, run])), files: new Set(kept.files) };
  } catch {
    // Made anew.
    return nothing;
  }
}

export async function writeSiteState(folder: string, program: string, { runs, files }: SiteState): Promise<void> {
  const file = join(folder, FILE);
  const text = JSON.stringify({ program, runs: [...runs.values()], files: [...files].toSorted() });
  if ((await readFile(file, "utf8").catch(() => undefined)) !== text) await writeReportFile(file, text);
}
