import { type HistorySeries, newestOf } from "../../report/history/series.ts";
import type { LeftOut } from "./records.ts";

/** The history as data, for --json: runs are referred to by their ids. */
export function historyDocument(history: readonly HistorySeries[], leftOut: readonly LeftOut[]) {
  return { series: history.map(seriesDocument), leftOut };
}

function seriesDocument(series: HistorySeries) {
  const { suite, hardwareClass, machine, runs, claims, arms } = series;
  return {
    suite: suite.id,
    title: suite.title,
    profile: suite.profile,
    hardwareClass,
    machine,
    newest: newestOf(series).id,
    runs: runs.map(({ id, startedAt, durationSeconds, program, file }) => {
      return { id, startedAt, durationSeconds, claimbench: program, file };
    }),
    claims: claims.map(({ claim, newest, current, followed, points, changes }) => ({
      claim,
      statement: newest.statement,
      status: newest.status,
      finding: newest.finding,
      surrogate: newest.surrogate,
      inNewestRun: current,
      effect: followed?.label ?? null,
      points: points.map(({ run, status, effect }) => ({ run: run.id, startedAt: run.startedAt, status, effect })),
      changes: changes.map(({ from, to, run, before, differences }) => {
        return { from, to, run: run.id, before: before.id, claimbench: run.program, differences };
      }),
    })),
    arms: arms.map(({ arm, points }) => ({
      arm,
      points: points.map(({ run, seconds }) => {
        const { arm: _, ...rest } = seconds;
        return { run: run.id, startedAt: run.startedAt, ...rest };
      }),
    })),
  };
}
