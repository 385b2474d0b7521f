import type { PlannedTrial } from "../plan/plan-trials.ts";
import { endOf, type TrainingInput } from "../plan/training-input.ts";
import { endsAtLoss, type TrainingPlan } from "../plan/training-plan.ts";
import type { CurvePoint, Sample, Trial } from "../spec/run.types.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../train/checkpoint.ts";
import type { Store } from "./store/store.ts";

/** How a training ended, as the store keeps it. */
export type StoredTrial =
  | {
      readonly state: "completed";
      readonly parameterCount: number;
      readonly batchSize: number;
      /** Epochs trained; its minimiser is the training's state after them. */
      readonly epoch: number;
      readonly updates: number;
      readonly curve: readonly CurvePoint[];
      readonly trainSeconds: number;
      /** The processor or GPU that trained it. */
      readonly machine: string;
      /** Estimated work, to tell how long others will take. */
      readonly work: number;
    }
  | {
      readonly state: "diverged";
      readonly update: number;
      readonly epoch: number;
      readonly curve: readonly CurvePoint[];
      readonly reason: string;
    };

export type CompletedTraining = Extract<StoredTrial, { state: "completed" }>;

/** A trial of the store, with what its key was made from. */
export interface KnownTrial {
  readonly describes: TrainingInput & Pick<TrainingPlan, "maxEpochs" | "trainLoss" | "plateau">;
  readonly value: StoredTrial;
}

/** Samples of one measurement at one trial, whatever arm and measurement are called. */
export interface StoredMeasurement {
  readonly samples: readonly StoredSample[];
  readonly seconds: number;
}

type Unnamed<T> = T extends unknown ? Omit<T, "arm" | "seed" | "measurement"> : never;
export type StoredSample = Unnamed<Sample>;

/** What trials leave in the store, by their keys. */
export class Results {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  async trial({ keys }: PlannedTrial): Promise<StoredTrial | undefined> {
    return (await this.store.get("trial", keys.trial))?.value as StoredTrial | undefined;
  }

  async saveTrial(planned: PlannedTrial, trial: StoredTrial): Promise<void> {
    await this.store.put("trial", planned.keys.trial, { describes: describesTrial(planned), value: trial });
  }

  async measurement({ keys }: PlannedTrial, name: string): Promise<StoredMeasurement | undefined> {
    const key = keys.measurements[name];
    return key === undefined
      ? undefined
      : ((await this.store.get("measurement", key))?.value as StoredMeasurement | undefined);
  }

  async saveMeasurement({ keys, arm }: PlannedTrial, name: string, measured: StoredMeasurement): Promise<void> {
    const describes = { trial: keys.trial, measurement: arm.measure[name] };
    await this.store.put("measurement", keys.measurements[name] ?? "", { describes, value: measured });
  }

  /** A training's state after an epoch. */
  async iterate(training: string, epoch: number): Promise<Checkpoint | undefined> {
    const entry = await this.store.get("iterate", iterateKey(training, epoch));
    if (!entry) return undefined;
    const bytes = await this.store.readObject(entry, "state");
    return bytes && decodeCheckpoint(bytes, `iterate ${epoch} of training ${training}`);
  }

  async saveIterate({ keys }: PlannedTrial, checkpoint: Checkpoint): Promise<void> {
    const { epoch } = checkpoint;
    await this.store.put("iterate", iterateKey(keys.training, epoch), {
      describes: { training: keys.training, epoch },
      objects: { state: { bytes: encodeCheckpoint(checkpoint), extension: "safetensors" } },
    });
  }

