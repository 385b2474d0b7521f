import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { judge } from "../../judge/judge.ts";
import { type RunSummary, summariseRun } from "../../report/history/run-summary.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { didYouMean } from "../../spec/nearest.ts";
import { type LeftOut, recordsBelow } from "./records.ts";

/** What of the runs is asked for. */
export interface HistorySelection {
  readonly folders: readonly string[];
  /** Ids of suites, or what they begin with: keskar-2017. All where there are none. */
  readonly suites: readonly string[];
}

/** Words that name folders are folders to read, others suites within the folder of reports. */
export async function selectionOf(words: readonly string[], reports: string, cwd: string): Promise<HistorySelection> {
  const folders: string[] = [];
  const suites: string[] = [];
  for (const word of words) {
    const found = await stat(resolve(cwd, word)).catch(() => undefined);
    if (found?.isDirectory()) folders.push(word);
    else suites.push(word);
  }
  return { folders: folders.length > 0 ? folders : [reports], suites };
}

/**
 * Every run of the selection, judged.
 *
 * @param leaveOut is told of records that cannot be used.
 * @throws ClaimbenchError `no-such-suite`, or as `recordsBelow`.
 */
export async function judgedRuns(
  { folders, suites }: HistorySelection,
  cwd: string,
  leaveOut: (left: LeftOut) => void,
): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  const seen = new Set<string>();
  for await (const { record, ...source } of recordsBelow(folders, cwd, leaveOut)) {
    const { id } = record.suite;
    seen.add(id);
    if (suites.length > 0 && !suites.some((suite) => belongsTo(id, suite))) continue;
    runs.push(summariseRun(record, judge(record), source));
  }
  for (const suite of suites)
    if (![...seen].some((id) => belongsTo(id, suite))) throw noSuchSuite(suite, seen, folders);
  return runs;
}

/** Only claims of this name, in any variant; `sharper` stands for `sharper[F1]`. @throws ClaimbenchError `no-such-claim`. */
export function onlyClaim(runs: readonly RunSummary[], claim: string): RunSummary[] {
  const names = new Set(runs.flatMap(({ claims }) => claims.map((each) => each.claim)));
  const isAsked = (name: string) => name === claim || name.startsWith(`${claim}[`);
  if (![...names].some(isAsked)) {
    throw new ClaimbenchError("no-such-claim", `no run has a claim "${claim}"${didYouMean(claim, names)}`);
  }
  const kept = runs.map((run) => ({ ...run, claims: run.claims.filter((each) => isAsked(each.claim)) }));
  return kept.filter(({ claims }) => claims.length > 0);
}

function belongsTo(id: string, suite: string): boolean {
  return id === suite || id.startsWith(`${suite.replace(/\/+$/, "")}/`);
}

function noSuchSuite(suite: string, seen: ReadonlySet<string>, folders: readonly string[]): ClaimbenchError {
  const ids = [...seen].toSorted();
  return new ClaimbenchError(
    "no-such-suite",
    `"${suite}" is no folder, and ${folders.join(", ")} has no run of a suite of that name${didYouMean(suite, ids)}`,
    ids.length === 0 ? {} : { hint: `suites with runs: ${ids.slice(0, 10).join(", ")}${ids.length > 10 ? ", …" : ""}` },
  );
}
