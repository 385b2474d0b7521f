import { type LoadedData, loadData } from "../data/load.ts";
import type { Engine, Model } from "../engine/engine.ts";
import { openEngine } from "../engine/open-engine.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import { metricOf } from "../plugins/planned-plugin.ts";
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
    const loaded = { machine: this.#machine, engine, model, data };
    return runTrial(task.trial, { ...this.#tools, ...loaded, results, plugins, onProgress });
  }

  async #load({ trial, suiteFolder, dataFolder, engine: choice, engineSettings }: TrialTask): Promise<Loaded> {
    const { arm } = trial;
    const key = JSON.stringify([arm.network, arm.data, choice, engineSettings]);
    if (this.#loaded?.key === key) return this.#loaded;
    await this.#loaded?.model.dispose();
    const engine = await openEngine(choice, engineSettings);
    const data = await loadData(arm.data, dataSources(suiteFolder, dataFolder));
    if ("plugin" in arm.data) checkSame(data, trial.input.data, arm.data.plugin);
    this.#loaded = { key, engine, model: engine.load(resolvedNetwork(arm.network, arm.networkName)), data };
    return this.#loaded;
  }
}

/** A plugin's data is made anew in each process; results are kept by what it was when the run was planned. */
function checkSame({ files }: LoadedData, planned: unknown, name: string): void {
  const { files: expected } = planned as { readonly files: readonly string[] };
  if (files.every(({ sha256 }, i) => sha256 === expected[i])) return;
  throw new Error(`${name} gives other samples each time it is loaded`);
}
