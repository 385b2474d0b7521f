import { type LoadedData, loadData } from "../data/load.ts";
import type { Engine, Model } from "../engine/engine.ts";
import { openEngine } from "../engine/open-engine.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import { metricOf } from "../plugins/planned-plugin.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { PluginMeasurement } from "../spec/suite.types.ts";
import { dataSources } from "./data-sources.ts";
import { hardwareFacts, machineOf } from "./records/provenance.ts";
import { Results } from "./results.ts";
import { openStore } from "./store/store.ts";
import { runTrial } from "./trial/run-trial.ts";
import type { TrialTools } from "./trial/trial-tools.ts";
import type { TrialTask } from "./workers/protocol.ts";

interface Loaded {
  readonly key: string;
  readonly engine: Engine;
  readonly model: Model;
  readonly data: LoadedData;
}

export interface RunnerTools extends Pick<TrialTools, "clock" | "stopping"> {
  readonly now: () => Date;
  /** Told of every file of the store that was damaged; it has been set aside. */
  readonly onDamaged?: (file: string, why: string) => void;
}

/** Runs trials one after the other; the engine, network and data of the last are kept: its sisters mostly need the same. */
export class TaskRunner {
  #loaded: Loaded | undefined;
  #machine: string | undefined;
  readonly #tools: RunnerTools;

  constructor(tools: RunnerTools) {
    this.#tools = tools;
  }

  async run(task: TrialTask, onProgress: TrialTools["onProgress"]): Promise<"done" | "stopped"> {
    const { engine, model, data } = await this.#load(task);
    this.#machine ??= machineOf(await hardwareFacts(), task.engine.device);
    const results = new Results(await openStore(task.store, this.#tools));
    const { suiteFolder: folder } = task;
    const plugins = { folder, metricOf: (measurement: PluginMeasurement) => metricOf(measurement, folder) };
    const own = JSON.stringify(task.trial.arm.data);
    const dataOf = async (trial: PlannedTrial) =>
      JSON.stringify(trial.arm.data) === own ? data : loadTrialData(trial, task);
    const loaded = { machine: this.#machine, engine, model, dataOf };
    return runTrial(task.trial, { ...this.#tools, ...loaded, results, plugins, onProgress });
  }

  async #load(task: TrialTask): Promise<Loaded> {
    const { trial, engine: choice, engineSettings } = task;
    const { arm } = trial;
    const key = JSON.stringify([arm.network, arm.data, choice, engineSettings]);
    if (this.#loaded?.key === key) return this.#loaded;
    // Let go of before the next is loaded: data may fill half of the memory.
    const before = this.#loaded;
    this.#loaded = undefined;
    await before?.model.dispose();
    const engine = await openEngine(choice, engineSettings);
    const data = await loadTrialData(trial, task);
    this.#loaded = { key, engine, model: engine.load(resolvedNetwork(arm.network, arm.networkName)), data };
    return this.#loaded;
  }
}

async function loadTrialData(
  { arm, input }: PlannedTrial,
  { suiteFolder, dataFolder }: Pick<TrialTask, "suiteFolder" | "dataFolder">,
): Promise<LoadedData> {
  const data = await loadData(arm.data, dataSources(suiteFolder, dataFolder));
  if ("plugin" in arm.data) checkSame(data, input.data, arm.data.plugin);
  return data;
}

/**
 * A plugin's data is made anew in each process; results are kept by what it was when the run was planned.
 *
 * @throws ClaimbenchError `plugin-data`.
 */
function checkSame({ files }: LoadedData, planned: unknown, name: string): void {
  const { files: expected } = planned as { readonly files: readonly string[] };
  if (files.every(({ sha256 }, i) => sha256 === expected[i])) return;
  throw new ClaimbenchError("plugin-data", `${name} gives other samples each time it is loaded`);
}
