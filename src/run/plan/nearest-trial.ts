import { contentKey } from "../../plan/content-key.ts";
import { type Difference, differences } from "../../plan/differences.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import { describesTrial, type KnownTrial } from "../results.ts";

/** Of one network at one seed. */
const MOST_COMPARED = 200;
const MOST_DIFFERENCES = 5;
const MOST_TOLD = 3;

type Compared = Omit<KnownTrial["describes"], "network">;

/** Says why a trial is not in the store: by what it differs from the one that is most like it. */
export class NearestTrial {
  /** By network, then by seed. */
  readonly #known = new Map<string, Map<number, Compared[]>>();
  /** Trials of one network mostly share its object. */
  readonly #networks = new WeakMap<object, string>();

  constructor(known: readonly Pick<KnownTrial, "describes">[]) {
    for (const { describes } of known) {
      // Equal, as the key says.
      const { network, ...compared } = describes;
      const key = this.#keyOf(network);
      const bySeed = this.#known.get(key) ?? new Map<number, Compared[]>();
      this.#known.set(key, bySeed);
      const sisters = bySeed.get(compared.seed);
      if (sisters) sisters.push(compared);
      else bySeed.set(compared.seed, [compared]);
    }
  }

  /** "regime.batchSize 256 → 128" */
  reason(trial: PlannedTrial): string {
    const bySeed = this.#known.get(this.#keyOf(trial.input.network));
    const nearest = bySeed && fewestDifferences(bySeed, trial);
    if (!nearest) return "nothing like it is in the store";
    const isOtherSeed = nearest.some(({ path }) => path === "seed");
    // Which starts from another anyway.
    const telling = isOtherSeed ? nearest.filter((each) => !isConsequence(each)) : nearest;
    const told = telling.slice(0, MOST_TOLD).map(inWords);
    const more = telling.length - told.length;
    return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
  }

  #keyOf(network: KnownTrial["describes"]["network"]): string {
    const known = this.#networks.get(network.layers);
    if (known !== undefined) return known;
    const key = contentKey(network);
    this.#networks.set(network.layers, key);
    return key;
  }
}

/** Undefined when all differ in too much. A trial of the same seed is preferred to one of another. */
function fewestDifferences(
  bySeed: ReadonlyMap<number, readonly Compared[]>,
  trial: PlannedTrial,
): Difference[] | undefined {
  const { network: _, ...described } = describesTrial(trial) as KnownTrial["describes"];
  // As it would be read back.
  const wanted: Compared = JSON.parse(JSON.stringify(described));
  const other = closest([...bySeed.keys()], trial.seed);
  let best: Difference[] | undefined;
  let most = MOST_DIFFERENCES;
  for (const seed of other === undefined ? [trial.seed] : [trial.seed, other]) {
    for (const candidate of bySeed.get(seed)?.slice(0, MOST_COMPARED) ?? []) {
      const found = differences(candidate, wanted, most + 2);
      const count = found.length - found.filter(isConsequence).length;
      if (count > most || (best && count === most)) continue;
      best = found;
      most = count;
    }
  }
  return best;
}

/** Of other seeds that of smallest distance, the lower of two. */
function closest(seeds: readonly number[], seed: number): number | undefined {
  let best: number | undefined;
  for (const each of seeds) {
    if (each === seed) continue;
    const nearer = best === undefined ? -1 : Math.abs(each - seed) - Math.abs(best - seed);
    if (nearer < 0 || (nearer === 0 && each < (best ?? each))) best = each;
  }
  return best;
}

/** Another training to start from follows from that training's own differences, which are told where it is. */
function isConsequence({ path }: Difference): boolean {
  return path === "start.training";
}

function inWords({ path, before, after }: Difference): string {
  if (isConsequence({ path, before, after })) return "what it starts from is another";
  if (path === "start") return before === "cold" ? "start cold → warm" : "start warm → cold";
  return `${path} ${short(before)} → ${short(after)}`;
}

function short(value: unknown): string {
  const text = value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
