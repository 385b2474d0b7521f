import { contentKey } from "../plan/content-key.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { KnownTrial } from "./results.ts";

/** Seconds per multiply-add when nothing is known: of one core. */
const GUESS = 1e-10;

/** How long trainings took on the engine that is to compute, by what they were. */
export class TrainingHistory {
  /** Seconds per multiply-add, by group. */
  readonly #rates = new Map<string, number[]>();
  readonly #medians = new Map<string, number>();
  readonly #networks = new WeakMap<object, string>();
  /** Whether a rate was asked for of which nothing is known. */
  guesses = false;

  constructor(known: readonly KnownTrial[]) {
    for (const { describes, value } of known) {
      if (value.state !== "completed" || value.work <= 0) continue;
      const rate = value.trainSeconds / value.work;
      for (const group of this.#groupsOf(describes)) {
        const rates = this.#rates.get(group);
        if (rates) rates.push(rate);
        else this.#rates.set(group, [rate]);
      }
    }
  }

  /** Seconds per estimated multiply-add: the median of trainings like it, as like as there are. */
  secondsPerWork({ input }: PlannedTrial): number {
    for (const group of this.#groupsOf(input)) {
      const median = this.#medians.get(group) ?? this.#median(group);
      if (median === undefined) continue;
      this.#medians.set(group, median);
      return median;
    }
    this.guesses = true;
    return GUESS;
  }

  #median(group: string): number | undefined {
    const rates = this.#rates.get(group)?.toSorted((a, b) => a - b);
    return rates?.[Math.floor(rates.length / 2)];
  }

  /** From the likest to the least alike: same network and batch, same network, same engine. */
  #groupsOf({ network, regime, engine }: Pick<KnownTrial["describes"], "network" | "regime" | "engine">): string[] {
    const where = JSON.stringify([engine.engine, engine.device, engine.machine, engine.threads]);
    const what = this.#networks.get(network.layers) ?? contentKey(network);
    this.#networks.set(network.layers, what);
    return [`${where} ${what} ${regime.batchSize}`, `${where} ${what}`, where];
  }
}
