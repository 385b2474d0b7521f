import type { Arm, PublishedEntry, ResolvedAssertion, RunRecord, Sample } from "../../spec/run.types.ts";

export interface Simulated {
  readonly seeds: readonly number[];
  readonly confidence: number;
  readonly measure: Readonly<Record<string, Arm["measure"]>>;
  readonly samples: readonly Sample[];
  readonly assertion: ResolvedAssertion;
  readonly published?: Readonly<Record<string, PublishedEntry>>;
}

/** A record of one claim whose samples were drawn, not measured: what the judge reads of it, and nothing trained. */
export function simulatedRecord(simulated: Simulated): RunRecord {
  const { seeds, confidence, measure, samples, assertion, published = {} } = simulated;
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
      claims: [{ id: "claim", statement: "", source: "", assertions: [assertion], published: Object.keys(published) }],
    },
    provenance: NOWHERE,
    trials: [],
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
