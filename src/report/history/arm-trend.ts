import type { ArmSeconds } from "./arm-seconds.ts";
import type { RunSummary } from "./run-summary.ts";

/** How long an arm's trials took over the runs of a series. */
export interface ArmTrend {
  readonly arm: string;
  /** Oldest first; runs that took the arm's trials from the store have none. */
  readonly points: readonly { readonly run: RunSummary; readonly seconds: ArmSeconds }[];
}

/** @param runs of one series, oldest first. @returns arms in the order of the newest run that has them. */
export function armTrends(runs: readonly RunSummary[]): ArmTrend[] {
  const names = new Set(runs.toReversed().flatMap(({ arms }) => arms.map(({ arm }) => arm)));
  return [...names].map((arm) => ({
    arm,
    points: runs.flatMap((run) => {
      const seconds = run.arms.find((each) => each.arm === arm);
      return seconds ? [{ run, seconds }] : [];
    }),
  }));
}
