// Training that is stopped and goes on from its encoded checkpoint gives what it would have given, to the last bit.
import { expect, test } from "vitest";
import type { Model } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import { forwardWork } from "../../src/networks/work.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../../src/train/checkpoint.ts";
import { type TrainingPause, type TrainingTask, train } from "../../src/train/train.ts";
import { golden } from "../fixtures/golden-networks.ts";

const { network: normed, samples } = golden("mlp-bn");
const BATCH = 5;
const SAMPLES = samples.count;
const WHOLE_BATCHES = Math.floor(SAMPLES / BATCH);

const dropout: ResolvedNetwork = {
  name: "dropout",
  input: [20],
  layers: [
    { layer: "dense", units: 6 },
    { layer: "batch-norm", statistics: "running" },
    { layer: "relu" },
    { layer: "dropout", rate: 0.4 },
    { layer: "dense", units: 5 },
  ],
};

/** A model whose calls make so many steps of a batch, so that training pauses within its epochs. */
function pausing(network: ResolvedNetwork, steps: number): Model {
  const model = onnxEngine({ threads: 1 }).load(network);
  return {
    network: model.network,
    layout: model.layout,
    workPerCall: steps * 3 * forwardWork(network) * BATCH,
    initialise: (random) => model.initialise(random),
    trainer: (...parts) => model.trainer(...parts),
    objective: (...parts) => model.objective(...parts),
    dispose: () => model.dispose(),
  };
}

const models = { stepwise: pausing(dropout, 1), byTwo: pausing(dropout, 2), normed: pausing(normed, 1) };
const task: TrainingTask = {
  model: models.stepwise,
  train: samples,
  test: samples,
  optimizer: { adam: { learningRate: 0.01 } },
  plan: { batchSize: BATCH, updatesPerEpoch: Math.ceil(SAMPLES / BATCH), maxEpochs: 3 },
  lastBatch: "keep",
  seed: 1,
};

const ROUGH = { sgd: { learningRate: 3 } };
const TWO_STEPS = { ...task.plan, updatesPerEpoch: 2 * task.plan.updatesPerEpoch };
/** The samples as images of 4×5. */
const images = { ...samples, shape: [1, 4, 5] };

interface Trained {
  readonly outcome: Awaited<ReturnType<typeof train>>;
  /** The state after each pause, encoded; the last is the end's. */
  readonly checkpoints: readonly Uint8Array[];
}

/** @param stopAt pauses to leave off at, counted from the first of all; the rest is trained in one go after the last. */
async function trained(of: TrainingTask, stopAt: readonly number[] = []): Promise<Trained> {
  const checkpoints: Uint8Array[] = [];
  let goesOn = false;
  const onPause = (pause: TrainingPause) => {
    const bytes = encodeCheckpoint(pause.checkpoint());
    if (goesOn) {
      // Training that goes on pauses first where it had stopped.
      goesOn = false;
      expect(Buffer.compare(bytes, checkpoints.at(-1) as Uint8Array), `resumed at pause ${checkpoints.length}`).toBe(0);
      return "go on" as const;
    }
    checkpoints.push(bytes);
    return stopAt.includes(checkpoints.length - 1) ? ("stop" as const) : ("go on" as const);
  };
  let outcome = await train({ ...of, onPause });
  while (outcome.state === "stopped") {
    goesOn = true;
    outcome = await train({ ...of, resume: decodeCheckpoint(checkpoints.at(-1) as Uint8Array, "checkpoint"), onPause });
  }
  return { outcome, checkpoints };
}

/** Everything but the generators: where the order's stands after the last epoch is of no consequence, but is compared too. */
function expectEqual(actual: Trained, expected: Trained): void {
  expect(actual.outcome).toEqual(expected.outcome);
  expect(actual.checkpoints.length).toBe(expected.checkpoints.length);
  for (const [i, checkpoint] of actual.checkpoints.entries()) {
    expect(Buffer.compare(checkpoint, expected.checkpoints[i] as Uint8Array), `state at pause ${i}`).toBe(0);
  }
}

