import type { LoadedData } from "../data/load.ts";
import type { Samples } from "../data/samples.ts";
import type { Engine, Model, Trainer, TrainingState } from "../engine/engine.ts";
import { measureTrial, type TrialToMeasure } from "../measure/measure-trial.ts";
import type { PluginMetrics } from "../measure/plugin-metric.ts";
import { measuredEpochs } from "../plan/measured-epochs.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import { plannedOptimizer } from "../plan/training-plan.ts";
import type { CurvePoint } from "../spec/run.types.ts";
import type { Measurement } from "../spec/suite.types.ts";
import { generator } from "../train/seeds.ts";
import { type TrainingPause, train, type WarmStart } from "../train/train.ts";
import type { Results, StoredTrial } from "./results.ts";

export interface TrialTools {
  readonly engine: Engine;
  readonly model: Model;
  /** What a trial trains on: its own or, where another arm's training has to be made up for, that arm's. */
  dataOf(trial: PlannedTrial): Promise<LoadedData>;
  readonly results: Results;
  readonly plugins: PluginMetrics;
  /** The processor or GPU here. */
  readonly machine: string;
  /** Milliseconds since some fixed time. */
  clock(): number;
  onProgress(progress: { fraction: number; point?: CurvePoint; measuring?: string }): void;
  /** Whether to leave off as soon as what was done is safe. */
  stopping(): boolean;
}

/**
 * Trains a trial from the furthest state that is in the store, measures what has not been measured, and leaves all of it in
 * the store. Nobody else runs it, or a trial that shares its training, at the same time.
 *
 * @returns "stopped" when it left off before its end.
 */
export async function runTrial(trial: PlannedTrial, tools: TrialTools): Promise<"done" | "stopped"> {
  const lease = await tools.results.store.lease(trial.keys.training, tools.stopping);
  if (!lease) return "stopped";
  try {
    const stored = (await tools.results.trial(trial)) ?? (await trainTrial(trial, tools));
    if (stored === "stopped") return "stopped";
    return stored.state === "diverged" ? "done" : await measureMissing(trial, stored, tools);
  } finally {
    await lease.release();
  }
}

/** @param until leave off after this epoch. */
async function trainTrial(
  trial: PlannedTrial,
  tools: TrialTools,
  until = Number.POSITIVE_INFINITY,
): Promise<StoredTrial | "stopped"> {
  const { arm, seed, plan, cost, keep } = trial;
  const { model, results } = tools;
  const data = await tools.dataOf(trial);
  const { regime } = arm;
  const last = Math.min(plan.maxEpochs, until);
  const resume = await results.furthest(trial, last);
  const startedAt = tools.clock();
  const seconds = () => (resume?.trainSeconds ?? 0) + (tools.clock() - startedAt) / 1000;
  let savedAt = startedAt;
  const onPause = async (pause: TrainingPause) => {
    const checkpoint = () => ({ ...pause.checkpoint(), trainSeconds: seconds() });
    const isKept = pause.isLast || (pause.endOfEpoch && keep.includes(pause.epoch));
    if (isKept) await results.saveIterate(trial, checkpoint());
    if (pause.endOfEpoch && pause.epoch === until) {
      await results.dropWorking(trial, last);
      return "stop";
    }
    const stop = tools.stopping();
    const late = tools.clock() - savedAt > CHECKPOINT_MILLISECONDS;
    if (stop || late || (pause.endOfEpoch && pause.epoch > 0)) {
      savedAt = tools.clock();
      await results.saveWorking(trial, last, checkpoint());
    }
    return stop ? "stop" : "go on";
  };
  const warmStart = await startOf(trial, tools);
  if (warmStart === "stopped") return "stopped";
  const outcome = await train({
    model,
    train: data.train,
    test: data.test,
    optimizer: regime.optimizer,
    plan,
    lastBatch: regime.lastBatch,
    ...(regime.microBatch === undefined ? {} : { microBatch: regime.microBatch }),
    ...(regime.schedule ? { schedule: regime.schedule } : {}),
    ...(regime.objective ? { objective: regime.objective } : {}),
    ...(regime.augment ? { augment: regime.augment } : {}),
    seed,
    ...(warmStart ? { warmStart } : {}),
    ...(resume ? { resume } : {}),
    onPause,
    onProgress: (fraction, point) =>
      tools.onProgress({ fraction: (fraction * cost.training) / cost.total, ...(point ? { point } : {}) }),
  });
  if (outcome.state === "stopped") return "stopped";
  const stored: StoredTrial =
    outcome.state === "diverged"
      ? { ...outcome, reason: `the loss stopped being finite at update ${outcome.update} (epoch ${outcome.epoch})` }
      : {
          state: "completed",
          parameterCount: model.layout.parameterCount,
          batchSize: plan.batchSize,
          epoch: outcome.epoch,
          updates: outcome.updates,
          curve: outcome.curve,
          trainSeconds: seconds(),
          work: cost.training,
          machine: tools.machine,
        };
  await results.saveTrial(trial, stored);
  await results.dropWorking(trial, last);
  return stored;
}

