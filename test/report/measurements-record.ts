import { pathPositions } from "../../src/spec/reference.ts";
import type { Arm, Claim, RunRecord, Sample, Trial } from "../../src/spec/run.types.ts";
import type { Maximiser } from "../../src/spec/suite.types.ts";
import { arm, exampleRecord } from "./example-record.ts";

const SEEDS = [0, 1, 2, 3] as const;
const BATCHES = [8, 16, 32, 64, 128, 256, 512, 1024, 2048] as const;
const STARTS = [0, 1, 2, 5, 10, 30] as const;
const MAXIMISERS = ["paper-literal", "scaled", "sign-ascent"] as const;
const EPSILON = 0.001;
const SHAPES = ["linear", "curvilinear", "filter-normalised"] as const;

/**
 * A run with every kind of measurement, made up: nine batch sizes, six warm starts, paths, sharpness along the training,
 * spectra and values of several parts; claims that are findings, on surrogate data, and about several arms. The same at
 * every call.
 */
export function measurementsRecord(): RunRecord {
  const example = exampleRecord();
  const arms = [...batchArms(), ...warmArms(), ...curvatureArms(), surrogateArm()];
  return {
    ...example,
    suite: { ...example.suite, id: "made/up", title: "Every measurement", seeds: [...SEEDS], arms, claims: claims() },
    trials: arms.flatMap((each) => SEEDS.map((seed) => trial(each, seed))),
    samples: arms.flatMap((each) => SEEDS.flatMap((seed) => samplesOf(each, seed))),
    published: {},
  };
}

const SHARPNESS = { metric: "sharpness", space: "full", epsilon: [EPSILON], maximiser: [...MAXIMISERS] } as const;
const ACCURACY = { metric: "accuracy", on: "test", at: "end" } as const;

function batchArms(): Arm[] {
  return BATCHES.map((batch) => ({
    ...arm(batch === 32 ? "SB" : `B${batch}`, batch),
    measure: { testAccuracy: ACCURACY, sharpness: { ...SHARPNESS, epsilon: [EPSILON], maximiser: [...MAXIMISERS] } },
  }));
}

function warmArms(): Arm[] {
  const cold = { ...arm("LB[warm]", "10%"), data: { set: "mnist", train: 6000 } as const };
  const small = { ...arm("SB[warm]", 32), data: cold.data };
  const measure: Arm["measure"] = {
    testAccuracy: ACCURACY,
    sharpness: { ...SHARPNESS, epsilon: [EPSILON], maximiser: [...MAXIMISERS] },
  };
  const warm = STARTS.map((epoch): Arm => {
    const start = { arm: "SB[warm]", epoch, optimizerState: "fresh" } as const;
    return { ...cold, name: `LB-warm-${epoch}[warm]`, regime: { ...cold.regime, start } };
  });
  return [small, cold, ...warm].map((each): Arm => ({ ...each, measure }));
}

function curvatureArms(): Arm[] {
  const small = arm("SB[curvature]", 32);
  const large = arm("LB[curvature]", "10%");
  const measure: Arm["measure"] = {
    topEigenvalue: { metric: "top-eigenvalue" },
    trace: { metric: "trace" },
    spectrum: { metric: "spectrum" },
    noiseScale: { metric: "gradient-noise-scale", small: 16, large: 1024 },
    steepDirections: { metric: "steep-directions", distance: 0.2, rise: 0.1 },
    rescaledSharpness: {
      metric: "rescaled-sharpness",
      factor: 16,
      epsilon: [EPSILON],
      maximiser: ["paper-literal", "scaled"],
    },
    adaptiveSharpness: { metric: "adaptive-sharpness", rho: 0.5 },
    stepTime: { metric: "step-time" },
    accuracyCurve: { metric: "accuracy", on: "test", at: "every-epoch" },
    sharpness: { ...SHARPNESS, epsilon: [EPSILON], maximiser: [...MAXIMISERS], everyEpochs: 3 },
    distance: { metric: "distance", everyEpochs: 3 },
  };
  const paths = Object.fromEntries(
    SHAPES.map((shape) => [shape, { metric: "path", shape, from: "SB[curvature]" } as const]),
  );
  return [
    { ...small, measure },
    { ...large, measure: { ...measure, ...paths } },
  ];
}

