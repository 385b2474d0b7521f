import type { Arm, Claim, CurvePoint, PublishedEntry, RunRecord, Sample, Trial } from "../../src/spec/run.types.ts";
import type { Maximiser } from "../../src/spec/suite.types.ts";

const SEEDS = [0, 1, 2, 3, 4] as const;
const MAXIMISERS = ["paper-literal", "scaled", "sign-ascent"] as const;
const EPSILONS = [0.001, 0.0005] as const;
const EPOCHS = 30;
const HIDDEN = [
  { layer: "dense", units: 512 },
  { layer: "batch-norm", statistics: "batch", epsilon: 1e-5 },
  { layer: "relu" },
] as const;

/**
 * A run as the paper's F1 experiment gives it, made up: five seeds of a small and a large batch with every kind of
 * measurement, one claim that is inconclusive and one that is not measured. The same at every call.
 */
export function exampleRecord(): RunRecord {
  return {
    format: "claimbench-run/1",
    run: {
      id: "2026-03-14T09-26-53Z",
      startedAt: "2026-03-14T09:26:53.000Z",
      endedAt: "2026-03-14T09:58:12.000Z",
      status: "complete",
      durationSeconds: 1879,
      command: "claimbench run keskar-2017/sharp-minima --profile quick",
    },
    suite: {
      id: "keskar-2017/sharp-minima",
      title: "Keskar et al. 2017: large batches find sharp minima and generalise worse",
      description: "Small batch 256 against 10 % of the training set, the same Adam, the same starts.",
      paper: "keskar-2017",
      profile: "quick",
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      seeds: [...SEEDS],
      confidence: 0.95,
      arms: [arm("SB", 256), arm("LB", "10%")],
      claims: claims(),
    },
    provenance: {
      claimbench: { version: "0.1.0", gitCommit: "0123456789ab" },
      node: "v20.20.2",
      engine: { name: "onnx", version: "onnxruntime-node 1.30.0", device: "cpu", precision: "float32" },
      hardware: { cpu: "AMD EPYC", cores: 2, memoryBytes: 25_276_510_208, architecture: "x64" },
      operatingSystem: "linux 6.18.44",
      workers: 2,
      threadsPerWorker: 1,
      dataSets: [
        { name: "train-images-idx3-ubyte", sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db" },
        { name: "train-labels-idx1-ubyte", sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5" },
      ],
    },
    trials: SEEDS.flatMap((seed) => [trial("SB", seed), trial("LB", seed)]),
    samples: SEEDS.flatMap((seed) => [...samples("SB", seed), ...samples("LB", seed)]),
    published: PUBLISHED,
  };
}

export function arm(name: string, batch: number | string): Arm {
  return {
    name,
    networkName: "F1",
    network: {
      name: "F1",
      description: "The paper's fully connected network for MNIST.",
      input: [784],
      layers: [...HIDDEN, ...HIDDEN, ...HIDDEN, ...HIDDEN, ...HIDDEN, { layer: "dense", units: 10 }],
    },
    data: { set: "mnist", train: 60_000, test: 10_000 },
    regime: {
      batch,
      optimizer: { adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
      stop: { epochs: EPOCHS },
      lastBatch: "keep",
    },
    measure: {
      testAccuracy: { metric: "accuracy", on: "test", at: "end" },
      trainAccuracy: { metric: "accuracy", on: "train", at: "end" },
      distance: { metric: "distance" },
      topEigenvalue: { metric: "top-eigenvalue", iterations: 50, tolerance: 1e-3, evaluationBatch: 5000 },
      sharpness: {
        metric: "sharpness",
        space: "full",
        epsilon: [...EPSILONS],
        maximiser: [...MAXIMISERS],
        evaluationBatch: 5000,
      },
      subspaceSharpness: {
        metric: "sharpness",
        space: { random: 100, draws: 5, columns: "gaussian" },
        epsilon: [0.001],
        maximiser: ["scaled"],
        evaluationBatch: 5000,
      },
    },
  };
}

/** Small, without a pattern, the same for the same numbers; between -1 and 1. */
function jitter(...of: readonly number[]): number {
  return Math.sin(of.reduce((sum, value, i) => sum + value * (12.9898 + 65.15 * i), 1.5) * 43.7585);
}

function trial(name: "SB" | "LB", seed: number): Trial {
  const batchSize = name === "SB" ? 256 : 6000;
  const perEpoch = Math.ceil(60_000 / batchSize);
  return {
    state: "completed",
    arm: name,
    seed,
    parameterCount: 1_462_794,
    batchSize,
    updates: EPOCHS * perEpoch,
    curve: Array.from({ length: EPOCHS + 1 }, (_, epoch) => curvePoint(name, seed, epoch, perEpoch)),
    trainSeconds: name === "SB" ? 101.5 + seed : 88.25 + seed,
    measureSeconds: 41 + seed,
  };
}

function curvePoint(name: "SB" | "LB", seed: number, epoch: number, perEpoch: number): CurvePoint {
  const speed = name === "SB" ? 0.3 : 0.19;
  const wobble = 1 + 0.25 * jitter(seed, epoch, speed);
  const trainLoss = epoch === 0 ? 2.35 + 0.02 * seed : 0.4 * Math.exp(-speed * epoch) * wobble + 1e-5;
  const trainError = epoch === 0 ? 0.9 : Math.round(0.12 * Math.exp(-speed * epoch) * wobble * 60_000) / 60_000;
  const testFloor = name === "SB" ? 0.0195 : 0.0218;
  return {
    epoch,
    updates: epoch * perEpoch,
    trainLoss,
    trainAccuracy: 1 - trainError,
    testLoss: epoch === 0 ? 2.36 : 0.09 + 0.3 * Math.exp(-speed * epoch) + 0.004 * jitter(epoch, seed),
    testAccuracy:
      epoch === 0 ? 0.1 : 1 - testFloor - 0.08 * Math.exp(-speed * epoch) - 0.0004 * jitter(seed, epoch, speed),
  };
}

function samples(name: "SB" | "LB", seed: number): Sample[] {
  const small = name === "SB";
  const of = (measurement: string, value: number): Sample => ({ arm: name, seed, measurement, value });
  const last = curvePoint(name, seed, EPOCHS, 1);
  const detail = { loss: last.trainLoss, gradientNorm: (small ? 0.002 : 0.011) * (1 + 0.3 * jitter(seed, 7)) };
  const sharp = (measurement: string, epsilon: number, maximiser: Maximiser): Sample => {
    // The literal maximiser stops at once at a converged minimiser: exactly 0, at one seed here.
    const stuck = small && seed === 3 && maximiser === "paper-literal" && epsilon === 0.0005;
    const size = {
      "paper-literal": small ? 1.23 : 205.14,
      scaled: small ? 9.8 : 311,
      "sign-ascent": small ? 12.5 : 305,
    }[maximiser];
    const value = stuck ? 0 : size * (epsilon / 0.001) ** 1.6 * Math.exp(0.45 * jitter(seed, size, epsilon));
    return {
      arm: name,
      seed,
      measurement,
      epsilon,
      maximiser,
      value: measurement === "sharpness" ? value : value / 20,
      detail: {
        ...detail,
        evaluations: 17 + seed,
        iterations: 10,
        stop: stuck ? "projected-gradient" : "max-iterations",
        ...(measurement === "sharpness" ? {} : { draws: [value / 22, value / 21, value / 20, value / 19, value / 18] }),
      },
    };
  };
  return [
    of("testAccuracy", last.testAccuracy),
    of("trainAccuracy", last.trainAccuracy),
    of("distance", (small ? 21 : 5.2) * (1 + 0.05 * jitter(seed, small ? 3 : 4))),
    // Not measured for one arm: the claim about it has nothing to stand on.
    ...(small
      ? [of("topEigenvalue", 3.1 * (1 + 0.2 * jitter(seed, 9)))]
      : [{ arm: name, seed, measurement: "topEigenvalue", absent: "no convergence in 50 iterations" }]),
    ...EPSILONS.flatMap((epsilon) => MAXIMISERS.map((maximiser) => sharp("sharpness", epsilon, maximiser))),
    sharp("subspaceSharpness", 0.001, "scaled"),
  ];
}

function claims(): Claim[] {
  const sharper = (epsilon: number): Claim["assertions"][number] => ({
    kind: "ratio",
    first: { arm: "LB", measurement: "sharpness", epsilon },
    second: { arm: "SB", measurement: "sharpness", epsilon },
    above: 1,
    atLeast: 2,
  });
  return [
    {
      id: "gap",
      statement:
        "With the same optimiser, large-batch training ends with a lower test accuracy than small-batch training.",
      source: "Table 2, p. 4",
      registry: "C01",
      assertions: [
        {
          kind: "difference",
          first: { arm: "SB", measurement: "testAccuracy" },
          second: { arm: "LB", measurement: "testAccuracy" },
          above: 0,
        },
      ],
      published: ["keskar-2017#/table2/F1/test-accuracy"],
      line: 40,
    },
    {
      id: "sharper",
      statement: "Large-batch minimisers are much sharper than small-batch minimisers.",
      source: "Table 3; text, p. 6",
      registry: "C04",
      assertions: [sharper(0.001), sharper(0.0005)],
      published: ["keskar-2017#/table3/F1/0.001"],
      note: "Sharpness falls as training converges.",
      line: 50,
    },
    {
      id: "goes-ten-times-farther",
      statement: "Small-batch training ends ten times as far from its start as large-batch training.",
      source: "Text, p. 9",
      registry: "C11",
      assertions: [
        {
          kind: "ratio",
          first: { arm: "SB", measurement: "distance" },
          second: { arm: "LB", measurement: "distance" },
          above: 10,
        },
      ],
      published: ["keskar-2017#/text/distance-ratio"],
      line: 60,
    },
    {
      id: "more-curved",
      statement: "The Hessian at large-batch minimisers has the larger top eigenvalue.",
      source: "Text, p. 3",
      registry: "C13",
      assertions: [
        {
          kind: "ratio",
          first: { arm: "LB", measurement: "topEigenvalue" },
          second: { arm: "SB", measurement: "topEigenvalue" },
          above: 1,
        },
      ],
      published: [],
      line: 70,
    },
  ];
}

const PUBLISHED: Record<string, PublishedEntry> = {
  "keskar-2017#/table2/F1/test-accuracy": {
    quantity: "Test accuracy at the end, fraction of samples",
    source: "Table 2, p. 4",
    origin: "stated",
    arms: { SB: { mean: 0.9803, std: 0.0007, n: 5 }, LB: { mean: 0.9781, std: 0.0007, n: 5 } },
    effect: { kind: "difference", of: ["SB", "LB"] },
  },
  "keskar-2017#/table3/F1/0.001": {
    quantity: "Sharpness φ, full space, ε = 0.001",
    source: "Table 3",
    origin: "stated",
    arms: { SB: { mean: 1.23, std: 0.83, n: 5 }, LB: { mean: 205.14, std: 69.52, n: 5 } },
    effect: { kind: "ratio", of: ["LB", "SB"] },
    note: "The ratio is 167, above the text's one to two orders of magnitude.",
  },
  "keskar-2017#/text/distance-ratio": {
    quantity: "Ratio of the distances from the start",
    source: "Text, p. 9",
    origin: "stated",
    arms: {},
    effect: { kind: "ratio", of: ["SB", "LB"], range: [3, 10] },
  },
};