const variants: readonly [string, Partial<TrainingTask>][] = [
  ["Adam, dropout, running statistics and a short last batch", {}],
  ["two steps a call, of which the last is cut short", { model: models.byTwo }],
  ["SGD with momentum", { optimizer: { sgd: { learningRate: 0.05, momentum: 0.9 } } }],
  ["SGD without a state", { optimizer: { sgd: { learningRate: 0.05, clipNorm: 0.1 } } }],
  ["AdaGrad", { optimizer: { adagrad: { learningRate: 0.05 } } }],
  ["the short batch dropped", { lastBatch: "drop" }],
  ["batch statistics", { model: models.normed }],
  ["micro-batches", { model: models.normed, microBatch: 3 }],
  ["warm-up and cosine", { schedule: { warmUpEpochs: 1, decay: "cosine" } }],
  ["a step schedule", { schedule: { decay: { everyEpochs: 1, factor: 0.5 } } }],
  ["a loss to stop at", { plan: { ...task.plan, maxEpochs: 4, trainLoss: 1.5 } }],
  // At this rate the loss goes up and down: it ends before its last epoch.
  ["a plateau", { optimizer: ROUGH, plan: { ...task.plan, maxEpochs: 12, plateau: { patience: 2 } } }],
  ["augmented images", { train: images, augment: { flip: true, rotate: 20, shift: 0.1 } }],
  ["several updates on each batch", { objective: { proximal: { lambda: 0.1, steps: 2 } }, plan: TWO_STEPS }],
  ["sharpness-aware minimisation", { objective: { sam: { rho: 0.05 } } }],
  ["adversarial training", { objective: { adversarial: { epsilon: 0.01 } } }],
  ["stability training", { objective: { stability: { noise: 0.1, weight: 0.5 } } }],
];

test.each(variants)("stopped at any pause: %s", async (_, change) => {
  const of = { ...task, ...change };
  const whole = await trained(of);
  const epochs = whole.outcome.state === "completed" ? whole.outcome.epoch : 0;
  const callsPerEpoch =
    Math.ceil(WHOLE_BATCHES / (of.model === models.byTwo ? 2 : 1)) + (of.lastBatch === "keep" ? 1 : 0);
  // One before training, one after each call and one after each epoch.
  expect(whole.checkpoints).toHaveLength(1 + epochs * (callsPerEpoch + 1));
  for (const at of whole.checkpoints.keys()) expectEqual(await trained(of, [at]), whole);
});

test("the variants differ: each of them takes part in the result", async () => {
  const ends = await Promise.all(
    variants.map(async ([, change]) => {
      const { outcome } = await trained({ ...task, ...change });
      return outcome.state === "completed" ? [...outcome.minimiser.slice(0, 8)].join() : outcome.state;
    }),
  );
  // How many steps a call makes is the one that takes none, and the loss to stop at may be reached at the same epoch.
  expect(ends[1]).toBe(ends[0]);
  expect(new Set(ends).size).toBeGreaterThanOrEqual(variants.length - 2);
});

test("stopped at every pause", async () => {
  const whole = await trained(task);
  expectEqual(await trained(task, [...whole.checkpoints.keys()]), whole);
});

test("a batch that grows, stopped at any pause", async () => {
  const growth = { everyEpochs: 1, factor: 2, most: SAMPLES, samples: SAMPLES, lastBatch: "keep" } as const;
  const of = { ...task, schedule: { decay: "cosine" }, plan: { ...task.plan, growth } } as const;
  const whole = await trained(of);
  // 24 samples in batches of 5, 10 and 20.
  expect(whole.outcome).toMatchObject({ updates: 5 + 3 + 2, curve: [0, 5, 8, 10].map((updates) => ({ updates })) });
  expect(whole.checkpoints).toHaveLength(1 + (5 + 1) + (3 + 1) + (2 + 1));
  for (const at of whole.checkpoints.keys()) expectEqual(await trained(of, [at]), whole);
});

test("a plateau of more patience goes on from the end of one with less", async () => {
  const plan = (patience: number) => ({ ...task.plan, maxEpochs: 12, plateau: { patience } });
  const shorter = await trained({ ...task, optimizer: ROUGH, plan: plan(1) });
  const whole = await trained({ ...task, optimizer: ROUGH, plan: plan(3) });
  const epochs = [shorter, whole].map(({ outcome }) => outcome.state === "completed" && outcome.epoch);
  expect(epochs[0]).toBeLessThan(epochs[1] as number);
  const resume = decodeCheckpoint(shorter.checkpoints.at(-1) as Uint8Array, "checkpoint");
  expect(await train({ ...task, optimizer: ROUGH, plan: plan(3), resume })).toEqual(whole.outcome);
});