function surrogateArm(): Arm {
  return {
    ...arm("SB[timit]", 32),
    data: { surrogate: "frames", features: 360, classes: 30, train: 6000, test: 2000, noise: 1.5 },
    measure: { testAccuracy: ACCURACY },
  };
}

/** Small, without a pattern, the same for the same numbers; between -1 and 1. */
function jitter(...of: readonly number[]): number {
  return Math.sin(of.reduce((sum, value, i) => sum + value * (12.9898 + 65.15 * i), 1.5) * 43.7585);
}

/** How far from the small batch: 0 for batch 32, 1 for the large one; a warm start lies in between. */
function largeness({ name, regime }: Arm): number {
  if (regime.start) return 1 / (1 + regime.start.epoch / 4);
  if (regime.batch === "10%") return 1;
  return Math.log2(Number(regime.batch) / 32) / 5 + (name.startsWith("LB") ? 0.5 : 0);
}

function lossAt(each: Arm, seed: number, epoch: number): number {
  return 2.35 * Math.exp(-(0.3 - 0.08 * largeness(each)) * epoch) * (1 + 0.1 * jitter(seed, epoch)) + 1e-4;
}

function trial(each: Arm, seed: number): Trial {
  const batchSize = typeof each.regime.batch === "number" ? each.regime.batch : 600;
  const accuracy = (epoch: number) =>
    epoch === 0 ? 0.1 : 0.965 - 0.012 * largeness(each) - 0.08 * Math.exp(-0.3 * epoch) + 0.001 * jitter(seed, epoch);
  return {
    state: "completed",
    arm: each.name,
    seed,
    parameterCount: 1_462_794,
    batchSize,
    updates: 30 * Math.ceil(6000 / batchSize),
    curve: Array.from({ length: 31 }, (_, epoch) => ({
      epoch,
      updates: epoch * Math.ceil(6000 / batchSize),
      trainLoss: lossAt(each, seed, epoch),
      trainAccuracy: Math.min(1, accuracy(epoch) + 0.03),
      testLoss: lossAt(each, seed, epoch) + 0.1,
      testAccuracy: accuracy(epoch),
    })),
    trainSeconds: 20,
    measureSeconds: 10,
  };
}

function samplesOf(each: Arm, seed: number): Sample[] {
  return Object.entries(each.measure).flatMap(([name, measurement]) => {
    const base = { arm: each.name, seed, measurement: name };
    const large = largeness(each);
    const wobble = Math.exp(0.25 * jitter(seed, large, name.length));
    switch (measurement.metric) {
      case "sharpness":
        return sharpnessSamples(each, seed, name);
      case "path":
        return pathSamples(each, seed, name, measurement);
      case "spectrum":
        return spectrumSamples(each, seed, name);
      case "step-time":
        return [
          { ...base, part: "seconds", value: 0.0021 * (1 + 6 * large) * wobble },
          { ...base, part: "samples-per-second", value: 15_000 * (1 + 4 * large) * wobble },
          { ...base, part: "training-seconds", value: 12 * wobble },
          { ...base, part: "repeat-ratio", value: wobble },
        ];
      case "rescaled-sharpness":
        return [
          { ...base, part: "loss-change", value: 0 },
          { ...base, part: "accuracy-change", value: 0 },
          ...measurement.maximiser.map((maximiser) => ({
            ...base,
            part: "sharpness",
            epsilon: EPSILON,
            maximiser,
            value: (maximiser === "scaled" ? 900 : 40) * (1 + 9 * large) * wobble,
          })),
        ];
      case "accuracy": {
        if (measurement.at !== "every-epoch")
          return [{ ...base, value: 0.965 - 0.012 * large + 0.001 * jitter(seed, 30, large) }];
        return Array.from({ length: 30 }, (_, i) => ({ ...base, at: i + 1, value: 0.9 + 0.002 * i }));
      }
      case "distance":
        return [
          ...[0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30].map((at) => ({ ...base, at, value: Math.sqrt(at) * wobble })),
          { ...base, value: Math.sqrt(30) * wobble },
        ];
      case "trace":
        return [{ ...base, value: 120 * (1 + 9 * large) * wobble, detail: { draws: [110, 130] } }];
      case "steep-directions":
        return [{ ...base, value: Math.min(1, 0.02 * (1 + 6 * large) * wobble) }];
      default:
        return [{ ...base, value: 7 * (1 + 9 * large) * wobble }];
    }
  });
}

