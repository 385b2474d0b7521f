import type { Shard } from "../spec/run.types.ts";
import { type PlannedTrial, waitsFor } from "./plan-trials.ts";

/**
 * The trials of a plan that one shard of it runs, in the plan's order. Trials that share a training or wait for each
 * other stay together. The groups go, the one with the most work first, to the shard that has the least. Every machine
 * with the same suite divides it alike; every trial is in one shard; shards beyond the number of groups are empty.
 */
export function trialsOfShard(trials: readonly PlannedTrial[], { index, count }: Shard): PlannedTrial[] {
  // Equal ones stay in the plan's order, which is the suite's: keys differ from machine to machine.
  const groups = groupsOf(trials).toSorted((a, b) => work(b) - work(a));
  const shards = Array.from({ length: Math.min(count, groups.length) }, () => ({
    work: 0,
    trials: new Set<PlannedTrial>(),
  }));
  for (const group of groups) {
    const emptiest = shards.reduce((least, shard) => (shard.work < least.work ? shard : least));
    emptiest.work += work(group);
    for (const trial of group) emptiest.trials.add(trial);
  }
  return trials.filter((trial) => shards[index - 1]?.trials.has(trial));
}

function groupsOf(trials: readonly PlannedTrial[]): PlannedTrial[][] {
  const groups = new Map<string, string>();
  const groupOf = (training: string): string => {
    const next = groups.get(training) ?? training;
    return next === training ? training : groupOf(next);
  };
  for (const trial of trials) {
    const { training } = trial.keys;
    for (const other of waitsFor(trial)) groups.set(groupOf(other.keys.training), groupOf(training));
  }
  const byGroup = new Map<string, PlannedTrial[]>();
  for (const trial of trials) {
    const group = groupOf(trial.keys.training);
    byGroup.set(group, [...(byGroup.get(group) ?? []), trial]);
  }
  return [...byGroup.values()];
}

function work(group: readonly PlannedTrial[]): number {
  return group.reduce((sum, { cost }) => sum + cost.total, 0);
}
