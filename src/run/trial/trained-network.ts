import type { Samples } from "../../data/samples.ts";
import type { Model, Trainer, TrainingState } from "../../engine/engine.ts";
import type { TrialToMeasure } from "../../measure/measure-trial.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import { plannedOptimizer } from "../../plan/training-plan.ts";
import { generator } from "../../train/seeds.ts";
import type { CompletedTraining } from "../results.ts";
import { startOf, trainTrial } from "./train-trial.ts";
import type { TrialTools } from "./trial-tools.ts";

export type TrainedNetwork = Omit<TrialToMeasure, "otherEnd">;

/** The trained network; trained again when its minimiser is no longer in the store. */
export async function trainedNetwork(
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
