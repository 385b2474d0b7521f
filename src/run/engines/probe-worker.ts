// A process that opens one engine, checks it and times it: a driver that crashes or hangs takes only this with it.
import { choiceName, type EngineChoice } from "../../engine/device.ts";
import type { Engine } from "../../engine/engine.ts";
import { type EngineSettings, openEngine } from "../../engine/open-engine.ts";
import { measureDrift, type ProbeResult, probeEngine, probeNetwork, timeUpdate } from "../../engine/probe.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { EngineFacts } from "../../spec/run.types.ts";

export interface ProbeTask {
  readonly choice: EngineChoice;
  readonly settings: EngineSettings;
  /** Networks to be trained: on a GPU, their matrix products and convolutions have to run there. */
  readonly networks: readonly ResolvedNetwork[];
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

async function examineEngine(task: ProbeTask): Promise<void> {
  const { choice, settings, networks, timingBudget, driftDuration } = task;
  const engine = await openEngine(choice, settings);
  send({ probe: await probeEngine(engine) });
  const cpuOperators = await operatorsOnCpu(engine, choice, networks.length > 0 ? networks : [probeNetwork]);
  send({ facts: { ...engine.facts, ...(cpuOperators ? { cpuOperators } : {}) } });
  const clock = () => performance.now();
  if (timingBudget > 0) send({ updateMilliseconds: await timeUpdate(engine, clock, timingBudget) });
  if (driftDuration > 0) send({ drift: await measureDrift(engine, clock, driftDuration) });
}

const PRODUCTS = /Conv|Gemm|MatMul/;

/** @throws ClaimbenchError `not-on-device` when a matrix product or convolution is left to the CPU. */
async function operatorsOnCpu(
  engine: Engine,
  choice: EngineChoice,
  networks: readonly ResolvedNetwork[],
): Promise<string[] | undefined> {
  if (!engine.placementOf) return undefined;
  const onCpu = new Set<string>();
  for (const network of networks) {
    for (const operator of (await engine.placementOf(network)).cpu) onCpu.add(operator);
  }
  const products = [...onCpu].filter((operator) => PRODUCTS.test(operator));
  if (products.length > 0) {
    throw new ClaimbenchError(
      "not-on-device",
      `${choiceName(choice)} leaves ${products.join(", ")} to the CPU: that would be no run on ${choice.device}`,
    );
  }
  return [...onCpu].sort();
}

function send(report: ProbeReport, sent?: () => void): void {
  process.send?.(report, undefined, {}, sent);
}