test("a longer training goes on from the end of a shorter one", async () => {
  const shorter = await trained({ ...task, plan: { ...task.plan, maxEpochs: 1 } });
  const whole = await trained(task);
  const resume = decodeCheckpoint(shorter.checkpoints.at(-1) as Uint8Array, "checkpoint");
  expect(await train({ ...task, resume })).toEqual(whole.outcome);
});

test("a longer training's state is the shorter one's, where its curve has no point", async () => {
  // 203 and 201 epochs have a point every other epoch; at its end the shorter has one more.
  const plan = { batchSize: SAMPLES, updatesPerEpoch: 1, maxEpochs: 201 };
  const shorter = await trained({ ...task, plan });
  const states = new Map<number, Checkpoint>();
  await train({
    ...task,
    plan: { ...plan, maxEpochs: 203 },
    onPause: (pause) => {
      if (pause.epoch !== 201 || !pause.endOfEpoch) return "go on";
      states.set(201, decodeCheckpoint(encodeCheckpoint(pause.checkpoint()), "checkpoint"));
      return "stop";
    },
  });
  expect(await train({ ...task, plan, resume: states.get(201) as Checkpoint })).toEqual(shorter.outcome);
});

test("a state at the last epoch whose loss is not a number is a divergence, as in the training that came there", async () => {
  const { checkpoints } = await trained({ ...task, plan: { ...task.plan, maxEpochs: 1 } });
  const end = decodeCheckpoint(checkpoints.at(-1) as Uint8Array, "checkpoint");
  end.state.theta.fill(Number.NaN);
  const plan = { batchSize: BATCH, updatesPerEpoch: task.plan.updatesPerEpoch, maxEpochs: 1 };
  const outcome = await train({ ...task, plan, resume: { ...end, curve: end.curve.slice(0, 1) } });
  expect(outcome).toMatchObject({ state: "diverged", epoch: 1, update: plan.updatesPerEpoch });
});

const source = async (more: Partial<TrainingTask> = {}) => {
  const { checkpoints } = await trained({ ...task, plan: { ...task.plan, maxEpochs: 1 }, ...more });
  const bytes = checkpoints.at(-1) as Uint8Array;
  // What training does with a state is its own affair: each use reads its own.
  return () => decodeCheckpoint(bytes, "iterate").state;
};

test.each(["fresh", "carried"] as const)("a warm start, %s, stopped at any pause", async (optimizerState) => {
  const state = await source();
  const of = (): TrainingTask => ({
    ...task,
    seed: 2,
    schedule: { warmUpEpochs: 1, decay: "cosine" },
    plan: { ...task.plan, maxEpochs: 2 },
    warmStart: { state: state(), optimizerState },
  });
  const whole = await trained(of());
  expect(whole.outcome).toMatchObject({ state: "completed", start: state().theta });
  expect(whole.outcome.state === "completed" && whole.outcome.curve.map(({ updates }) => updates)).toEqual(
    [0, 1, 2].map((epoch) => epoch * task.plan.updatesPerEpoch),
  );
  for (const at of whole.checkpoints.keys()) expectEqual(await trained(of(), [at]), whole);
});

test("carried, the optimiser goes on as if nothing had been between", async () => {
  const whole = await trained(task);
  const state = await source();
  const first = decodeCheckpoint(whole.checkpoints[0] as Uint8Array, "checkpoint");
  expect(first.state.updates).toBe(0);
  const update = async (optimizerState: "fresh" | "carried") => {
    const seen: Checkpoint[] = [];
    await train({
      ...task,
      warmStart: { state: state(), optimizerState },
      onPause: (pause) => {
        seen.push(decodeCheckpoint(encodeCheckpoint(pause.checkpoint()), "checkpoint"));
        return "stop";
      },
    });
    return (seen[0] as Checkpoint).state;
  };
  expect(await update("carried")).toEqual(state());
  const fresh = await update("fresh");
  expect(fresh.theta).toEqual(state().theta);
  expect(fresh.running).toEqual(state().running);
  expect(fresh.updates).toBe(0);
  expect(fresh.moments.every((moment) => moment.every((value) => value === 0))).toBe(true);
});
