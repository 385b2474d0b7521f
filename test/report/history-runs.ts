import { judge } from "../../src/judge/judge.ts";
import { type RunSummary, summariseRun } from "../../src/report/history/run-summary.ts";
import { historyOf } from "../../src/report/history/series.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";

const example = exampleRecord();

/** The example as it ran on a day; from the eighth on its sharpness is another. */
export function runOf(day: number, change: (record: RunRecord) => RunRecord = (record) => record): RunSummary {
  const startedAt = new Date(Date.UTC(2026, 5, 10 + day, 14, 45)).toISOString();
  const samples = example.samples.map((sample) =>
    day >= 8 && "value" in sample && sample.measurement === "sharpness" && sample.arm.startsWith("LB")
      ? { ...sample, value: sample.value / 1e4 }
      : sample,
  );
  const record = change({ ...example, samples, run: { ...example.run, id: `run-${day}`, startedAt } });
  return summariseRun(record, judge(record), { file: `${day}/run.json`, sha256: `${day}`.padStart(64, "0") });
}

export const runs = Array.from({ length: 10 }, (_, i) => runOf(i + 1));
export const history = historyOf(runs);
