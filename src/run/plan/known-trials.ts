import type { KnownTrial } from "../results.ts";
import type { Entry } from "../store/entry.ts";
import type { Store } from "../store/store.ts";

/** Files read at a time: enough that the disk has always one to look for. */
const AT_A_TIME = 32;

/** The trials of a store by key. Those of equal networks share one object, since there may be thousands. */
export async function knownTrials(store: Store): Promise<Map<string, KnownTrial>> {
  const networks = new Map<string, KnownTrial["describes"]["network"]>();
  const known = new Map<string, KnownTrial>();
  for (const { key, describes, value } of await readEntries(store, "trial", await store.keys("trial"))) {
    const trial = { describes, value } as KnownTrial;
    const { network } = trial.describes;
    const text = JSON.stringify(network);
    const shared = networks.get(text) ?? network;
    networks.set(text, shared);
    known.set(key, { ...trial, describes: { ...trial.describes, network: shared } });
  }
  return known;
}

/** The entries of a kind that can be read, in the order of their keys. */
export async function readEntries(store: Store, kind: string, keys: readonly string[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let first = 0; first < keys.length; first += AT_A_TIME) {
    const some = await Promise.all(keys.slice(first, first + AT_A_TIME).map((key) => store.get(kind, key)));
    for (const entry of some) if (entry) entries.push(entry);
  }
  return entries;
}
