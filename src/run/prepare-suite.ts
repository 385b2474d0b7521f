import { type DataSources, loadData } from "../data/load.ts";
import { checkSamples } from "../data/samples.ts";
import { inferShapes, type ResolvedNetwork, resolvedNetwork } from "../networks/shapes.ts";
import { trialSize } from "../plan/arm-facts.ts";
import { longestFirst } from "../plan/longest-first.ts";
import { type ArmFacts, type PlannedTrial, planArms, planTrials } from "../plan/plan-trials.ts";
import { trialsOfShard } from "../plan/shard.ts";
import type { SlurmSettings } from "../spec/config.types.ts";
import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { Arm, DataFileFacts, FailedTrial, HardwareFacts, Shard, Suite } from "../spec/run.types.ts";
import { dataSources } from "./data-sources.ts";
import { type ChosenEngine, chooseEngine, type EngineRequest, engineElsewhere } from "./engines/choose-engine.ts";
import { type Placement, place } from "./placement.ts";
import { hardwareFacts, machineOf } from "./records/provenance.ts";
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
  /** Folder to look for data sets in before others. */
  readonly dataFolder?: string;
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
  /** The trials of other seeds, of all arms whose data is here. */
  planSeeds(seeds: readonly number[]): PlannedTrial[];
  /** Those of arms whose data is not here, or that wait for such an arm. */
  readonly absent: readonly FailedTrial[];
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
  const { facts, dataSets, missing } = await inspect(suite, dataSources(options.suiteFolder, options.dataFolder));
  const ready: Suite = { ...suite, arms: suite.arms.filter(({ name }) => facts.has(name)) };
  const settings = { threads: options.threads ?? 0, tensorflowFolder: options.tensorflowFolder };
  // Afterwards, since loading would disturb the timings, and wrong data needs no engine.
  const engine = options.slurm
    ? await engineElsewhere(options.engine, settings)
    : await chooseEngine(options.engine, settings, distinctNetworks(ready), options.signal);
  const machine = await hardwareFacts();
  // Nodes have memory of their own.
  const arms = planArms(ready, facts, options.slurm ? Number.POSITIVE_INFINITY : machine.memoryBytes);
  const largest = Math.max(1, ...arms.map(({ bytes }) => bytes));
  const { device } = engine.choice;
  // One process has the GPU to itself, unless told otherwise.
  const given = device === "cpu" ? options : { workers: 1, ...options };
  const count = Math.max(1, arms.length * suite.seeds.length);
  const placement = options.slurm
    ? slurmPlacement(options.slurm.settings, count, options.threads)
    : place(count, machine, largest, given);
  const identity = {
    ...engine.choice,
    version: engine.facts.version,
    machine: options.slurm ? slurmNodes(options.slurm.settings) : machineOf(machine, device),
    threads: placement.threadsPerWorker,
  };
  const planSeeds = (seeds: readonly number[]) => planTrials(seeds, arms, facts, identity);
  const all = planSeeds(suite.seeds);
  return {
    planSeeds,
    trials: longestFirst(options.shard ? trialsOfShard(all, options.shard) : all),
    absent: suite.seeds.flatMap((seed) =>
      [...missing].map(([arm, reason]) => ({ state: "not-run" as const, arm, seed, reason })),
    ),
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

/**
 * Loads every data set once: checks it against the networks that use it, before anything trains. A data set that is known
 * by name and not here leaves its arms out; files that a suite names must be there.
 */
async function inspect(suite: Suite, sources: DataSources) {
  const files = new Map<string, DataFileFacts>();
  const facts = new Map<string, ArmFacts>();
  const missing = new Map<string, string>();
  for (const arms of armsByData(suite.arms)) {
    const data = await loadData(arms[0].data, sources).catch((error: unknown) => {
      const { data: wanted } = arms[0];
      // The digits come with the package.
      const isOptional = "set" in wanted && wanted.set !== "mnist";
      if (!(error instanceof ClaimbenchError) || error.code !== "data-missing" || !isOptional) throw error;
      // Without the folders that were looked in: a record holds no paths.
      const reason = `the data set ${wanted.set} is not here; ${error.hint ?? "see `claimbench data list`"}`;
      for (const { name } of arms) missing.set(name, reason);
    });
    if (!data) continue;
    for (const file of data.files) files.set(`${file.name} ${file.sha256}`, file);
    for (const arm of arms) {
      const network = resolvedNetwork(arm.network, arm.networkName);
      const inputs = elementCount(network.input);
      const classes = inferShapes(network).at(-1)?.output[0] ?? 0;
      checkSamples(data.train, inputs, classes, `arm ${arm.name}, training data`);
      checkSamples(data.test, inputs, classes, `arm ${arm.name}, test data`);
      const size = trialSize(arm, data.train.count, data.test.count);
      facts.set(arm.name, { ...size, dataFiles: data.files.map(({ sha256 }) => sha256) });
    }
  }
  for (const [name, reason] of waitingForMissing(suite, missing)) {
    missing.set(name, reason);
    facts.delete(name);
  }
  return { facts, missing, dataSets: [...files.values()] };
}

/** The arms that cannot be run without those that are missing, with the reason. */
function waitingForMissing(suite: Suite, missing: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  const reasonOf = ({ regime, measure }: Arm): string | undefined => {
    const others = [
      ...("updatesOf" in regime.stop ? [regime.stop.updatesOf] : []),
      ...(regime.start ? [regime.start.arm] : []),
      ...Object.values(measure).flatMap((measurement) => (measurement.metric === "path" ? [measurement.from] : [])),
    ];
    const other = others.find((name) => missing.has(name) || found.has(name));
    return other && `it waits for ${other}: ${missing.get(other) ?? found.get(other)}`;
  };
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const arm of suite.arms) {
      const reason = missing.has(arm.name) || found.has(arm.name) ? undefined : reasonOf(arm);
      if (reason !== undefined) found.set(arm.name, reason);
    }
  }
  return found;
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
