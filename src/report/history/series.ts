import { type ArmTrend, armTrends } from "./arm-trend.ts";
import { type ClaimTrend, claimTrends } from "./claim-trend.ts";
import type { RunSummary } from "./run-summary.ts";

/** The runs of one suite, at one profile, on one class of hardware: what may be joined in one line. */
export interface HistorySeries {
  readonly suite: RunSummary["suite"];
  readonly hardwareClass: string;
  readonly machine: string;
  /** Oldest first. */
  readonly runs: readonly [RunSummary, ...RunSummary[]];
  /** In the order of the newest run, then those that it no longer has. */
  readonly claims: readonly ClaimTrend[];
  readonly arms: readonly ArmTrend[];
}

/**
 * Series by suite, profile and hardware class, in this order.
 *
 * @param last only the newest so many runs of each.
 */
export function historyOf(runs: readonly RunSummary[], last = Number.POSITIVE_INFINITY): HistorySeries[] {
  const groups = new Map<string, [RunSummary, ...RunSummary[]]>();
  for (const run of runs.toSorted(byTime)) {
    const key = seriesKey(run);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => seriesOf((group.length > last ? group.slice(-last) : group) as [RunSummary, ...RunSummary[]]));
}

/** The newest run of a series. */
export function newestOf({ runs }: HistorySeries): RunSummary {
  return runs.at(-1) ?? runs[0];
}

function seriesOf(runs: readonly [RunSummary, ...RunSummary[]]): HistorySeries {
  const newest = runs.at(-1) ?? runs[0];
  const { suite, hardwareClass, machine } = newest;
  return { suite, hardwareClass, machine, runs, claims: claimTrends(runs), arms: armTrends(runs) };
}

function seriesKey({ suite, hardwareClass }: RunSummary): string {
  return [suite.id, suite.profile ?? "", hardwareClass].join("\n");
}

/** Equal starts in the order of ids, so that every reading gives the same history. */
function byTime(a: RunSummary, b: RunSummary): number {
  return timeOf(a) - timeOf(b) || compareText(a.id, b.id) || compareText(a.sha256, b.sha256);
}

/** In milliseconds. */
export function timeOf({ startedAt }: Pick<RunSummary, "startedAt">): number {
  return Date.parse(startedAt);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
