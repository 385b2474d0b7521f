import { operandsOf } from "../spec/operands.ts";
import type { Claim, RunRecord, Suite } from "../spec/run.types.ts";

/** A moment at which the claims are judged. */
export interface Look {
  /** Those there are by then. */
  readonly seeds: readonly number[];
  /** Part of the allowed error that may be spent at it; those of all looks that may come add up to 1. */
  readonly share: number;
}

/** Each look waits for half as many seeds again: more looks would spend the error on nearly the same samples. */
const GROWTH = 1.5;

/**
 * The numbers of seeds at which a sequential suite is looked at.
 *
 * @returns rising, the first is min, the last max.
 */
export function lookSchedule({ min, max }: NonNullable<Suite["sequential"]>): number[] {
  const schedule = [min];
  for (let next = min; next < max; schedule.push(next)) next = Math.min(max, Math.ceil(GROWTH * next));
  return schedule;
}

/**
 * The looks that a claim has had: one, or those of the schedule that its arms were planned for, as seeds are added to the
 * arms of open claims only. The error is spent in proportion to the seeds that a look adds; by the union bound what all of
 * them spend is an upper limit, whatever the samples' dependence.
 */
export function looksOf({ suite, trials }: RunRecord, claim: Claim): [Look, ...Look[]] {
  const { seeds, sequential } = suite;
  if (!sequential) return [{ seeds, share: 1 }];
  const arms = new Set(claim.assertions.flatMap(operandsOf).map(({ arm }) => arm));
  const planned = new Map([...arms].map((arm) => [arm, new Set<number>()]));
  for (const { arm, seed } of trials) planned.get(arm)?.add(seed);
  const isPlanned = (seed: number) => [...planned.values()].every((of) => of.has(seed));
  const schedule = lookSchedule(sequential);
  const [first, ...later] = schedule.map((count, i) => {
    const share = (count - (schedule[i - 1] ?? 0)) / sequential.max;
    return { seeds: seeds.slice(0, count), share, isReached: count <= seeds.length };
  });
  const reached = later.filter((look) => look.isReached && look.seeds.every(isPlanned));
  return [first as Look, ...reached].map(({ seeds, share }) => ({ seeds, share })) as [Look, ...Look[]];
}
