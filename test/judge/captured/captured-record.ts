import { capture } from "../../../src/judge/captured/capture.ts";
import { type BaselineComparison, compareWithCaptured } from "../../../src/judge/captured/compare.ts";
import { judge } from "../../../src/judge/judge.ts";
import type { CapturedBaseline } from "../../../src/spec/captured.types.ts";
import type { OrderAssertion, Provenance, RunPart, RunRecord } from "../../../src/spec/run.types.ts";
import { type RecordOptions, runRecord } from "../run-record.ts";

/** Small batches have the lower distance: holds for `plainSamples`. */
export const smallIsLess = {
  kind: "less",
  first: { arm: "SB", measurement: "distance" },
  second: { arm: "LB", measurement: "distance" },
} satisfies OrderAssertion;

/** Two arms at five seeds. */
export const plainSamples = {
  "SB.distance": [1.01, 0.97, 1.04, 0.99, 1.0],
  "LB.distance": [2.1, 1.9, 2.05, 1.97, 2.02],
};

export function record(
  options: Partial<RecordOptions> & { readonly provenance?: Partial<Provenance> } = {},
): RunRecord {
  const { provenance, ...rest } = options;
  const made = runRecord({ samples: plainSamples, assertions: [smallIsLess], ...rest });
  return { ...made, provenance: { ...made.provenance, ...provenance } };
}

export function captured(of: RunRecord = record()): CapturedBaseline {
  return JSON.parse(JSON.stringify(capture(of, judge(of)))) as CapturedBaseline;
}

export function compare(ours: RunRecord, baseline: CapturedBaseline = captured()): BaselineComparison {
  return compareWithCaptured(ours, judge(ours), baseline);
}

/** Two parts that made it on these processors. */
export function merged(first: string, second: string): RunRecord {
  const made = record();
  const { id, startedAt, endedAt, status, durationSeconds, command } = made.run;
  const part = (cpu: string): RunPart => ({
    ...{ id, startedAt, endedAt, status, durationSeconds, command },
    provenance: { ...made.provenance, hardware: { ...made.provenance.hardware, cpu } },
    trials: [{ arm: "SB", seed: 0 }],
  });
  return { ...made, run: { ...made.run, parts: [part(first), part(second)] } };
}