function sharpnessSamples(each: Arm, seed: number, measurement: string): Sample[] {
  const { everyEpochs } = each.measure[measurement] as { everyEpochs?: number };
  const along = everyEpochs === undefined ? [] : Array.from({ length: 11 }, (_, i) => 3 * i);
  const large = largeness(each);
  const at = (epoch: number, maximiser: Maximiser) => {
    const trained = 1 - Math.exp(-epoch / 8);
    const grown = Math.exp((large - 0.3) * 3 * trained + 0.25 * jitter(seed, epoch, large, maximiser.length));
    // The literal maximiser stops at once where training converged: with few samples a batch, or after a late start.
    const stuck = maximiser === "paper-literal" && large < 0.35 ? 1e-3 : 1;
    return { "paper-literal": 6, scaled: 14, "sign-ascent": 11 }[maximiser] * grown * stuck;
  };
  const value = (epoch: number, maximiser: Maximiser) => ({
    arm: each.name,
    seed,
    measurement,
    epsilon: EPSILON,
    maximiser,
    value: at(epoch, maximiser),
    detail: {
      loss: lossAt(each, seed, epoch),
      gradientNorm: 0.01,
      evaluations: 14,
      iterations: 10,
      stop: "max-iterations",
    },
  });
  return MAXIMISERS.flatMap((maximiser) => [
    ...along.map((epoch) => ({ ...value(epoch, maximiser), at: epoch })),
    value(30, maximiser),
  ]);
}

function pathSamples(
  each: Arm,
  seed: number,
  measurement: string,
  options: Extract<Arm["measure"][string], { metric: "path" }>,
): Sample[] {
  const base = { arm: each.name, seed, measurement };
  const loss = (alpha: number) => {
    const barrier = alpha > 0 && alpha < 1 ? 0.4 * Math.sin(Math.PI * alpha) ** 2 : 0;
    const left = alpha < 0 ? alpha ** 2 * 3 : 0;
    const right = alpha > 1 ? (alpha - 1) ** 2 * 9 : 0;
    return (1e-4 + 1e-3 * Math.abs(alpha) + barrier + left + right) * Math.exp(0.3 * jitter(seed, 3));
  };
  const points = pathPositions(options).flatMap((at): Sample[] => [
    { ...base, part: "train-loss", at, value: loss(at) },
    { ...base, part: "train-accuracy", at, value: 1 / (1 + loss(at) / 4) },
    { ...base, part: "test-loss", at, value: loss(at) + 0.15 },
    { ...base, part: "test-accuracy", at, value: 0.965 / (1 + loss(at) / 4) },
    { ...base, part: "rise", at, value: loss(at) - loss(at <= 0.5 ? 0 : 1) },
  ]);
  return [
    ...points,
    { ...base, part: "half-width", at: 0, absent: "the training loss does not rise by 0.5 nats within the path" },
    { ...base, part: "half-width", at: 1, value: 0.24 + 0.01 * jitter(seed) },
    ...(options.shape === "filter-normalised"
      ? []
      : [
          { ...base, part: "barrier", value: loss(0.5) - loss(1) },
          { ...base, part: "barrier-position", value: 0.5 },
        ]),
  ];
}

