import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ComparedSource, compareRecords } from "../../judge/compare/compare.ts";
import { grouped } from "../../judge/compare/grouped.ts";
import { judge } from "../../judge/judge.ts";
import { renderComparisonPage } from "../../report/compare/page.ts";
import { type RunSummary, summariseRun } from "../../report/history/run-summary.ts";
import { type HistorySeries, historyOf, newestOf } from "../../report/history/series.ts";
import { renderHtml } from "../../report/html.ts";
import { renderIndexPage } from "../../report/site/index-page.ts";
import { MOST_BYTES, withoutDownloads } from "../../report/site/long-report.ts";
import { comparisonPlace, INDEX, linkFrom, type Place, recordPlace, runPlace } from "../../report/site/places.ts";
import { renderSuitePages } from "../../report/site/suite-pages.ts";
import { trailTo } from "../../report/site/trail.ts";
import { claimbenchFacts } from "../../run/records/provenance.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { type LeftOut, recordsBelow } from "../history/records.ts";
import { readRecordFile } from "../read-record.ts";
import { removeSiteFiles, writeSiteFile } from "./files.ts";
import { readSiteState, writeSiteState } from "./state.ts";

export interface MadeSite {
  readonly runs: number;
  /** Files written, and files that were up to date. */
  readonly written: number;
  readonly kept: number;
}

/** Reports between two notes of how far it is: an interrupted call goes on about there. */
const REPORTS_BETWEEN = 20;

/**
 * Makes pages of every run, suite and comparison of machines below the folders, or brings them up to date. Of a site that is
 * there, pages of what is gone are removed; nothing else is.
 *
 * @param leaveOut is told of records that cannot be used.
 * @param tooLong is told of reports that stay over 2 MB.
 * @throws ClaimbenchError as `recordsBelow`, `readSiteState` and `writeSiteFile`.
 */
export async function makeSite(
  folders: readonly string[],
  out: string,
  cwd: string,
  leaveOut: (left: LeftOut) => void,
  tooLong: (file: string, bytes: number) => void,
): Promise<MadeSite> {
  const site = resolve(cwd, out);
  const { version, gitCommit = "" } = await claimbenchFacts();
  const program = `${version} ${gitCommit}`;
  const before = await readSiteState(site, program);
  // A program with changes that no commit names may draw otherwise at each call.
  const known = gitCommit.endsWith("+changes") ? new Map<string, RunSummary>() : before.runs;
  const runs = new Map<string, RunSummary>();
  const files = new Set<Place>();
  let written = 0;
  const write = async (place: Place, text: string) => {
    files.add(place);
    if (await writeSiteFile(site, place, text)) written++;
  };
  const note = () =>
    writeSiteState(site, program, {
      runs: new Map([...before.runs, ...runs]),
      files: new Set([...before.files, ...files]),
    });

  await note();
  let reports = 0;
  for await (const { record, ...source } of recordsBelow(folders, cwd, leaveOut)) {
    const made = known.get(source.sha256);
    const places = made ? [runPlace(made), recordPlace(made)].filter((place) => before.files.has(place)) : [];
    if (made && places.length > 0 && (await areThere(site, places))) {
      runs.set(source.sha256, { ...made, file: source.file });
      for (const place of places) files.add(place);
      continue;
    }
    const verdicts = judge(record);
    const summary = summariseRun(record, verdicts, source);
    const report = renderHtml(record, verdicts, trailTo(runPlace(summary), summary.suite));
    const isLong = Buffer.byteLength(report) > MOST_BYTES;
    const page = isLong ? withoutDownloads(report, linkFrom(runPlace(summary), recordPlace(summary))) : report;
    if (isLong) await write(recordPlace(summary), await readFile(resolve(cwd, source.file), "utf8"));
    const bytes = Buffer.byteLength(page);
    if (bytes > MOST_BYTES) tooLong(source.file, bytes);
    await write(runPlace(summary), page);
    runs.set(source.sha256, summary);
    if (++reports % REPORTS_BETWEEN === 0) await note();
  }

  const history = historyOf([...runs.values()]);
  const compared = new Set<Place>();
  for (const [place, html] of await comparisons(history, cwd)) {
    compared.add(place);
    await write(place, html);
  }
  for (const of of grouped(history, ({ suite }) => suite.id).values()) {
    for (const { place, html } of renderSuitePages(of, compared)) await write(place, html);
  }
  await write(INDEX, renderIndexPage(history, compared));
  await removeSiteFiles(
    site,
    [...before.files].filter((place) => !files.has(place)),
  );
  await writeSiteState(site, program, { runs, files });
  return { runs: runs.size, written, kept: files.size - written };
}

/** The newest run of each class of hardware, where a suite ran on several at one profile. */
async function comparisons(history: readonly HistorySeries[], cwd: string): Promise<Map<Place, string>> {
  const found = new Map<Place, string>();
  for (const [place, series] of grouped(history, ({ suite }) => comparisonPlace(suite))) {
    const [first] = series;
    if (!first || series.length < 2) continue;
    const sources: ComparedSource[] = [];
    for (const each of series) {
      const { file } = newestOf(each);
      sources.push({ file, record: await readRecordFile(file, cwd) });
    }
    try {
      found.set(place, renderComparisonPage(compareRecords(sources), trailTo(place, first.suite)));
    } catch (error) {
      // Such as claims that were all renamed since, or more machines than a page takes.
      if (!(error instanceof ClaimbenchError)) throw error;
    }
  }
  return found;
}

async function areThere(site: string, places: readonly Place[]): Promise<boolean> {
  const found = await Promise.all(places.map((place) => stat(join(site, place)).catch(() => undefined)));
  return found.every((each) => each !== undefined);
}
