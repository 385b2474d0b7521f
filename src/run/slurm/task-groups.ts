import { waitsFor } from "../../plan/plan-trials.ts";
import type { TrialTask } from "../workers/protocol.ts";

/** Trials that share a training, to be run one after the other. */
export type TaskGroup = readonly [TrialTask, ...TrialTask[]];

/**
 * Groups trials, and the groups by what has to be there before: those of the first level start from nothing that is still to
 * be trained, those of the second from a trial of the first, and so on.
 */
export function groupsByLevel(tasks: readonly TrialTask[]): TaskGroup[][] {
  const groups = new Map<string, [TrialTask, ...TrialTask[]]>();
  for (const task of tasks) {
    const group = groups.get(task.trial.keys.training);
    if (group) group.push(task);
    else groups.set(task.trial.keys.training, [task]);
  }
  const levels: TaskGroup[][] = [];
  const levelOf = (group: TaskGroup): number => {
    const before = group
      .flatMap(({ trial }) => waitsFor(trial))
      .map(({ keys }) => groups.get(keys.training))
      .filter((other) => other !== group);
    return Math.max(0, ...before.map((other) => (other ? 1 + levelOf(other) : 0)));
  };
  for (const group of groups.values()) {
    const level = levelOf(group);
    levels[level] = [...(levels[level] ?? []), group];
  }
  return levels;
}
