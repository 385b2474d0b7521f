import { formatCount } from "../judge/wording.ts";
import type { KnownTrial } from "../run/results.ts";
import { listStore } from "../run/store/maintenance.ts";
import { openExistingStore } from "../run/store/store.ts";
import { columns } from "./text/columns.ts";

interface Listing {
  readonly trials: readonly TrialFacts[];
  /** Entries, and bytes of their objects, by kind. */
  readonly kinds: Readonly<Record<string, { readonly entries: number; readonly bytes: number }>>;
}

interface TrialFacts {
  readonly key: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** "mnist 256", "surrogate frames 64" with the samples trained on; of files or a plugin the start of the first checksum. */
  readonly data: string;
  readonly input: readonly number[];
  readonly layers: number;
  readonly batchSize: number;
  readonly maxEpochs: number;
  readonly seed: number;
  readonly state: "completed" | "diverged";
  readonly trainSeconds?: number;
}

/** What a store holds. */
export async function listing(folder: string, now: () => Date): Promise<Listing> {
  const store = await openExistingStore(folder, { now });
  const kinds: Record<string, { entries: number; bytes: number }> = {};
  const trials: TrialFacts[] = [];
  for await (const { entry, bytes } of listStore(store)) {
    const sum = kinds[entry.kind] ?? { entries: 0, bytes: 0 };
    kinds[entry.kind] = { entries: sum.entries + 1, bytes: sum.bytes + bytes };
    if (entry.kind !== "trial") continue;
    const { describes, value } = { describes: entry.describes, value: entry.value } as KnownTrial;
    trials.push({
      key: entry.key,
      createdAt: entry.createdAt,
      data: dataWords(describes.data),
      input: describes.network.input,
      layers: describes.network.layers.length,
      batchSize: describes.regime.batchSize,
      maxEpochs: describes.maxEpochs,
      seed: describes.seed,
      state: value.state,
      ...(value.state === "completed" ? { trainSeconds: value.trainSeconds } : {}),
    });
  }
  return { trials: trials.toSorted((a, b) => (a.key < b.key ? -1 : 1)), kinds };
}

/** What a training's key says of its data. */
interface StoredData {
  readonly set?: string;
  readonly surrogate?: string;
  readonly train?: number;
  /** Checksums. */
  readonly files: readonly string[];
}

function dataWords(data: unknown): string {
  const { set, surrogate, train, files } = data as StoredData;
  const name = surrogate === undefined ? set : `surrogate ${surrogate}`;
  if (name === undefined) return `files ${files[0]?.slice(0, 8) ?? "none"}`;
  return train === undefined ? name : `${name} ${train}`;
}

/** Trials of one network and data next to each other, the newest first. @param now from which their age counts. */
export function renderListing({ trials, kinds }: Listing, now: Date): string {
  const whatOf = ({ input, layers, data }: TrialFacts) => `[${input}] ${layers} layers, ${data}`;
  const sorted = trials.toSorted(
    (a, b) => whatOf(a).localeCompare(whatOf(b)) || b.createdAt.localeCompare(a.createdAt) || a.seed - b.seed,
  );
  const rows = sorted.map((trial) => [
    trial.key.slice(0, 12),
    whatOf(trial),
    `batch ${trial.batchSize}`,
    formatCount(trial.maxEpochs, "epoch"),
    `seed ${trial.seed}`,
    trial.trainSeconds === undefined ? "diverged" : `${trial.trainSeconds.toFixed(1)} s`,
    age(now.getTime() - Date.parse(trial.createdAt)),
  ]);
  const sums = Object.entries(kinds).map(
    ([kind, { entries, bytes }]) => `${entries} ${kind}${bytes > 0 ? ` (${(bytes / 1e6).toFixed(1)} MB)` : ""}`,
  );
  return `${[...columns(rows, 0, "left"), `entries: ${sums.join(", ") || "none"}`].join("\n")}\n`;
}

/** "today", "3 days ago". */
function age(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000);
  return days < 1 ? "today" : `${formatCount(days, "day")} ago`;
}