function spectrumSamples(each: Arm, seed: number, measurement: string): Sample[] {
  const base = { arm: each.name, seed, measurement };
  const top = 12 * (1 + 7 * largeness(each)) * Math.exp(0.2 * jitter(seed));
  const eigenvalues = Array.from({ length: 60 }, (_, i) => {
    const distance = (i - 12) / 47;
    return {
      value: Math.sign(distance) * top * Math.abs(distance) ** 6 * 1.001,
      weight: 10 ** (-6 * Math.abs(distance)),
    };
  });
  const total = eigenvalues.reduce((sum, { weight }) => sum + weight, 0);
  const detail = {
    nodes: eigenvalues.map(({ value }) => value),
    weights: eigenvalues.map(({ weight }) => weight / total),
  };
  return [
    { ...base, part: "largest", value: top, detail },
    { ...base, part: "smallest", value: -0.01 },
    { ...base, part: "share-above-tenth", value: 2e-5 },
    { ...base, part: "share-negative", value: 0.04 },
  ];
}

function claims(): Claim[] {
  const accuracies = BATCHES.map((batch) => ({ arm: batch === 32 ? "SB" : `B${batch}`, measurement: "testAccuracy" }));
  const base = { source: "made up", published: [] };
  const sharpness = (name: string, maximiser?: Maximiser) => ({
    arm: name,
    measurement: "sharpness",
    epsilon: EPSILON,
    ...(maximiser ? { maximiser } : {}),
  });
  return [
    {
      ...base,
      id: "falls",
      statement: "The larger the batch, the lower the test accuracy.",
      assertions: [
        { kind: "trend", of: accuracies as never, direction: "decreasing" },
        { kind: "change-point", of: accuracies as never, at: BATCHES.map((_, i) => i + 1) as never, above: 6 },
      ],
      line: 1,
    },
    {
      ...base,
      id: "ordered",
      statement: "Three batch sizes are ordered.",
      assertions: [
        {
          kind: "ordered",
          of: ["B2048", "B256", "SB"].map((name) => ({ arm: name, measurement: "testAccuracy" })) as never,
        },
      ],
      line: 2,
    },
    {
      ...base,
      id: "literal-collapses",
      statement: "The literal maximiser finds less than the scaled one.",
      assertions: [
        { kind: "ratio", first: sharpness("SB", "scaled"), second: sharpness("SB", "paper-literal"), above: 10 },
      ],
      finding: true,
      line: 3,
    },
    {
      ...base,
      id: "correlated",
      statement: "Sharpness goes with the error.",
      assertions: [
        {
          kind: "correlation",
          pairs: accuracies.map((accuracy) => ({
            first: sharpness(accuracy.arm, "scaled"),
            second: accuracy,
          })) as never,
          above: -0.5,
        },
      ],
      line: 4,
    },
    {
      ...base,
      id: "on-made-up-data",
      statement: "A network learns frames.",
      assertions: [{ kind: "greater", first: { arm: "SB[timit]", measurement: "testAccuracy" }, second: 0.5 }],
      line: 5,
    },
    {
      ...base,
      id: "time",
      statement: "A large batch trains more samples a second.",
      assertions: [
        {
          kind: "ratio",
          first: { arm: "LB[curvature]", measurement: "stepTime", part: "samples-per-second" },
          second: { arm: "SB[curvature]", measurement: "stepTime", part: "samples-per-second" },
          above: 1,
        },
        {
          kind: "equivalent",
          first: { arm: "LB[warm]", measurement: "testAccuracy" },
          second: { arm: "LB-warm-0[warm]", measurement: "testAccuracy" },
          margin: 0.005,
          scale: "difference",
        },
      ],
      finding: true,
      line: 6,
    },
  ];
}
