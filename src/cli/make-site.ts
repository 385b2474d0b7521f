import { readFile, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type ComparedSource, compareRecords } from "../judge/compare/compare.ts";
import { judge } from "../judge/judge.ts";
import { renderComparisonPage } from "../report/compare/page.ts";
import { type RunSummary, summariseRun } from "../report/history/run-summary.ts";
import { type HistorySeries, historyOf, newestOf } from "../report/history/series.ts";
import { renderHtml } from "../report/html.ts";
import { renderIndexPage } from "../report/site/index-page.ts";
import { comparisonPlace, INDEX, type Place, runPlace } from "../report/site/places.ts";
import { renderSuitePages } from "../report/site/suite-pages.ts";
import { claimbenchFacts } from "../run/provenance.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { type LeftOut, recordsBelow } from "./history-records.ts";
import { readRecordFile } from "./read-record.ts";
import { readSiteState, writeSiteState } from "./site-state.ts";
import { writePage } from "./write-page.ts";

export interface MadeSite {
  readonly runs: number;
  /** Pages written, and pages that were up to date. */
  readonly written: number;
  readonly kept: number;
}

/**
 * Makes pages of every run, suite and comparison of machines below the folders, or brings them up to date. Of a site that is
 * there, pages of runs that are gone are removed; nothing else is.
 *
 * @param leaveOut is told of records that cannot be used.
 * @throws ClaimbenchError as `recordsBelow` and `readSiteState`.
 */
export async function makeSite(
  folders: readonly string[],
  out: string,
  cwd: string,
  leaveOut: (left: LeftOut) => void,
): Promise<MadeSite> {
  const site = resolve(cwd, out);
  const { version, gitCommit = "" } = await claimbenchFacts();
  const program = `${version} ${gitCommit}`;
  const before = await readSiteState(site, program);
  const pages = { written: 0, kept: 0 };
  const write = async (place: Place, html: string) => {
    const file = join(site, place);
    const old = await readFile(file, "utf8").catch(() => undefined);
    if (old === html) {
      pages.kept++;
      return;
    }
    await writePage(file, html);
    pages.written++;
  };

  const runs: RunSummary[] = [];
  for await (const { record, ...source } of recordsBelow(folders, cwd, leaveOut)) {
    const known = before.runs.get(source.sha256);
    if (known && (await isThere(join(site, runPlace(known))))) {
      runs.push({ ...known, file: source.file });
      pages.kept++;
      continue;
    }
    const verdicts = judge(record);
    const summary = summariseRun(record, verdicts, source);
    await write(runPlace(summary), renderHtml(record, verdicts));
    runs.push(summary);
  }
  await removeGone(site, before.runs.values(), runs);

  const history = historyOf(runs);
  const compared = new Set<Place>();
  for (const [place, html] of await comparisons(history, cwd)) {
    compared.add(place);
    await write(place, html);
  }
  for (const of of groupedBy(history, ({ suite }) => suite.id).values()) {
    for (const { place, html } of renderSuitePages(of, compared)) await write(place, html);
  }
  await write(INDEX, renderIndexPage(history, compared));
  await writeSiteState(site, program, runs);
  return { runs: runs.length, ...pages };
}

/** The newest run of each class of hardware, where a suite ran on several at one profile. */
async function comparisons(history: readonly HistorySeries[], cwd: string): Promise<Map<Place, string>> {
  const found = new Map<Place, string>();
  for (const [place, series] of groupedBy(history, ({ suite }) => comparisonPlace(suite))) {
    if (series.length < 2) continue;
    const sources: ComparedSource[] = [];
    for (const each of series) {
      const { file } = newestOf(each);
      sources.push({ file, record: await readRecordFile(file, cwd) });
    }
    try {
      found.set(place, renderComparisonPage(compareRecords(sources)));
    } catch (error) {
      // Such as claims that were all renamed since, or more machines than a page takes.
      if (!(error instanceof ClaimbenchError)) throw error;
    }
  }
  return found;
}

async function removeGone(site: string, before: Iterable<RunSummary>, runs: readonly RunSummary[]): Promise<void> {
  const places = new Set(runs.map(runPlace));
  for (const run of before) {
    const place = runPlace(run);
    if (!places.has(place)) await rm(dirname(join(site, place)), { recursive: true, force: true });
  }
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