/** Long epochs are saved within, too. */
const CHECKPOINT_MILLISECONDS = 60_000;

/** Where a warm start begins; trained now when it is not in the store. */
async function startOf(
  { arm, seed, source }: PlannedTrial,
  tools: TrialTools,
): Promise<WarmStart | undefined | "stopped"> {
  const { start } = arm.regime;
  if (!start || !source) return undefined;
  const { results } = tools;
  const find = () => results.iterate(source.keys.training, start.epoch);
  let found = await find();
  if (!found) {
    const lease = await results.store.lease(source.keys.training, tools.stopping);
    if (!lease) return "stopped";
    try {
      found = (await find()) ?? ((await trainTrial(source, tools, start.epoch)) && (await find()));
    } finally {
      await lease.release();
    }
  }
  if (found) return { state: found.state, optimizerState: start.optimizerState ?? "fresh" };
  if (tools.stopping()) return "stopped";
  throw new Error(
    `${arm.name} starts from epoch ${start.epoch} of ${start.arm}, which ended before it at seed ${seed}`,
  );
}

async function measureMissing(
  trial: PlannedTrial,
  stored: CompletedTraining,
  tools: TrialTools,
): Promise<"done" | "stopped"> {
  const { arm, cost } = trial;
  let trained: TrainedNetwork | "stopped" | undefined;
  let done = cost.training;
  for (const [name, measurement] of Object.entries(arm.measure)) {
    if (tools.stopping()) return "stopped";
    tools.onProgress({ fraction: done / cost.total, measuring: name });
    done += cost.measuring[name] ?? 0;
    if (await tools.results.measurement(trial, name)) continue;
    trained ??= await trainedNetwork(trial, stored, tools);
    if (trained === "stopped") return "stopped";
    const end = await otherEnd(trial, name, tools);
    if (end === "stopped") return "stopped";
    const iterates = await iteratesAlong(trial, measurement, stored, tools);
    if (iterates === "stopped") return "stopped";
    const startedAt = tools.clock();
    const samples = await measureTrial({ ...trained, ...end }, name, measurement);
    for (const { at, iterate } of iterates) {
      if (tools.stopping()) return "stopped";
      // Its last one is the minimiser, which was measured.
      const along = iterate ? await measureTrial({ ...trained, ...iterate }, name, measurement) : samples;
      samples.push(...along.filter((sample) => sample.at === undefined).map((sample) => ({ ...sample, at })));
    }
    await tools.results.saveMeasurement(trial, name, {
      samples: samples.map(({ arm: _arm, seed: _seed, measurement: _name, ...sample }) => sample),
      seconds: (tools.clock() - startedAt) / 1000,
    });
  }
  return "done";
}

type CompletedTraining = StoredTrial & { state: "completed" };

