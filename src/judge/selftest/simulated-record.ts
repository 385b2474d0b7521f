import type {
  Arm,
  CompletedTrial,
  PublishedEntry,
  ResolvedAssertion,
  RunRecord,
  Sample,
  Suite,
} from "../../spec/run.types.ts";

export interface Simulated {
  readonly seeds: readonly number[];
  readonly confidence: number;
  readonly measure: Readonly<Record<string, Arm["measure"]>>;
  readonly samples: readonly Sample[];
  /** Each a claim. */
  readonly assertions: readonly [ResolvedAssertion, ...ResolvedAssertion[]];
  readonly published?: Readonly<Record<string, PublishedEntry>>;
  readonly multiplicity?: Suite["multiplicity"];
  readonly sequential?: Suite["sequential"];
}

/** A record whose samples were drawn, not measured: what the judge reads of it, and nothing trained. */
export function simulatedRecord(simulated: Simulated): RunRecord {
  const { seeds, confidence, measure, samples, assertions, published = {}, multiplicity, sequential } = simulated;
  const pointers = Object.keys(published);
  const claimOf = (assertion: ResolvedAssertion, i: number): Suite["claims"][number] => ({
    id: `claim ${i}`,
    statement: "",
    source: "",
    assertions: [assertion],
    published: pointers,
  });
  const [first, ...others] = assertions;
  return {
    format: "claimbench-run/1",
    run: { id: "simulated", startedAt: "", endedAt: "", status: "complete", durationSeconds: 0, command: "" },
    suite: {
      id: "simulated",
      title: "simulated",
      sha256: "",
      seeds: [...seeds] as RunRecord["suite"]["seeds"],
      confidence,
      arms: Object.entries(measure).map(([name, measured]) => ({ ...UNTRAINED, name, measure: measured })),
      claims: [claimOf(first, 0), ...others.map((each, i) => claimOf(each, i + 1))],
      ...(multiplicity ? { multiplicity } : {}),
      ...(sequential ? { sequential } : {}),
    },
    provenance: NOWHERE,
    trials: Object.keys(measure).flatMap((arm) => seeds.map((seed) => ({ ...TRIAL, arm, seed }))),
    samples: [...samples],
    published: { ...published },
  };
}

const UNTRAINED: Omit<Arm, "name" | "measure"> = {
  networkName: "none",
  network: { input: [1], layers: [{ layer: "dense", units: 1 }] },
  data: { set: "mnist" },
  regime: { batch: 1, optimizer: { sgd: { learningRate: 1 } }, stop: { epochs: 1 }, lastBatch: "keep" },
};

const TRIAL: Omit<CompletedTrial, "arm" | "seed"> = {
  state: "completed",
  parameterCount: 1,
  batchSize: 1,
  updates: 1,
  curve: [],
  trainSeconds: 0,
  measureSeconds: 0,
};

const NOWHERE: RunRecord["provenance"] = {
  claimbench: { version: "" },
  node: "",
  engine: { name: "onnx", version: "", device: "cpu", precision: "float32" },
  hardware: { cpu: "", cores: 1, memoryBytes: 1, architecture: "" },
  operatingSystem: "",
  workers: 1,
  threadsPerWorker: 1,
  dataSets: [],
};
