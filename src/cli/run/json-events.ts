import type { RunListener } from "../../run/listener.ts";
import type { Trial } from "../../spec/run.types.ts";
import type { Io } from "../io.ts";

/** What a run tells, as JSON on stdout, one event a line; curves are left to the record. */
export function jsonEvents(io: Io): RunListener & { onVerdicts(document: object): void; end(): void } {
  const tell = (event: string, facts: object) => {
    io.out(`${JSON.stringify({ event, time: io.now().toISOString(), ...facts })}\n`);
  };
  return {
    onPlan: (trials, placement) => tell("plan", { trials, ...placement }),
    onSeedsAdded: (trials, look) => tell("seeds-added", { trials, ...look }),
    onDamaged: (file, why) => tell("damaged", { file, why }),
    onTrialStart: (trial) => tell("trial-start", trial),
    onProgress: (trial, progress) => tell("progress", { ...trial, ...progress }),
    onTrialRetry: (trial, reason) => tell("trial-retry", { ...trial, reason }),
    onTrialEnd: (trial, counts) => tell("trial-end", { ...withoutCurve(trial), ...counts }),
    onRecord: (file) => tell("record", { file }),
    onVerdicts: (document) => tell("verdicts", document),
    end() {},
  };
}

function withoutCurve(trial: Trial): object {
  if (!("curve" in trial)) return trial;
  const { curve: _, ...facts } = trial;
  return facts;
}