/** The minimiser that a measurement needs of another trial, trained now when it is not in the store; none that diverged. */
async function otherEnd(
  { ends }: PlannedTrial,
  measurement: string,
  tools: TrialTools,
): Promise<{ otherEnd?: Float32Array } | "stopped"> {
  const other = ends[measurement];
  if (!other) return {};
  const { results } = tools;
  const find = async () => {
    const stored = await results.trial(other);
    if (stored?.state !== "completed") return stored;
    return (await results.iterate(other.keys.training, stored.epoch))?.state.theta;
  };
  let found = await find();
  if (!found) {
    const lease = await results.store.lease(other.keys.training, tools.stopping);
    if (!lease) return "stopped";
    try {
      found = await find();
      if (!found && (await trainTrial(other, tools)) === "stopped") return "stopped";
      found ??= await find();
    } finally {
      await lease.release();
    }
  }
  return found instanceof Float32Array ? { otherEnd: found } : {};
}

interface Iterate {
  readonly minimiser: Float32Array;
  readonly running: Float32Array;
}

/**
 * The states along a training that a measurement is for. Those that an earlier run did not keep are trained anew.
 *
 * @returns by epoch; without a state where that is the minimiser.
 */
async function iteratesAlong(
  trial: PlannedTrial,
  measurement: Measurement,
  { epoch: last }: CompletedTraining,
  tools: TrialTools,
): Promise<{ readonly at: number; readonly iterate?: Iterate }[] | "stopped"> {
  if (!("everyEpochs" in measurement) || measurement.everyEpochs === undefined) return [];
  const { results } = tools;
  const along: { at: number; iterate?: Iterate }[] = [];
  for (const at of measuredEpochs(measurement.everyEpochs, last)) {
    if (at === last) {
      along.push({ at });
      continue;
    }
    const find = () => results.iterate(trial.keys.training, at);
    let found = await find();
    if (!found) {
      await trainTrial(trial, tools, at);
      found = await find();
    }
    if (!found && tools.stopping()) return "stopped";
    if (!found) throw new Error(`epoch ${at} of ${trial.arm.name} seed ${trial.seed} is not in the store`);
    along.push({ at, iterate: { minimiser: found.state.theta, running: found.state.running } });
  }
  return along;
}

type TrainedNetwork = Omit<TrialToMeasure, "otherEnd">;

/** The trained network; trained again when its minimiser is no longer in the store. */
async function trainedNetwork(
  trial: PlannedTrial,
  { epoch, curve, updates }: CompletedTraining,
  tools: TrialTools,
): Promise<TrainedNetwork | "stopped"> {
  const { arm, seed, keys, plan } = trial;
  const { engine, model, results } = tools;
  const data = await tools.dataOf(trial);
  const find = () => results.iterate(keys.training, epoch);
  let found = await find();
  if (!found) {
    if ((await trainTrial(trial, tools)) === "stopped") return "stopped";
    found = await find();
  }
  const warm = await startOf(trial, tools);
  if (warm === "stopped") return "stopped";
  if (!found) throw new Error(`the minimiser of ${arm.name} seed ${seed} is not in the store`);
  const { theta: minimiser, running } = found.state;
  return {
    engine,
    model,
    arm: arm.name,
    seed,
    train: data.train,
    test: data.test,
    batchSize: plan.batchSize,
    updates,
    start: warm?.state.theta ?? model.initialise(generator("start", seed)),
    minimiser,
    running,
    curve,
    plugins: tools.plugins,
    step: stepOf(trial, minimiser, model, data.train),
    random: (purpose) => generator(purpose, seed),
  };
}

/** Makes updates of a trial's regime, from its minimiser on, on the first samples. */
function stepOf({ arm, plan, seed }: PlannedTrial, minimiser: Float32Array, model: Model, samples: Samples) {
  const { optimizer, microBatch, objective } = arm.regime;
  const indices = Int32Array.from({ length: plan.batchSize }, (_, i) => i);
  let running: { trainer: Trainer; state: TrainingState } | undefined;
  return async () => {
    if (!running) {
      const trainer = model.trainer(samples, plannedOptimizer(optimizer, plan), generator("dropout", seed), {
        ...(microBatch === undefined ? {} : { microBatch }),
        ...(objective ? { objective } : {}),
      });
      running = { trainer, state: trainer.start(minimiser) };
    }
    await running.trainer.update(running.state, indices, plan.batchSize);
  };
}
