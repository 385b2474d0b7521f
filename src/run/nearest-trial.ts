import { contentKey } from "../plan/content-key.ts";
import { type Difference, differences } from "../plan/differences.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import { describesTrial, type KnownTrial } from "./results.ts";

const MOST_COMPARED = 20;
const MOST_DIFFERENCES = 5;
const MOST_TOLD = 3;

/** Says why a trial is not in the store: by what it differs from the one that is most like it. */
export class NearestTrial {
  /** By network, then by seed. */
  readonly #known = new Map<string, Map<number, KnownTrial[]>>();
  readonly #networks = new Map<unknown, string>();

  constructor(known: readonly KnownTrial[]) {
    for (const trial of known) {
      const network = contentKey(trial.describes.network);
      const bySeed = this.#known.get(network) ?? new Map<number, KnownTrial[]>();
      this.#known.set(network, bySeed);
      const { seed } = trial.describes;
      bySeed.set(seed, [...(bySeed.get(seed) ?? []), trial]);
    }
  }

  /** "regime.batchSize 256 → 128" */
  reason(trial: PlannedTrial): string {
    const bySeed = this.#known.get(this.#networkOf(trial));
    const [anySeed = []] = bySeed?.values() ?? [];
    const candidates = (bySeed?.get(trial.seed) ?? anySeed).slice(0, MOST_COMPARED);
    // As it would be read back.
    const wanted = JSON.parse(JSON.stringify(describesTrial(trial)));
    const [fewest] = candidates
      .map(({ describes }) => differences(describes, wanted))
      .toSorted((a, b) => a.length - b.length);
    if (!fewest || fewest.length > MOST_DIFFERENCES) return "nothing like it is in the store";
    const told = fewest.slice(0, MOST_TOLD).map(inWords);
    const more = fewest.length - told.length;
    return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
  }

  /** The trials of an arm share one object. */
  #networkOf({ input }: PlannedTrial): string {
    const known = this.#networks.get(input.network.layers);
    if (known !== undefined) return known;
    const key = contentKey(input.network);
    this.#networks.set(input.network.layers, key);
    return key;
  }
}

function inWords({ path, before, after }: Difference): string {
  if (path === "start.training") return "what it starts from is another";
  return `${path} ${short(before)} → ${short(after)}`;
}

function short(value: unknown): string {
  const text = value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
