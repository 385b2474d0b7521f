import type { PlannedTrial } from "../../plan/plan-trials.ts";
import { type TrainingOutcome, type TrainingPause, train, type WarmStart } from "../../train/train.ts";
import type { StoredTrial } from "../results.ts";
import { findOrTrain } from "./find-or-train.ts";
import type { TrialTools } from "./trial-tools.ts";

/** Long epochs are saved within, too. */
const CHECKPOINT_MILLISECONDS = 60_000;

/**
 * Trains from the furthest state in the store, and leaves what comes out there.
 *
 * @param until leave off after this epoch.
 * @returns "stopped" also where it left off after `until`.
 */
export async function trainTrial(
  trial: PlannedTrial,
  tools: TrialTools,
  until = Number.POSITIVE_INFINITY,
): Promise<StoredTrial | "stopped"> {
  const { arm, seed, plan, cost } = trial;
  const { model, results } = tools;
  const data = await tools.dataOf(trial);
  const { optimizer, lastBatch, microBatch, schedule, objective, augment } = arm.regime;
  const last = Math.min(plan.maxEpochs, until);
  const resume = await results.furthest(trial, last);
  const warmStart = await startOf(trial, tools);
  if (warmStart === "stopped") return "stopped";
  const startedAt = tools.clock();
  const seconds = () => (resume?.trainSeconds ?? 0) + (tools.clock() - startedAt) / 1000;
  const outcome = await train({
    model,
    train: data.train,
    test: data.test,
    optimizer,
    plan,
    lastBatch,
    ...(microBatch === undefined ? {} : { microBatch }),
    ...(schedule ? { schedule } : {}),
    ...(objective ? { objective } : {}),
    ...(augment ? { augment } : {}),
    seed,
    ...(warmStart ? { warmStart } : {}),
    ...(resume ? { resume } : {}),
    onPause: savesStates(trial, until, seconds, tools),
    onProgress: (fraction, point) =>
      tools.onProgress({ fraction: (fraction * cost.training) / cost.total, ...(point ? { point } : {}) }),
  });
  if (outcome.state === "stopped") return "stopped";
  const stored = storedTrial(outcome, trial, seconds(), tools);
  await results.saveTrial(trial, stored);
  await results.dropWorking(trial, last);
  return stored;
}

/** Saves the states that the plan keeps, and from time to time one to go on from. */
function savesStates(trial: PlannedTrial, until: number, seconds: () => number, tools: TrialTools) {
  const { results } = tools;
  const last = Math.min(trial.plan.maxEpochs, until);
  let savedAt = tools.clock();
  return async (pause: TrainingPause): Promise<"go on" | "stop"> => {
    const checkpoint = () => ({ ...pause.checkpoint(), trainSeconds: seconds() });
    if (pause.isLast || (pause.endOfEpoch && trial.keep.includes(pause.epoch))) {
      await results.saveIterate(trial, checkpoint());
    }
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
}

function storedTrial(
  outcome: Exclude<TrainingOutcome, { state: "stopped" }>,
  { plan, cost }: PlannedTrial,
  trainSeconds: number,
  { model, machine }: TrialTools,
): StoredTrial {
  if (outcome.state === "diverged") {
    const { update, epoch } = outcome;
    return { ...outcome, reason: `the loss stopped being finite at update ${update} (epoch ${epoch})` };
  }
  const { state, epoch, updates, curve } = outcome;
  const { parameterCount } = model.layout;
  const { batchSize } = plan;
  return { state, parameterCount, batchSize, epoch, updates, curve, trainSeconds, work: cost.training, machine };
}

/** Where a warm start begins; trained now when it is not in the store. */
export async function startOf(
  { arm, seed, source }: PlannedTrial,
  tools: TrialTools,
): Promise<WarmStart | undefined | "stopped"> {
  const { start } = arm.regime;
  if (!start || !source) return undefined;
  const find = () => tools.results.iterate(source.keys.training, start.epoch);
  const found = await findOrTrain(source, find, () => trainTrial(source, tools, start.epoch), tools);
  if (found === "stopped") return found;
  if (found) return { state: found.state, optimizerState: start.optimizerState ?? "fresh" };
  throw new Error(
    `${arm.name} starts from epoch ${start.epoch} of ${start.arm}, which ended before it at seed ${seed}`,
  );
}
