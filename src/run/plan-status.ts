import type { PlannedTrial } from "../plan/plan-trials.ts";
import { TrainingHistory } from "./history.ts";
import { NearestTrial } from "./nearest-trial.ts";
import type { KnownTrial, Results } from "./results.ts";

/** What a run would do about a trial. */
export type TrialStatus = {
  readonly trial: PlannedTrial;
  /** What is left of it, estimated. */
  readonly seconds: number;
} & (
  | { readonly state: "stored" }
  /** Trained; these measurements are not in the store. */
  | { readonly state: "to measure"; readonly measurements: readonly string[] }
  /** It goes on after this epoch. */
  | { readonly state: "resumes"; readonly epoch: number }
  | { readonly state: "to train"; readonly reason: string }
);

export interface PlanStatus {
  readonly trials: readonly TrialStatus[];
  /** Whether the seconds are only of the usual order, for want of trials in the store. */
  readonly rough: boolean;
}

/** Looks up what is in the store of every trial; of its files only those of trained trials are opened, once. */
export async function planStatus(trials: readonly PlannedTrial[], results: Results): Promise<PlanStatus> {
  const { store } = results;
  const trained = await results.knownTrials();
  const known: readonly KnownTrial[] = [...trained.values()];
  const history = new TrainingHistory(known);
  const nearest = new NearestTrial(known);
  const measured = new Set(await store.keys("measurement"));
  const iterates = epochsByTraining(await store.keys("iterate"));
  const checkpoints = new Set(await store.checkpointKeys());
  const found: TrialStatus[] = [];
  for (const trial of trials) {
    const { keys, plan, cost } = trial;
    const rate = history.secondsPerWork(trial);
    const missing = Object.keys(keys.measurements).filter((name) => !measured.has(keys.measurements[name] ?? ""));
    const measuring = missing.reduce((sum, name) => sum + (cost.measuring[name] ?? 0), 0) * rate;
    if (trained.has(keys.trial)) {
      found.push(
        missing.length === 0
          ? { trial, state: "stored", seconds: 0 }
          : { trial, state: "to measure", measurements: missing, seconds: measuring },
      );
      continue;
    }
    const working = checkpoints.has(keys.training) ? await results.furthest(trial, plan.maxEpochs) : undefined;
    const kept = (iterates.get(keys.training) ?? []).filter((epoch) => epoch <= plan.maxEpochs);
    const epoch = Math.max(0, working?.epoch ?? 0, ...kept);
    const seconds = measuring + cost.training * rate * (1 - epoch / plan.maxEpochs);
    found.push(
      epoch > 0
        ? { trial, state: "resumes", epoch, seconds }
        : { trial, state: "to train", reason: nearest.reason(trial), seconds },
    );
  }
  return { trials: found, rough: history.guesses };
}

function epochsByTraining(keys: readonly string[]): Map<string, number[]> {
  const epochs = new Map<string, number[]>();
  for (const key of keys) {
    const at = key.lastIndexOf("-");
    const training = key.slice(0, at);
    epochs.set(training, [...(epochs.get(training) ?? []), Number(key.slice(at + 1))]);
  }
  return epochs;
}
