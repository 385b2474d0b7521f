import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Samples } from "../data/samples.ts";
import type { ResolvedNetwork } from "../networks/shapes.ts";
import type { Layer } from "../spec/network.types.ts";
import type { Engine } from "./engine.ts";

/** How far an engine is from stored values, relative. */
export interface ProbeResult {
  readonly lossError: number;
  readonly gradientError: number;
  readonly passed: boolean;
}

/** Most either error may be: float32 in another order of summation gives about 1e-6. */
export const PROBE_TOLERANCE = 1e-4;

/** Every usual kind of layer, tiny. */
export const probeNetwork: ResolvedNetwork = {
  name: "probe",
  input: [2, 6, 6],
  layers: [
    { layer: "conv", filters: 3, kernel: 3, padding: "same" },
    { layer: "batch-norm" },
    { layer: "relu" },
    { layer: "max-pool", size: 3, stride: 2, padding: "same" },
    { layer: "flatten" },
    { layer: "dense", units: 5 },
    { layer: "batch-norm" },
    { layer: "relu" },
    { layer: "dense", units: 3 },
  ],
};

// PyTorch 2.13 in float64, at θᵢ = 0.4 sin(1.3 i + 0.5), x = sin(0.7 i), labels i mod 3 (rounded to float32).
const expected = {
  loss: 1.0973374698314666,
  gradientNorm: 0.14494994120778837,
  /** ∇f · (cos 0.9 i)ᵢ */
  gradientProjection: -0.13750144891389596,
};

/** Loss and gradient of a tiny network with every usual kind of layer, against stored values. */
export async function probeEngine(engine: Engine): Promise<ProbeResult> {
  const count = 8;
  const samples: Samples = {
    x: Float32Array.from({ length: count * 72 }, (_, i) => Math.sin(0.7 * i)),
    y: Int32Array.from({ length: count }, (_, i) => i % 3),
    count,
    shape: probeNetwork.input,
  };
  const model = engine.load(probeNetwork);
  const theta = Float32Array.from({ length: model.layout.parameterCount }, (_, i) => 0.4 * Math.sin(1.3 * i + 0.5));
  const gradient = new Float32Array(theta.length);
  const loss = await model.objective(samples, count).lossAndGradient(theta, gradient);
  await model.dispose();
  const projection = gradient.reduce((sum, value, i) => sum + value * Math.cos(0.9 * i), 0);
  const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  const lossError = Math.abs(loss / expected.loss - 1);
  const gradientError =
    Math.max(Math.abs(norm - expected.gradientNorm), Math.abs(projection - expected.gradientProjection)) /
    expected.gradientNorm;
  // Written so that a NaN does not pass.
  const passed = lossError <= PROBE_TOLERANCE && gradientError <= PROBE_TOLERANCE;
  return { lossError, gradientError, passed };
}

function perceptron(name: string, units: number, depth: number): ResolvedNetwork {
  const hidden: Layer[] = [{ layer: "dense", units }, { layer: "batch-norm" }, { layer: "relu" }];
  const layers = Array.from({ length: depth }, () => hidden).flat();
  return { name, input: [784], layers: [...layers, { layer: "dense", units: 10 }] };
}

/** A trainer on random images with all it needs, from fixed seeds. */
function training(engine: Engine, network: ResolvedNetwork, count: number) {
  const random = xoroshiro128plus(1);
  const samples: Samples = {
    x: Float32Array.from({ length: count * 784 }, () => (random.next() >>> 0) / 2 ** 32),
    y: Int32Array.from({ length: count }, (_, i) => i % 10),
    count,
    shape: network.input,
  };
  const model = engine.load(network);
  const trainer = model.trainer(samples, { adam: { learningRate: 1e-3 } }, random);
  const start = model.initialise(xoroshiro128plus(2));
  return { model, trainer, start, state: trainer.start(start) };
}

/**
 * Times Adam updates of the paper's F1 at batch 256 on random images.
 *
 * @param clock milliseconds.
 * @param budget milliseconds after which no more are timed.
 * @returns median milliseconds of an update.
 */
export async function timeUpdate(engine: Engine, clock: () => number, budget: number): Promise<number> {
  const batch = 256;
  const { model, trainer, state } = training(engine, perceptron("F1", 512, 5), batch);
  const indices = Int32Array.from({ length: 10 * batch }, (_, i) => i % batch);
  const start = clock();
  const run = async (updates: number) => {
    const from = clock();
    await trainer.update(state, indices.subarray(0, updates * batch), batch);
    return (clock() - from) / updates;
  };
  // The first loads the graph and counts only where a second one would take too long.
  const times = [await run(1)];
  if (clock() - start < budget) times.splice(0, 1, await run(1));
  while (times.length < 5 && clock() - start < budget) times.push(await run(10));
  await model.dispose();
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

/**
 * Trains a small network twice, from the same start with the same batches.
 *
 * @param duration milliseconds that each training takes, about.
 * @returns ‖x_a − x_b‖ / ‖x_a − x₀‖: 0 where an engine is repeatable to the bit.
 */
export async function measureDrift(engine: Engine, clock: () => number, duration: number): Promise<number> {
  const [batch, count, updatesPerRun] = [32, 1024, 16];
  const { model, trainer, start, state } = training(engine, perceptron("drift", 128, 3), count);
  const again = trainer.start(start);
  const order = Int32Array.from({ length: updatesPerRun * batch }, (_, i) => (37 * i) % count);
  let runs = 0;
  for (const from = clock(); runs < 1 || clock() - from < duration; runs++) await trainer.update(state, order, batch);
  for (let run = 0; run < runs; run++) await trainer.update(again, order, batch);
  await model.dispose();
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0));
  return distance(state.theta, again.theta) / distance(state.theta, start);
}
