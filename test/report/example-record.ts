import type { CurvePoint, RunRecord, Sample, Trial } from "../../src/spec/run.types.ts";
import { runRecord } from "../judge/run-record.ts";

const SEEDS = [0, 1, 2, 3, 4];
const MAXIMISERS = ["paper-literal", "scaled", "sign-ascent"] as const;
const EPSILONS = [0.001, 0.0005] as const;

/** A record as a run of two arms at five seeds leaves it: one claim passes, one is inconclusive, one is not measured. */
export function exampleRecord(): RunRecord {
  const base = runRecord({ samples: {}, assertions: [] });
  const arms = (["SB", "LB"] as const).map((name): RunRecord["suite"]["arms"][number] => ({
    name,
    networkName: "tiny",
    network: {
      input: [784],
      layers: [{ layer: "dense", units: 8 }, { layer: "batch-norm" }, { layer: "relu" }, { layer: "dense", units: 10 }],
    },
    data: { set: "mnist", train: 600, test: 200 },
    regime: {
      batch: name === "SB" ? 8 : "10%",
      optimizer: { adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
      stop: { epochs: 4 },
      lastBatch: "keep",
    },
    measure: {
      accuracy: { metric: "accuracy", on: "test" },
      sharpness: { metric: "sharpness", space: "full", epsilon: [...EPSILONS], maximiser: [...MAXIMISERS] },
      lambda: { metric: "top-eigenvalue" },
    },
  }));
  const claim = (id: string, more: object) => ({
    id,
    statement: `Statement of ${id}.`,
    source: "Table 3",
    published: [],
    ...more,
  });
  return {
    ...base,
    run: {
      id: "2026-01-02T03-04-05Z",
      startedAt: "2026-01-02T03:04:05.000Z",
      endedAt: "2026-01-02T03:05:05.000Z",
      status: "complete",
      durationSeconds: 60,
      command: "claimbench run example",
    },
    suite: {
      ...base.suite,
      id: "example",
      title: "An example",
      description: "Two arms.",
      arms,
      claims: [
        claim("sharper", {
          registry: "C04",
          published: ["p#/table3"],
          assertions: [
            { kind: "ratio", first: reference("LB", 0.001), second: reference("SB", 0.001), above: 1, atLeast: 2 },
          ],
        }),
        claim("gap", {
          note: "A caveat.",
          assertions: [
            {
              kind: "difference",
              first: { arm: "SB", measurement: "accuracy" },
              second: { arm: "LB", measurement: "accuracy" },
              above: 0,
            },
          ],
        }),
        claim("curvature", {
          assertions: [
            {
              kind: "greater",
              first: { arm: "LB", measurement: "lambda" },
              second: { arm: "SB", measurement: "lambda" },
            },
          ],
        }),
      ] as unknown as RunRecord["suite"]["claims"],
    },
    trials: SEEDS.flatMap((seed) => arms.map(({ name }) => completed(name, seed))),
    samples: SEEDS.flatMap((seed) => arms.flatMap(({ name }) => samplesOf(name, seed))),
    published: {
      "p#/table3": {
        quantity: "φ in the full space",
        source: "Table 3",
        origin: "stated",
        arms: { SB: { mean: 1.23, std: 0.83, n: 5 }, LB: { mean: 205.14, std: 69.52, n: 5 } },
        effect: { kind: "ratio", of: ["LB", "SB"] },
      },
    },
  };
}

function reference(arm: string, epsilon: number) {
  return { arm, measurement: "sharpness", epsilon };
}

function completed(arm: string, seed: number): Trial {
  const sharpness = arm === "LB" ? 2 : 1;
  const curve = Array.from(
    { length: 5 },
    (_, epoch): CurvePoint => ({
      epoch,
      updates: epoch * 10,
      trainLoss: (2.3 * sharpness * (1 + seed / 10)) / (1 + epoch),
      trainAccuracy: 1 - 0.9 / (1 + epoch),
      testLoss: (2.4 * sharpness) / (1 + epoch),
      testAccuracy: 0.9 - 0.8 / (1 + epoch + seed / 10),
    }),
  );
  return {
    state: "completed",
    arm,
    seed,
    parameterCount: 6386,
    batchSize: arm === "SB" ? 8 : 60,
    updates: 40,
    curve,
    trainSeconds: 1.5,
    measureSeconds: 0.5,
  };
}

function samplesOf(arm: string, seed: number): Sample[] {
  const identity = { arm, seed };
  const level = arm === "LB" ? 40 : 2;
  return [
    // Alternates in sign over seeds, so that no interval is decided.
    { ...identity, measurement: "accuracy", value: 0.9 + (arm === "SB" ? 0.01 * (-1) ** seed : 0) },
    ...EPSILONS.flatMap((epsilon) =>
      MAXIMISERS.map(
        (maximiser, m): Sample => ({
          ...identity,
          measurement: "sharpness",
          epsilon,
          maximiser,
          value: epsilon * 1000 * level * (1 + m / 4) * (1 + seed / 8),
          detail: {
            loss: 0.01 * (1 + seed),
            gradientNorm: 0.1,
            evaluations: 11,
            iterations: 10,
            stop: "max-iterations",
          },
        }),
      ),
    ),
    { ...identity, measurement: "lambda", absent: "the power iteration did not converge" },
  ];
}
