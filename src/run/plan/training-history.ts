import { contentKey } from "../../plan/content-key.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { Measurement } from "../../spec/suite.types.ts";
import type { KnownTrial } from "../results.ts";

/** Seconds per multiply-add when nothing is known: of one core. */
const GUESS = 1e-10;

type Described = Pick<KnownTrial["describes"], "network" | "data" | "regime" | "engine">;

/** A measurement of the store. */
export interface KnownMeasurement {
  /** Key of its trial. */
  readonly trial: string;
  readonly measurement: Measurement;
  readonly seconds: number;
}

/** How long trainings and measurements took on the engine that is to compute, by what they were. */
export class TrainingHistory {
  readonly #trainings = new Medians();
  readonly #measurements = new Medians();
  readonly #keys = new WeakMap<object, string>();
  /** Whether a time was asked for of which nothing is known. */
  guesses = false;

  /** @param trials by key. */
  constructor(trials: ReadonlyMap<string, KnownTrial>, measurements: readonly KnownMeasurement[] = []) {
    for (const { describes, value } of trials.values()) {
      if (value.state !== "completed" || value.work <= 0) continue;
      for (const group of this.#groupsOf(describes)) this.#trainings.add(group, value.trainSeconds / value.work);
    }
    for (const { trial, measurement, seconds } of measurements) {
      const known = trials.get(trial);
      if (known) this.#measurements.add(this.#measurementGroup(known.describes, measurement), seconds);
    }
  }

  /** Of a whole training, or so much of it. */
  trainingSeconds(trial: PlannedTrial, share = 1): number {
    return trial.cost.training * share * this.#secondsPerWork(trial);
  }

  /** Of the same measurement at the same network and data; where there is none, by its estimated work. */
  measurementSeconds(trial: PlannedTrial, name: string): number {
    const measurement = trial.arm.measure[name];
    const known = measurement && this.#measurements.of(this.#measurementGroup(trial.input, measurement));
    if (known !== undefined) return known;
    const work = trial.cost.measuring[name] ?? 0;
    return work === 0 ? 0 : work * this.#secondsPerWork(trial);
  }

  /** Seconds per estimated multiply-add: the median of trainings like it, as like as there are. */
  #secondsPerWork({ input }: PlannedTrial): number {
    for (const group of this.#groupsOf(input)) {
      const median = this.#trainings.of(group);
      if (median !== undefined) return median;
    }
    this.guesses = true;
    return GUESS;
  }

  /** From the likest to the least alike: same network and batch, same network, same engine. */
  #groupsOf({ network, regime, engine }: Described): string[] {
    const where = whereOf(engine);
    const what = this.#keyOf(network.layers, network);
    return [`${where} ${what} ${regime.batchSize}`, `${where} ${what}`, where];
  }

  #measurementGroup({ network, data, engine }: Described, measurement: Measurement): string {
    const what = this.#keyOf(network.layers, network);
    return `${whereOf(engine)} ${what} ${JSON.stringify(data)} ${this.#keyOf(measurement, measurement)}`;
  }

  /** @param object stands for the value while it lives: many trials share it. */
  #keyOf(object: object, value: unknown): string {
    const known = this.#keys.get(object);
    if (known !== undefined) return known;
    const key = contentKey(value);
    this.#keys.set(object, key);
    return key;
  }
}

function whereOf({ engine, device, machine, threads }: Described["engine"]): string {
  return JSON.stringify([engine, device, machine, threads]);
}

/** The median of each of many groups; of an even number the greater of the two in the middle. */
class Medians {
  readonly #values = new Map<string, number[]>();
  readonly #medians = new Map<string, number>();

  add(group: string, value: number): void {
    const values = this.#values.get(group);
    if (values) values.push(value);
    else this.#values.set(group, [value]);
    this.#medians.delete(group);
  }

  of(group: string): number | undefined {
    const known = this.#medians.get(group);
    if (known !== undefined) return known;
    const sorted = this.#values.get(group)?.toSorted((a, b) => a - b);
    const median = sorted?.[Math.floor(sorted.length / 2)];
    if (median !== undefined) this.#medians.set(group, median);
    return median;
  }
}