  /**
   * The furthest state that a trial can go on from: an earlier run's, or of a shorter training.
   *
   * @param until no further than after this epoch.
   */
  async furthest({ keys, plan }: PlannedTrial, until: number): Promise<Checkpoint | undefined> {
    const last = Math.min(plan.maxEpochs, until);
    const usable = (found: Checkpoint | undefined): found is Checkpoint =>
      found !== undefined &&
      found.epoch + Math.sign(found.visited) <= last &&
      found.curve.every(({ epoch }) => mayEndAt(found, epoch) || !endsAtLoss(plan, lossesUntil(found.curve, epoch)));
    const working = (await this.#working(`${keys.training}.${last}`)) ?? (await this.#working(keys.training));
    let best = usable(working) ? working : undefined;
    for (const epoch of (await this.#keptEpochs(keys.training)).toReversed()) {
      if (epoch > last || (best && epoch <= best.epoch)) continue;
      const kept = await this.iterate(keys.training, epoch);
      if (usable(kept)) best = kept;
      if (best) break;
    }
    return best;
  }

  /**
   * Overwritten again and again while a training goes on; a damaged one counts as none. A shorter training leaves alone that
   * of a longer one.
   *
   * @param until the epoch it is trained to.
   */
  async saveWorking({ keys }: PlannedTrial, until: number, checkpoint: Checkpoint): Promise<void> {
    await this.store.saveCheckpoint(`${keys.training}.${until}`, encodeCheckpoint(checkpoint));
  }

  async dropWorking({ keys }: PlannedTrial, until: number): Promise<void> {
    await this.store.removeCheckpoint(`${keys.training}.${until}`);
  }

  /** Epochs of a training whose state is in the store, ascending. */
  async #keptEpochs(training: string): Promise<number[]> {
    const keys = await this.store.keys("iterate", `${training}-`);
    return keys.map((key) => Number(key.slice(training.length + 1))).toSorted((a, b) => a - b);
  }

  /** @param key of a training, and perhaps the epoch it is trained to. */
  async #working(key: string): Promise<Checkpoint | undefined> {
    const bytes = await this.store.readCheckpoint(key);
    return bytes && decodeCheckpoint(bytes, `checkpoint ${key}`);
  }
}

/** Training losses after the epochs up to one. */
function lossesUntil(curve: readonly CurvePoint[], last: number): number[] {
  return curve.filter(({ epoch }) => epoch > 0 && epoch <= last).map(({ trainLoss }) => trainLoss);
}

/** Whether a training that goes on from a state may as well end there: not when the next epoch has begun. */
function mayEndAt({ epoch, visited }: Checkpoint, end: number): boolean {
  return end === epoch && visited === 0;
}

/** What a trial's key is made from. */
export function describesTrial({ plan, input }: PlannedTrial): object {
  return { ...input, ...endOf(plan) };
}

function iterateKey(training: string, epoch: number): string {
  return `${training}-${epoch}`;
}

/**
 * A trial as a record tells it, with its samples; undefined while something of it is missing.
 *
 * @param here the record's own processor or GPU.
 */
export async function collectTrial(
  results: Results,
  planned: PlannedTrial,
  here: string,
): Promise<{ trial: Trial; samples: Sample[] } | undefined> {
  const { arm, seed } = planned;
  const identity = { arm: arm.name, seed };
  const stored = await results.trial(planned);
  if (!stored) return undefined;
  if (stored.state === "diverged") {
    const samples = Object.keys(arm.measure).map((measurement) => ({
      ...identity,
      measurement,
      absent: stored.reason,
    }));
    return { trial: { ...identity, ...stored, curve: [...stored.curve] }, samples };
  }
  const samples: Sample[] = [];
  let measureSeconds = 0;
  for (const measurement of Object.keys(arm.measure)) {
    const found = await results.measurement(planned, measurement);
    if (!found) return undefined;
    samples.push(...found.samples.map((sample): Sample => ({ ...identity, measurement, ...sample })));
    measureSeconds += found.seconds;
  }
  const { epoch: _, work: _work, machine, curve, ...rest } = stored;
  const elsewhere = machine === here ? {} : { machine };
  return { trial: { ...identity, ...rest, ...elsewhere, curve: [...curve], measureSeconds }, samples };
}
