import type { RunRecord } from "../../../src/spec/run.types.ts";
import { record } from "../captured/captured-record.ts";

/** A record of `distance` of SB and LB, of another engine. */
export function machine(engine: "onnx" | "tensorflow", shift: readonly number[] = [], change: Partial<RunRecord> = {}) {
  const plain = { SB: [1.01, 0.97, 1.04, 0.99, 1.0], LB: [2.1, 1.9, 2.05, 1.97, 2.02] };
  const made = record({
    samples: {
      "SB.distance": plain.SB.map((value, i) => value + (shift[i % shift.length] ?? 0)),
      "LB.distance": plain.LB,
    },
  });
  const { provenance } = made;
  return { ...made, provenance: { ...provenance, engine: { ...provenance.engine, name: engine } }, ...change };
}

/** With claims of other names. */
export function renamed(of: RunRecord, id: string): RunRecord {
  const claims = of.suite.claims.map((claim) => ({ ...claim, id })) as RunRecord["suite"]["claims"];
  return { ...of, suite: { ...of.suite, claims } };
}
