import { setTimeout as sleep } from "node:timers/promises";
import { createWhole, writeWhole } from "./durable-write.ts";
import { Generations } from "./generations.ts";
import { decodeHolder, type Holder, lifeOf, newHolder } from "./holder.ts";

export interface Lease {
  /** Aborted when somebody else took it over, as from a machine that stood still for too long. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

export interface LeaseTiming {
  /** Milliseconds between signs of life. */
  readonly beat?: number;
  /** A holder whose process cannot be seen is given up when its file has not changed for so many milliseconds. */
  readonly expiry?: number;
  /** Milliseconds between two looks at a lease that is held, at most. */
  readonly longestPause?: number;
  /** Milliseconds since some fixed time; never set back. */
  readonly monotonic?: () => number;
}

/**
 * Waits for a lease. Its files are generations: who finds the highest one released, or its holder dead, creates the next,
 * which only one can. A holder on this machine is dead when its process is; on another, when its file stands still. Clocks
 * of different machines are not compared.
 *
 * @param folder of leases; may be on NFS.
 * @returns undefined when told to stop before.
 * @throws ClaimbenchError `store-not-writable`, `store-not-readable`.
 */
export async function acquireLease(
  folder: string,
  key: string,
  stopping: () => boolean,
  { beat = 5_000, expiry = 60_000, longestPause = 2_000, monotonic = () => performance.now() }: LeaseTiming = {},
): Promise<Lease | undefined> {
  const generations = new Generations(folder, key);
  const self = newHolder();
  let [seen, still, lookedAt] = ["", 0, monotonic()];
  for (let pause = 10; !stopping(); await sleep(pause)) {
    const generation = await generations.highest();
    const text = generation === 0 ? undefined : await generations.read(generation);
    const now = monotonic();
    const state = `${generation} ${text}`;
    // While this process, or the store's server, stood still, nothing could be seen: a pause counts once, however long.
    still = state === seen ? still + Math.min(now - lookedAt, longestPause) : 0;
    [seen, lookedAt] = [state, now];
    if (generation === 0 || mayTake(text, still > expiry)) {
      if (await create(generations, generation + 1, text, self)) {
        return new HeldLease(generations, generation + 1, self, beat);
      }
      pause = 10;
    }
    pause = Math.min(2 * pause, longestPause);
  }
  return undefined;
}

function mayTake(text: string | undefined, expired: boolean): boolean {
  const holder = text === undefined ? undefined : decodeHolder(text);
  const life = holder ? lifeOf(holder) : "unknown";
  return life === "gone" || (life === "unknown" && expired);
}

/**
 * @param before what the generation before it says.
 * @returns whether this process has it.
 */
async function create(generations: Generations, generation: number, before: string | undefined, self: Holder) {
  if (!(await createWhole(generations.file(generation), JSON.stringify(self)))) return false;
  let taken = false;
  try {
    // Meanwhile others may have gone further, so that this number was free again; the holder before may have shown life;
    // or its file was collected as garbage, and others count from 1.
    const highest = await generations.highest();
    taken = highest === generation && (generation === 1 || (await generations.read(generation - 1)) === before);
  } finally {
    if (!taken) await generations.remove(generation);
  }
  if (taken) await generations.removeBelow(generation);
  return taken;
}

class HeldLease implements Lease {
  readonly #generations: Generations;
  readonly #generation: number;
  readonly #timer: NodeJS.Timeout;
  readonly #lost = new AbortController();
  #holder: Holder;
  #overtaken = false;
  #writing = Promise.resolve();

  constructor(generations: Generations, generation: number, holder: Holder, beat: number) {
    this.#generations = generations;
    this.#generation = generation;
    this.#holder = holder;
    this.#timer = setInterval(() => this.#inTurn(() => this.#showLife()), beat);
    this.#timer.unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#inTurn(async () => {
      if (!(await this.#isMine())) return;
      // On a full disk nothing can be written, but this can be removed.
      await this.#write({ ...this.#holder, released: true }).catch(() => this.#generations.remove(this.#generation));
    });
  }

  async #showLife(): Promise<void> {
    const mine = await this.#isMine();
    // Who takes it over may yet see that this holder lives, and step back.
    const overtaken = (await this.#generations.highest()) > this.#generation;
    if (!mine || (overtaken && this.#overtaken)) {
      clearInterval(this.#timer);
      this.#lost.abort();
    } else if (!overtaken) await this.#write({ ...this.#holder, beat: this.#holder.beat + 1 });
    this.#overtaken = overtaken;
  }

  async #isMine(): Promise<boolean> {
    const text = await this.#generations.read(this.#generation);
    return text !== undefined && decodeHolder(text)?.token === this.#holder.token;
  }

  async #write(holder: Holder): Promise<void> {
    this.#holder = holder;
    await writeWhole(this.#generations.file(this.#generation), JSON.stringify(holder), false);
  }

  /** What fails now may succeed at the next sign of life. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(act).catch(() => {});
    return this.#writing;
  }
}
