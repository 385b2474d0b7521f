import type { VerdictStatus } from "../../judge/verdict.ts";
import type { ClaimEffect, ClaimSummary, RunSummary } from "./run-summary.ts";
import { type VerdictChange, verdictChanges } from "./verdict-change.ts";

/** A claim over the runs of a series. */
export interface ClaimTrend {
  readonly claim: string;
  /** As the newest run that has the claim tells it. */
  readonly newest: ClaimSummary;
  /** Whether the newest run of the series has the claim. */
  readonly current: boolean;
  /** The effect that is followed: of the newest run's deciding assertion the first; null where none was ever measured. */
  readonly followed: ClaimEffect | null;
  /** How many more effects the newest run has of the claim. */
  readonly further: number;
  /** Oldest first; runs without the claim have none. */
  readonly points: readonly TrendPoint[];
  /** Oldest first. */
  readonly changes: readonly VerdictChange[];
}

export interface TrendPoint {
  readonly run: RunSummary;
  readonly status: VerdictStatus;
  /** The followed effect; null where this run does not have it. */
  readonly effect: ClaimEffect["effect"] | null;
}

/** @param runs of one series, oldest first. */
export function claimTrends(runs: readonly RunSummary[]): ClaimTrend[] {
  const found = new Map<string, { run: RunSummary; summary: ClaimSummary }[]>();
  for (const run of runs) {
    for (const summary of run.claims) {
      const known = found.get(summary.claim);
      if (known) known.push({ run, summary });
      else found.set(summary.claim, [{ run, summary }]);
    }
  }
  const last = runs.at(-1);
  const now = last?.claims.map(({ claim }) => claim) ?? [];
  const names = new Set([...now, ...found.keys()]);
  return [...names].flatMap((claim) => {
    const verdicts = found.get(claim) ?? [];
    const newest = verdicts.at(-1);
    return newest ? [trendOf(claim, verdicts, newest, newest.run === last)] : [];
  });
}

interface ClaimOfRun {
  readonly run: RunSummary;
  readonly summary: ClaimSummary;
}

function trendOf(claim: string, verdicts: readonly ClaimOfRun[], newest: ClaimOfRun, current: boolean): ClaimTrend {
  // Where the newest run measured nothing, the effect that was followed last says more than none.
  const withEffect = verdicts.findLast(({ summary }) => summary.effects.length > 0);
  const followed = withEffect?.summary.effects[0] ?? null;
  return {
    claim,
    newest: newest.summary,
    current,
    followed,
    further: Math.max(0, newest.summary.effects.length - 1),
    points: verdicts.map(({ run, summary }) => ({
      run,
      status: summary.status,
      effect: summary.effects.find(({ key }) => key === followed?.key)?.effect ?? null,
    })),
    changes: verdictChanges(verdicts.map(({ run, summary }) => ({ run, status: summary.status }))),
  };
}
