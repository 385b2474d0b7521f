import { InvalidArgumentError } from "commander";
import type { RunRecord, Shard, Trial } from "../../spec/run.types.ts";
import { duration } from "../text/duration.ts";

/** `i/n`, the i-th of n shards. */
export function shardOf(text: string): Shard {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError("Expected i/n with i from 1 to n, such as 2/3.");
  }
  return { index, count };
}

/** What became of a shard's trials. Verdicts are for the merged record: a shard alone has no more than a part of the pairs. */
export function shardSummary({ run, trials }: RunRecord, { index, count }: Shard, recordPath: string): string {
  const states = stateCounts(trials).map(([state, trialCount]) => `${trialCount} ${state}`);
  const what = states.length === 0 ? "no trials: there are more shards than can be run apart" : states.join(" · ");
  return [
    `shard ${index} of ${count}: ${what}`,
    `${duration(run.durationSeconds)}, record ${recordPath}`,
    `for verdicts: claimbench merge with the records of all ${count} shards`,
    "",
  ].join("\n");
}

/** A shard's run as data, for --json. */
export function shardDocument({ suite, run, trials }: RunRecord, shard: Shard, recordPath: string) {
  return {
    suite: suite.id,
    status: run.status,
    shard,
    trials: Object.fromEntries(stateCounts(trials)),
    record: recordPath,
  };
}

function stateCounts(trials: readonly Trial[]): [state: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { state } of trials) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts];
}
