import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { Measurement } from "../../spec/suite.types.ts";
import type { Results, StoredMeasurement } from "../results.ts";
import type { Store } from "../store/store.ts";
import { knownTrials, readEntries } from "./known-trials.ts";
import { NearestTrial } from "./nearest-trial.ts";
import { type KnownMeasurement, TrainingHistory } from "./training-history.ts";

/** Read to tell how long others will take. */
const MOST_MEASUREMENTS = 1000;

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

/** Looks up what is in the store of every trial. */
export async function planStatus(trials: readonly PlannedTrial[], results: Results): Promise<PlanStatus> {
  const { store } = results;
  const trained = await knownTrials(store);
  const measurementKeys = await store.keys("measurement");
  const measured = new Set(measurementKeys);
  const history = new TrainingHistory(trained, await knownMeasurements(store, measurementKeys));
  const nearest = new NearestTrial([...trained.values()]);
  const iterates = epochsByTraining(await store.keys("iterate"));
  const checkpoints = new Set(await store.checkpointKeys());
  const found: TrialStatus[] = [];
  for (const trial of trials) {
    const { keys, plan } = trial;
    const known = trained.get(keys.trial)?.value;
    // Of what diverged nothing is measured.
    const wanted = known?.state === "diverged" ? [] : Object.keys(keys.measurements);
    const missing = wanted.filter((name) => !measured.has(keys.measurements[name] ?? ""));
    const measuring = missing.reduce((sum, name) => sum + history.measurementSeconds(trial, name), 0);
    if (known) {
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
    const seconds = measuring + history.trainingSeconds(trial, 1 - epoch / plan.maxEpochs);
    found.push(
      epoch > 0
        ? { trial, state: "resumes", epoch, seconds }
        : { trial, state: "to train", reason: nearest.reason(trial), seconds },
    );
  }
  return { trials: found, rough: history.guesses };
}

/** Some of the store's, the same ones every time; keys are hashes, so that they are of all sorts. */
async function knownMeasurements(store: Store, keys: readonly string[]): Promise<KnownMeasurement[]> {
  const entries = await readEntries(store, "measurement", keys.toSorted().slice(0, MOST_MEASUREMENTS));
  return entries.map(({ describes, value }) => {
    const { trial, measurement } = describes as { trial: string; measurement: Measurement };
    return { trial, measurement, seconds: (value as StoredMeasurement).seconds };
  });
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
