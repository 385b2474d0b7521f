import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ComparedSource, compareRecords } from "../../judge/compare/compare.ts";
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
import { grouped } from "../../spec/grouped.ts";
import { fileProblem } from "../file-problem.ts";
import { type FoundRecord, type LeftOut, recordsBelow } from "../history/records.ts";
import { readRecordAt } from "../read-record.ts";
import { removeSiteFile, SiteFiles } from "./files.ts";
import { readSiteState, writeSiteState } from "./state.ts";

export interface MadeSite {
  readonly runs: number;
  /** Files written, and files that were up to date. */
  readonly written: number;
  readonly kept: number;
  /** Reports, comparisons, histories of suites and removals that failed. */
  readonly failed: number;
}

/** What is told on the way. */
export interface SiteListener {
  /** Of a record that no site can rest on. */
  onLeftOut(left: LeftOut): void;
  /** Of a report that stays over 2 MB. */
  onTooLong(file: string, bytes: number): void;
  /** The rest of the site is made all the same. @param what a record, or a page or suite of the site. */
  onFailed(what: string, reason: string): void;
}

/** Reports between two notes of how far it is: an interrupted call goes on about there. */
const REPORTS_BETWEEN = 20;

/**
 * Makes pages of every run, suite and comparison of machines below the folders, or brings them up to date. Of a site that is
 * there, pages of what is gone are removed; nothing else is.
 *
 * @throws ClaimbenchError as `recordsBelow` and `readSiteState`, or where the index cannot be written.
 */
export async function makeSite(
  folders: readonly string[],
  out: string,
  cwd: string,
  listener: SiteListener,
): Promise<MadeSite> {
  const site = resolve(cwd, out);
  const { version, gitCommit = "" } = await claimbenchFacts();
  const program = `${version} ${gitCommit}`;
  const before = await readSiteState(site, program);
  // A program with changes that no commit names may draw otherwise at each call.
  const known = gitCommit.endsWith("+changes") ? new Map<string, RunSummary>() : before.runs;
  const runs = new Map<string, RunSummary>();
  const files = new SiteFiles(site);
  const note = () =>
    writeSiteState(site, program, {
      runs: new Map([...before.runs, ...runs]),
      files: new Set([...before.files, ...files.places]),
    });
  let failed = 0;
  const succeeds = async (what: string, make: () => Promise<void>): Promise<boolean> => {
    try {
      await make();
      return true;
    } catch (error) {
      listener.onFailed(what, fileProblem(error));
      failed++;
      return false;
    }
  };

  await note();
  let reports = 0;
  for await (const found of recordsBelow(folders, cwd, (left) => listener.onLeftOut(left))) {
    const { record, ...source } = found;
    const made = known.get(source.sha256);
    const places = made ? [runPlace(made), recordPlace(made)].filter((place) => before.files.has(place)) : [];
    if (made && places.length > 0 && (await areThere(site, places))) {
      runs.set(source.sha256, { ...made, file: source.file });
      files.keep(places);
      continue;
    }
    await succeeds(source.file, async () => {
      runs.set(source.sha256, await writeReport(found, files, cwd, listener));
    });
    if (++reports % REPORTS_BETWEEN === 0) await note();
  }

  const history = historyOf([...runs.values()]);
  const compared = new Set<Place>();
  for (const [place, series] of grouped(history, ({ suite }) => comparisonPlace(suite))) {
    await succeeds(place, async () => {
      const html = await comparisonOf(place, series, cwd);
      if (html === undefined) return;
      await files.write(place, html);
      compared.add(place);
    });
  }
  const shown: HistorySeries[] = [];
  for (const [suite, series] of grouped(history, ({ suite }) => suite.id)) {
    const written = await succeeds(suite, async () => {
      for (const { place, html } of renderSuitePages(series, compared)) await files.write(place, html);
    });
    if (written) shown.push(...series);
  }
  await files.write(INDEX, renderIndexPage(shown, compared));
  for (const place of before.files) {
    if (!files.places.has(place)) await succeeds(place, () => removeSiteFile(site, place));
  }
  await writeSiteState(site, program, { runs, files: files.places });
  const { written, kept } = files;
  return { runs: runs.size, written, kept, failed };
}

/** One that would be too long leaves out its downloads, and the record lies beside it. @returns what histories need of it. */
async function writeReport(
  { record, ...source }: FoundRecord,
  files: SiteFiles,
  cwd: string,
  listener: SiteListener,
): Promise<RunSummary> {
  const verdicts = judge(record);
  const summary = summariseRun(record, verdicts, source);
  const report = renderHtml(record, verdicts, trailTo(runPlace(summary), summary.suite));
  const isLong = Buffer.byteLength(report) > MOST_BYTES;
  const page = isLong ? withoutDownloads(report, linkFrom(runPlace(summary), recordPlace(summary))) : report;
  if (isLong) await files.write(recordPlace(summary), await readFile(resolve(cwd, source.file), "utf8"));
  const bytes = Buffer.byteLength(page);
  if (bytes > MOST_BYTES) listener.onTooLong(source.file, bytes);
  await files.write(runPlace(summary), page);
  return summary;
}

/** Of the newest run of each class of hardware, where a suite ran on several at one profile and they can be compared. */
async function comparisonOf(place: Place, series: readonly HistorySeries[], cwd: string): Promise<string | undefined> {
  const [first] = series;
  if (!first || series.length < 2) return undefined;
  const sources: ComparedSource[] = [];
  for (const each of series) sources.push(await readRecordAt(newestOf(each).file, cwd));
  try {
    return renderComparisonPage(compareRecords(sources), trailTo(place, first.suite));
  } catch (error) {
    // Such as claims that were all renamed since, or more machines than a page takes.
    if (error instanceof ClaimbenchError) return undefined;
    throw error;
  }
}

async function areThere(site: string, places: readonly Place[]): Promise<boolean> {
  const found = await Promise.all(places.map((place) => stat(join(site, place)).catch(() => undefined)));
  return found.every((each) => each !== undefined);
}
