// A worker process: runs the trials it is sent, one after the other. The runtime blocks its thread while it computes,
// and a crash in native code must not take the runner down; hence a process of its own.
import { type LoadedData, loadData } from "../data/load.ts";
import type { Engine, Model } from "../engine/engine.ts";
import { openEngine } from "../engine/open-engine.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import type { TrialTask, WorkerMessage } from "./protocol.ts";
import { runTrial } from "./run-trial.ts";

/** Least time between two progress messages that carry no point of the curve. */
const PROGRESS_MILLISECONDS = 100;

// Ctrl-C reaches every process of the terminal, SIGTERM those of a service; the runner decides what it means.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", (task: TrialTask) => {
  work(task).catch((error: unknown) => {
    send({ kind: "error", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});

interface Loaded {
  readonly key: string;
  readonly engine: Engine;
  readonly model: Model;
  readonly data: LoadedData;
}

let loaded: Loaded | undefined;

async function work(task: TrialTask): Promise<void> {
  const { engine, model, data } = await load(task);
  let lastProgress = 0;
  const { trial, samples } = await runTrial(task, engine, model, data, Date.now, (progress) => {
    const now = Date.now();
    if (!progress.point && !progress.measuring && now - lastProgress < PROGRESS_MILLISECONDS) return;
    lastProgress = now;
    send({ kind: "progress", ...progress });
  });
  send({ kind: "done", trial, samples });
}

/** The network and data of the last trial are kept: its seeds and sister arms mostly need the same. */
async function load({ arm, suiteFolder, engine: choice, engineSettings }: TrialTask): Promise<Loaded> {
  const key = JSON.stringify([arm.network, arm.data, choice, engineSettings]);
  if (loaded?.key === key) return loaded;
  await loaded?.model.dispose();
  const engine = await openEngine(choice, engineSettings);
  const data = await loadData(arm.data, { environment: process.env, suiteFolder });
  loaded = { key, engine, model: engine.load(resolvedNetwork(arm.network, arm.networkName)), data };
  return loaded;
}

function send(message: WorkerMessage): void {
  process.send?.(message);
}
