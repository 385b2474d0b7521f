import { lookSchedule } from "../judge/looks.ts";
import { openClaims } from "../judge/open-claims.ts";
import { longestFirst } from "../plan/longest-first.ts";
import { type PlannedTrial, waitsFor } from "../plan/plan-trials.ts";
import { operandsOf } from "../spec/operands.ts";
import type { RunRecord, Suite } from "../spec/run.types.ts";
import type { PreparedSuite } from "./prepare-suite.ts";

/** What a suite that leaves the number of its seeds open trains before its next look. */
export interface NextLook {
  /** With the seeds of all looks up to it. */
  readonly suite: Suite;
  /** Those of the arms that claims are still open about, and of arms that these wait for. */
  readonly trials: readonly PlannedTrial[];
  /** Ids of the claims. */
  readonly open: readonly string[];
}

/** @returns why no seeds are to be added, where none are. */
export function nextLook(
  suite: Suite,
  record: RunRecord,
  { planSeeds }: Pick<PreparedSuite, "planSeeds">,
): NextLook | "decided" | "maximum" {
  if (!suite.sequential) throw new TypeError(`the seeds of ${suite.id} are fixed`);
  const open = openClaims(record);
  if (open.length === 0) return "decided";
  const { seeds } = suite;
  const count = lookSchedule(suite.sequential).find((each) => each > seeds.length);
  if (count === undefined) return "maximum";
  const added = Array.from({ length: count - seeds.length }, (_, i) => seeds.length + i);
  const names = new Set(open.flatMap(({ assertions }) => assertions.flatMap(operandsOf)).map(({ arm }) => arm));
  return {
    suite: { ...suite, seeds: [...seeds, ...added] },
    trials: longestFirst(withThoseWaitedFor(planSeeds(added).filter(({ arm }) => names.has(arm.name)))),
    open: open.map(({ id }) => id),
  };
}

function withThoseWaitedFor(trials: readonly PlannedTrial[]): PlannedTrial[] {
  const all = new Set(trials);
  // A set hands out what is added to it on the way.
  for (const trial of all) for (const other of waitsFor(trial)) all.add(other);
  return [...all];
}
