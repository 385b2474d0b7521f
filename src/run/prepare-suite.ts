import { loadData } from "../data/load.ts";
import { checkSamples } from "../data/samples.ts";
import { parameterLayout } from "../networks/layout.ts";
import { inferShapes, type ResolvedNetwork, resolvedNetwork } from "../networks/shapes.ts";
import { activationCount, forwardWork } from "../networks/work.ts";
import { longestFirst } from "../plan/longest-first.ts";
import { type ArmFacts, type PlannedTrial, planArms, planTrials } from "../plan/plan-trials.ts";
import { trialsOfShard } from "../plan/shard.ts";
import type { SlurmSettings } from "../spec/config.types.ts";
import { elementCount } from "../spec/element-count.ts";
import type { Arm, DataFileFacts, HardwareFacts, Shard, Suite } from "../spec/run.types.ts";
import { type ChosenEngine, chooseEngine, type EngineRequest, engineElsewhere } from "./choose-engine.ts";
import { type Placement, place } from "./placement.ts";
import { hardwareFacts, machineOf } from "./provenance.ts";
import type { Slurm } from "./slurm/slurm.ts";

export interface PrepareOptions {
  /** Worker processes and threads of each; chosen by the size of the networks when absent. */
  readonly workers?: number;
  readonly threads?: number;
  readonly engine: EngineRequest;
  /** Folder made by `claimbench setup tensorflow`. */
  readonly tensorflowFolder: string;
  /** Folder that data files in the suite are relative to. */
  readonly suiteFolder: string;
  /** What to run of the suite; all of it when absent. */
  readonly shard?: Shard;
  readonly signal: AbortSignal;
  /** Slurm, where trials are to run as its jobs, and what each of them asks for. */
  readonly slurm?: { readonly client: Slurm; readonly settings: SlurmSettings };
}

/** A suite with all that its trials will need, looked at and decided on. */
export interface PreparedSuite {
  /** In the order they are to be started in. */
  readonly trials: readonly PlannedTrial[];
  readonly engine: ChosenEngine;
  readonly placement: Placement;
  readonly dataSets: readonly DataFileFacts[];
  readonly hardware: HardwareFacts;
}

/**
 * Looks at data, networks and engine and plans every trial; nothing trains.
 *
 * @throws ClaimbenchError when one of them is not usable.
 */
export async function prepareSuite(suite: Suite, options: PrepareOptions): Promise<PreparedSuite> {
  const { facts, dataSets } = await inspect(suite, options.suiteFolder);
  const settings = { threads: options.threads ?? 0, tensorflowFolder: options.tensorflowFolder };
  // Afterwards, since loading would disturb the timings, and wrong data needs no engine.
  const engine = options.slurm
    ? await engineElsewhere(options.engine, settings)
    : await chooseEngine(options.engine, settings, distinctNetworks(suite), options.signal);
  const machine = await hardwareFacts();
  // Nodes have memory of their own.
  const arms = planArms(suite, facts, options.slurm ? Number.POSITIVE_INFINITY : machine.memoryBytes);
  const largest = Math.max(...arms.map(({ bytes }) => bytes));
  const { device } = engine.choice;
  // One process has the GPU to itself, unless told otherwise.
  const given = device === "cpu" ? options : { workers: 1, ...options };
  const count = arms.length * suite.seeds.length;
  const placement = options.slurm
    ? slurmPlacement(options.slurm.settings, count, options.threads)
    : place(count, machine, largest, given);
  const identity = {
    ...engine.choice,
    version: engine.facts.version,
    machine: options.slurm ? slurmNodes(options.slurm.settings) : machineOf(machine, device),
    threads: placement.threadsPerWorker,
  };
  const all = planTrials(suite.seeds, arms, facts, identity);
  return {
    trials: longestFirst(options.shard ? trialsOfShard(all, options.shard) : all),
    engine,
    placement,
    dataSets,
    hardware: machine,
  };
}

function slurmPlacement(
  { throttle, cpusPerTask }: SlurmSettings,
  trials: number,
  threads: number | undefined,
): Placement {
  return { workers: Math.min(throttle ?? trials, trials), threadsPerWorker: threads ?? cpusPerTask ?? 1 };
}

/** The nodes that Slurm may choose from, which are taken for equal; each trial says what it ran on. */
function slurmNodes({ partition, constraint, gres }: SlurmSettings): string {
  return ["Slurm", partition, constraint, gres].filter(Boolean).join(" ");
}

/** Loads every data set once: checks it against the networks that use it, before anything trains. */
async function inspect(suite: Suite, suiteFolder: string) {
  const files = new Map<string, DataFileFacts>();
  const facts = new Map<string, ArmFacts>();
  for (const arms of armsByData(suite.arms)) {
    const data = await loadData(arms[0].data, { environment: process.env, suiteFolder });
    for (const file of data.files) files.set(`${file.name} ${file.sha256}`, file);
    for (const arm of arms) {
      const network = resolvedNetwork(arm.network, arm.networkName);
      const inputs = elementCount(network.input);
      const classes = inferShapes(network).at(-1)?.output[0] ?? 0;
      checkSamples(data.train, inputs, classes, `arm ${arm.name}, training data`);
      checkSamples(data.test, inputs, classes, `arm ${arm.name}, test data`);
      facts.set(arm.name, {
        forwardWork: forwardWork(network),
        parameterCount: parameterLayout(network).parameterCount,
        activationCount: (batch) => activationCount(network, batch),
        features: inputs,
        trainCount: data.train.count,
        testCount: data.test.count,
        dataFiles: data.files.map(({ sha256 }) => sha256),
      });
    }
  }
  return { facts, dataSets: [...files.values()] };
}

function distinctNetworks({ arms }: Suite): ResolvedNetwork[] {
  const networks = new Map(arms.map(({ network, networkName }) => [JSON.stringify(network), { network, networkName }]));
  return [...networks.values()].map(({ network, networkName }) => resolvedNetwork(network, networkName));
}

function armsByData(arms: readonly Arm[]): [Arm, ...Arm[]][] {
  const groups = new Map<string, [Arm, ...Arm[]]>();
  for (const arm of arms) {
    const key = JSON.stringify(arm.data);
    const group = groups.get(key);
    if (group) group.push(arm);
    else groups.set(key, [arm]);
  }
  return [...groups.values()];
}
