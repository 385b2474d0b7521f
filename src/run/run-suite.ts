import { rm } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { basename, isAbsolute } from "node:path";
import { loadData } from "../data/load.ts";
import { checkSamples } from "../data/samples.ts";
import { choiceName, type EngineChoice } from "../engine/device.ts";
import { parameterLayout } from "../networks/layout.ts";
import { inferShapes, type ResolvedNetwork, resolvedNetwork } from "../networks/shapes.ts";
import { activationCount, forwardWork } from "../networks/work.ts";
import { memoryAdvice } from "../plan/memory-advice.ts";
import { planTraining } from "../plan/training-plan.ts";
import { type TrialSize, trialCost } from "../plan/trial-cost.ts";
import { trialMemory } from "../plan/trial-memory.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import type { Arm, DataFileFacts, RunRecord, Sample, Suite, Trial } from "../spec/run.types.ts";
import { chooseEngine, type EngineRequest } from "./choose-engine.ts";
import type { PlannedTrial, RunListener } from "./listener.ts";
import { place } from "./placement.ts";
import type { TrialTask } from "./protocol.ts";
import { claimbenchFacts, hardwareFacts, operatingSystem } from "./provenance.ts";
import { encodeRecord, makeRunFolder, recordFile, writeReportFile } from "./record-file.ts";
import { runInWorkers } from "./worker-pool.ts";

export interface RunOptions {
  /** Folder that gets <suite>/<run id>/run.json. */
  readonly reportsFolder: string;
  /** Worker processes and threads of each; chosen by the size of the networks when absent. */
  readonly workers?: number;
  readonly threads?: number;
  readonly engine: EngineRequest;
  /** Folder made by `claimbench setup tensorflow`. */
  readonly tensorflowFolder: string;
  /** Command line that repeats the run, for the record. */
  readonly command: string;
  /** Folder that data files in the suite are relative to. */
  readonly suiteFolder: string;
  /** When aborted, what is running is dropped and the record ends with what was finished. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly listener?: RunListener;
}

export interface RunResult {
  readonly record: RunRecord;
  /** reports/<suite>/<run id> */
  readonly folder: string;
}

/**
 * Trains and measures every arm at every seed and writes run.json, anew after each trial: a run that is killed leaves
 * what it had finished.
 *
 * @throws ClaimbenchError before anything trains when data, networks or the reports folder are not usable.
 */
export async function runSuite(
  suite: Suite,
  baseline: PublishedBaseline | undefined,
  options: RunOptions,
): Promise<RunResult> {
  const { listener = {}, signal } = options;
  const startedAt = options.now();
  const published = publishedEntries(suite, baseline);
  const sizes = new Map<string, TrialSize>();
  const settings = { threads: options.threads ?? 0, tensorflowFolder: options.tensorflowFolder };
  const dataSets = await inspect(suite, options, sizes);
  // Afterwards, since loading would disturb the timings, and wrong data needs no engine.
  const { choice, facts } = await chooseEngine(options.engine, settings, distinctNetworks(suite), signal);
  const { tasks, placement } = planTasks(suite, sizes, choice, options);

  const provenance: RunRecord["provenance"] = {
    claimbench: await claimbenchFacts(),
    node: process.version,
    engine: facts,
    hardware: await hardwareFacts(),
    operatingSystem: operatingSystem(),
    ...placement,
    dataSets,
  };
  const { id, folder } = await makeRunFolder(options.reportsFolder, suite.id, startedAt);
  const trials = new Map<string, Trial>();
  const samples = new Map<string, readonly Sample[]>();
  const record = (status: "complete" | "interrupted"): RunRecord => {
    const endedAt = options.now();
    return {
      format: "claimbench-run/1",
      run: {
        id,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        status,
        durationSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
        command: options.command,
      },
      suite: withoutFolders(suite),
      provenance,
      // In the plan's order, whichever worker finished first; what has not ended counts as not run.
      trials: tasks.map((task) => trials.get(trialKey(task)) ?? notRun(task)),
      samples: tasks.flatMap((task) => samples.get(trialKey(task)) ?? []),
      published,
    };
  };
  const file = recordFile(folder);
  const write = async (status: "complete" | "interrupted") => {
    const current = record(status);
    await writeReportFile(file, encodeRecord(current));
    listener.onRecord?.(file);
    return current;
  };
  try {
    await write("interrupted");
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }

  listener.onPlan?.(plannedTrials(tasks), { ...placement, engine: `${choiceName(choice)} (${facts.version})` });
  let writing: Promise<unknown> = Promise.resolve();
  await runInWorkers(tasks, placement.workers, signal, {
    onStart: (task) => listener.onTrialStart?.(trialId(task)),
    onProgress: (task, { kind: _, ...progress }) => listener.onProgress?.(trialId(task), progress),
    onEnd: (task, trial, measured) => {
      trials.set(trialKey(task), trial);
      samples.set(trialKey(task), measured);
      listener.onTrialEnd?.(trial, { finished: trials.size, total: tasks.length });
      // A failed intermediate write is not the end: the last one reports it.
      writing = writing.then(() => write("interrupted")).catch(() => {});
    },
  });
  await writing;
  return { record: await write(signal.aborted ? "interrupted" : "complete"), folder };
}

