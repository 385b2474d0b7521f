import { Results } from "../run/results.ts";
import { listStore } from "../run/store/maintenance.ts";
import { openStore } from "../run/store/store.ts";

interface Listing {
  readonly trials: readonly TrialFacts[];
  /** Entries, and bytes of their objects, by kind. */
  readonly kinds: Readonly<Record<string, { readonly entries: number; readonly bytes: number }>>;
}

interface TrialFacts {
  readonly key: string;
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
  const store = await openStore(folder, { now });
  const kinds: Record<string, { entries: number; bytes: number }> = {};
  for await (const { entry, bytes } of listStore(store)) {
    const sum = kinds[entry.kind] ?? { entries: 0, bytes: 0 };
    kinds[entry.kind] = { entries: sum.entries + 1, bytes: sum.bytes + bytes };
  }
  const known = await new Results(store).knownTrials();
  const trials = [...known].map(([key, { describes, value }]) => ({
    key,
    input: describes.network.input,
    layers: describes.network.layers.length,
    batchSize: describes.regime.batchSize,
    maxEpochs: describes.maxEpochs,
    seed: describes.seed,
    state: value.state,
    ...(value.state === "completed" ? { trainSeconds: value.trainSeconds } : {}),
  }));
  return { trials: trials.toSorted((a, b) => (a.key < b.key ? -1 : 1)), kinds };
}

export function renderListing({ trials, kinds }: Listing): string {
  const lines = trials.map(({ key, input, layers, batchSize, maxEpochs, seed, trainSeconds }) =>
    [
      key.slice(0, 12),
      `[${input}] ${layers} layers`,
      `batch ${batchSize}`,
      `${maxEpochs} epochs`,
      `seed ${seed}`,
      trainSeconds === undefined ? "diverged" : `${trainSeconds.toFixed(1)} s`,
    ].join("  "),
  );
  const sums = Object.entries(kinds).map(
    ([kind, { entries, bytes }]) => `${entries} ${kind}${bytes > 0 ? ` (${(bytes / 1e6).toFixed(1)} MB)` : ""}`,
  );
  return `${[...lines, `entries: ${sums.join(", ") || "none"}`].join("\n")}\n`;
}
