// A process that opens one engine, checks it and times it: a driver that crashes or hangs takes only this with it.
import type { EngineChoice } from "../engine/device.ts";
import { type EngineSettings, openEngine } from "../engine/open-engine.ts";
import { measureDrift, type ProbeResult, probeEngine, timeUpdate } from "../engine/probe.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { EngineFacts } from "../spec/run.types.ts";

export interface ProbeTask {
  readonly choice: EngineChoice;
  readonly settings: EngineSettings;
  /** Milliseconds to spend on timing updates; 0 for none. */
  readonly timingBudget: number;
  /** Milliseconds of each of two equal trainings; 0 for none. */
  readonly driftDuration: number;
}

/** What was found; sent in as many parts as there are, so that what was found before a crash is known. */
export interface ProbeReport {
  readonly facts?: EngineFacts;
  readonly probe?: ProbeResult;
  readonly updateMilliseconds?: number;
  readonly drift?: number;
  readonly problem?: { readonly code: string; readonly message: string; readonly hint?: string };
}

process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
process.once("message", (task: ProbeTask) => {
  examineEngine(task).then(
    () => process.disconnect(),
    (error: unknown) => {
      const problem =
        error instanceof ClaimbenchError
          ? { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }
          : { code: "engine-failed", message: error instanceof Error ? error.message : String(error) };
      send({ problem }, () => process.disconnect());
    },
  );
});

async function examineEngine({ choice, settings, timingBudget, driftDuration }: ProbeTask): Promise<void> {
  const engine = await openEngine(choice, settings);
  send({ facts: engine.facts });
  send({ probe: await probeEngine(engine) });
  const clock = () => performance.now();
  if (timingBudget > 0) send({ updateMilliseconds: await timeUpdate(engine, clock, timingBudget) });
  if (driftDuration > 0) send({ drift: await measureDrift(engine, clock, driftDuration) });
}

function send(report: ProbeReport, sent?: () => void): void {
  process.send?.(report, undefined, {}, sent);
}