/** The estimate is rough: a trial is refused when it needs so many times the machine's memory. */
const HOPELESS = 1.5;
/** And memory is named as what may have ended it from this share on. */
const WORTH_A_WORD = 0.25;

/** Loads every data set once: checks it against the networks that use it, before anything trains. */
async function inspect(suite: Suite, options: RunOptions, sizes: Map<string, TrialSize>): Promise<DataFileFacts[]> {
  const files = new Map<string, DataFileFacts>();
  for (const arms of armsByData(suite.arms)) {
    const data = await loadData(arms[0].data, { environment: process.env, suiteFolder: options.suiteFolder });
    for (const file of data.files) files.set(`${file.name} ${file.sha256}`, file);
    for (const arm of arms) {
      const network = resolvedNetwork(arm.network, arm.networkName);
      const inputs = elementCount(network.input);
      const classes = inferShapes(network).at(-1)?.output[0] ?? 0;
      checkSamples(data.train, inputs, classes, `arm ${arm.name}, training data`);
      checkSamples(data.test, inputs, classes, `arm ${arm.name}, test data`);
      sizes.set(arm.name, {
        forwardWork: forwardWork(network),
        parameterCount: parameterLayout(network).parameterCount,
        activationCount: (batch) => activationCount(network, batch),
        features: inputs,
        trainCount: data.train.count,
        testCount: data.test.count,
      });
    }
  }
  return [...files.values()];
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

/** Seed by seed, so that an interrupted run has whole pairs; within a seed the longest first, so that workers end together. */
function planTasks(suite: Suite, sizes: ReadonlyMap<string, TrialSize>, engine: EngineChoice, options: RunOptions) {
  const machine = { cores: availableParallelism(), memoryBytes: totalmem() };
  const arms = suite.arms.map((arm) => {
    const size = sizes.get(arm.name) as TrialSize;
    const plan = planTraining(suite, arm, ({ name }) => sizes.get(name)?.trainCount ?? 0);
    if (plan.batchSize < 1 || plan.batchSize > size.trainCount) {
      throw new ClaimbenchError(
        "batch-size",
        `arm ${arm.name}: a batch of ${arm.regime.batch} is ${plan.batchSize} samples; its training set has ${size.trainCount}`,
      );
    }
    const bytes = trialMemory(arm, plan, size);
    const advice = memoryAdvice(arm, plan, size, machine.memoryBytes);
    if (bytes > HOPELESS * machine.memoryBytes)
      throw new ClaimbenchError("out-of-memory", `arm ${arm.name}: ${advice}`);
    const mayNotFit = bytes > WORTH_A_WORD * machine.memoryBytes;
    return { arm, plan, cost: trialCost(arm, plan, size), bytes, ...(mayNotFit ? { memoryAdvice: advice } : {}) };
  });
  const largest = Math.max(...arms.map(({ bytes }) => bytes));
  // One process has the GPU to itself, unless told otherwise.
  const given = engine.device === "cpu" ? options : { workers: 1, ...options };
  const placement = place(arms.length * suite.seeds.length, machine, largest, given);
  const byCost = arms.toSorted((a, b) => b.cost.total - a.cost.total);
  const tasks: TrialTask[] = suite.seeds.flatMap((seed) =>
    byCost.map(({ arm, plan, cost, memoryAdvice }) => ({
      arm,
      seed,
      plan,
      cost,
      ...(memoryAdvice === undefined ? {} : { memoryAdvice }),
      suiteFolder: options.suiteFolder,
      engine,
      engineSettings: { threads: placement.threadsPerWorker, tensorflowFolder: options.tensorflowFolder },
    })),
  );
  return { tasks, placement };
}

/** A record holds no absolute path: of a data file given by one only the name stays. */
function withoutFolders(suite: Suite): Suite {
  const short = (path: string) => (isAbsolute(path) ? basename(path) : path);
  const arms = suite.arms.map((arm) => {
    if (!("files" in arm.data)) return arm;
    const { train, test } = arm.data.files;
    return { ...arm, data: { files: { train: short(train), test: short(test) } } };
  });
  return { ...suite, arms };
}

function plannedTrials(tasks: readonly TrialTask[]): PlannedTrial[] {
  const work = tasks.reduce((sum, { cost }) => sum + cost.total, 0);
  return tasks.map((task) => ({ ...trialId(task), share: task.cost.total / work }));
}

function trialId({ arm, seed }: TrialTask) {
  return { arm: arm.name, seed };
}

function trialKey(task: TrialTask): string {
  return `${task.arm.name}@${task.seed}`;
}

function notRun(task: TrialTask): Trial {
  return { state: "not-run", ...trialId(task), reason: "the run ended before it" };
}
