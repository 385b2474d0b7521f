import { type PlannedTrial, waitsFor } from "./plan-trials.ts";

/**
 * The order to start trials in: seed by seed, so that an interrupted run has whole pairs; within a seed the one with the
 * most work until all that starts from it is done, so that workers end together.
 */
export function longestFirst(trials: readonly PlannedTrial[]): PlannedTrial[] {
  const work = remainingWork(trials);
  const bySeed = new Map<number, PlannedTrial[]>();
  for (const trial of trials) bySeed.set(trial.seed, [...(bySeed.get(trial.seed) ?? []), trial]);
  return [...bySeed.values()].flatMap((sisters) => sisters.toSorted((a, b) => (work.get(b) ?? 0) - (work.get(a) ?? 0)));
}

/**
 * By trial: its work and that of the longest chain of trials that start from it; the largest is the critical path.
 *
 * @param own work of one trial; its estimated work when absent.
 */
export function remainingWork(
  trials: readonly PlannedTrial[],
  own: (trial: PlannedTrial) => number = ({ cost }) => cost.total,
): Map<PlannedTrial, number> {
  const followers = new Map<PlannedTrial, PlannedTrial[]>();
  for (const trial of trials) {
    for (const other of waitsFor(trial)) followers.set(other, [...(followers.get(other) ?? []), trial]);
  }
  const work = new Map<PlannedTrial, number>();
  const workOf = (trial: PlannedTrial): number => {
    const known = work.get(trial);
    if (known !== undefined) return known;
    const total = own(trial) + Math.max(0, ...(followers.get(trial) ?? []).map(workOf));
    work.set(trial, total);
    return total;
  };
  for (const trial of trials) workOf(trial);
  return work;
}
