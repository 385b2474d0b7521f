import type { Claim, PublishedEntry, ResolvedAssertion, RunRecord, Sample, Trial } from "../../src/spec/run.types.ts";
import type { Maximiser } from "../../src/spec/suite.types.ts";

const FRAMES = { surrogate: "frames", features: 2, classes: 2, train: 4, test: 4 } as const;

export interface RecordOptions {
  readonly seeds?: readonly number[];
  readonly confidence?: number;
  readonly profile?: "quick";
  /**
   * Values by reference, one for each seed; undefined where there is no sample, text where there is a reason. References as
   * in suites, of one value: A.path[rise,alpha=1], A.sharpness[0.001,scaled,epoch=2].
   */
  readonly samples: Readonly<Record<string, readonly (Value | undefined)[]>>;
  readonly assertions: readonly ResolvedAssertion[];
  /** Trials that did not complete. */
  readonly trials?: readonly Trial[];
  readonly published?: Readonly<Record<string, PublishedEntry>>;
  readonly finding?: true;
  /** Arms whose data is made up. */
  readonly surrogate?: readonly string[];
}

/** With the training loss that was measured along, or why there is none. */
type Value = number | string | { readonly value: number; readonly loss: number };

/** A run record of one claim, `claim`, with these samples. */
export function runRecord(options: RecordOptions): RunRecord {
  const seeds = options.seeds ?? [0, 1, 2, 3, 4];
  const references = Object.keys(options.samples).map(parseReference);
  const arms = [...new Set(references.map(({ arm }) => arm))];
  const failed = options.trials ?? [];
  return {
    format: "claimbench-run/1",
    run: { id: "r", startedAt: "", endedAt: "", status: "complete", durationSeconds: 1, command: "claimbench run s" },
    suite: {
      id: "s",
      title: "s",
      ...(options.profile ? { profile: options.profile } : {}),
      sha256: "0",
      seeds: [...seeds] as [number, ...number[]],
      confidence: options.confidence ?? 0.95,
      arms: arms.map((name) => ({
        name,
        networkName: "n",
        network: { input: [2], layers: [{ layer: "dense", units: 2 }] },
        data: options.surrogate?.includes(name) ? FRAMES : { set: "mnist" },
        regime: {
          batch: 1,
          optimizer: { sgd: { learningRate: 1 } },
          stop: { epochs: 1 },
          lastBatch: "keep",
        },
        measure: measuredOn(name, references),
      })),
      claims: [
        {
          id: "claim",
          statement: "",
          source: "",
          assertions: options.assertions as Claim["assertions"],
          published: Object.keys(options.published ?? {}),
          ...(options.finding ? { finding: true as const } : {}),
        },
      ],
    },
    provenance: {
      claimbench: { version: "0" },
      node: "20",
      engine: { name: "onnx", version: "1", device: "cpu", precision: "float32" },
      hardware: { cpu: "c", cores: 1, memoryBytes: 1, architecture: "x64" },
      operatingSystem: "linux",
      workers: 1,
      threadsPerWorker: 1,
      dataSets: [],
    },
    trials: arms.flatMap((arm) =>
      seeds.map(
        (seed): Trial => failed.find((trial) => trial.arm === arm && trial.seed === seed) ?? completed(arm, seed),
      ),
    ),
    samples: references.flatMap((reference) =>
      seeds.flatMap((seed, i): Sample[] => {
        const value = options.samples[reference.text]?.[i];
        const { text: _, ...identity } = { ...reference, seed };
        if (value === undefined) return [];
        if (typeof value === "object") return [{ ...identity, value: value.value, detail: { loss: value.loss } }];
        return [typeof value === "number" ? { ...identity, value } : { ...identity, absent: value }];
      }),
    ),
    published: { ...options.published },
  };
}

export function diverged(arm: string, seed: number, update: number): Trial {
  return { state: "diverged", arm, seed, update, epoch: 1, curve: [], reason: "the loss stopped being finite" };
}

function completed(arm: string, seed: number): Trial {
  const sizes = { parameterCount: 6, batchSize: 1, updates: 1 };
  return { state: "completed", arm, seed, ...sizes, curve: [], trainSeconds: 1, measureSeconds: 1 };
}

type Parsed = ReturnType<typeof parseReference>;

/**
 * The samples of a series.
 *
 * @param reference such as A.loss or A.sharpness[0.001,scaled].
 * @param seeds points of each seed, at epochs 0, 1, 2 …
 */
export function seriesSamples(reference: string, seeds: readonly (readonly Value[])[]): RecordOptions["samples"] {
  const [, name = "", options = ""] = /^(.+\.\w+)(?:\[([^\]]+)\])?$/.exec(reference) ?? [];
  const epochs = seeds[0]?.map((_, epoch) => epoch) ?? [];
  return Object.fromEntries(
    epochs.map((epoch) => [
      `${name}[${[options, `epoch=${epoch}`].filter(Boolean).join(",")}]`,
      seeds.map((points) => points[epoch]),
    ]),
  );
}

const MAXIMISERS: readonly string[] = ["paper-literal", "scaled", "sign-ascent"] satisfies Maximiser[];

function parseReference(text: string) {
  const [, arm = "", measurement = "", options = ""] = /^(.+)\.(\w+)(?:\[([^\]]+)\])?$/.exec(text) ?? [];
  const words = options.split(",").filter((word) => word !== "");
  const epsilon = words.find((word) => !Number.isNaN(Number(word)));
  const maximiser = words.find((word) => MAXIMISERS.includes(word));
  const at = words.find((word) => word.includes("="));
  const part = words.find((word) => ![epsilon, maximiser, at].includes(word));
  return {
    text,
    arm,
    measurement,
    ...(epsilon === undefined ? {} : { epsilon: Number(epsilon) }),
    ...(maximiser === undefined ? {} : { maximiser: maximiser as Maximiser }),
    ...(part === undefined ? {} : { part }),
    ...(at === undefined ? {} : { at: Number(at.split("=")[1]) }),
  };
}

function measuredOn(arm: string, references: readonly Parsed[]): RunRecord["suite"]["arms"][number]["measure"] {
  const names = [...new Set(references.filter((each) => each.arm === arm).map(({ measurement }) => measurement))];
  return Object.fromEntries(
    names.map((name) => {
      const here = references.filter((each) => each.arm === arm && each.measurement === name);
      const maximiser = [...new Set(here.flatMap((each) => each.maximiser ?? []))] as [Maximiser, ...Maximiser[]];
      const epsilon = [...new Set(here.flatMap((each) => each.epsilon ?? []))] as [number, ...number[]];
      if (maximiser.length === 0) return [name, { metric: "distance" as const }];
      return [name, { metric: "sharpness" as const, space: "full" as const, epsilon, maximiser }];
    }),
  );
}
