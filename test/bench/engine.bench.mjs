// npm run bench: times one F1 update, gradient, evaluation and sharpness on real digits, with tinybench.
// Options: --batch N (256), --samples N for gradient, evaluation and sharpness (5000), --threads N (all cores).
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Bench } from "tinybench";
import { loadMnist, mnistFolder } from "../../dist/data/mnist.js";
import { onnxEngine } from "../../dist/engine/onnx/engine.js";
import { sharpness } from "../../dist/measure/sharpness/sharpness.js";
import { generator } from "../../dist/train/seeds.js";

const { values } = parseArgs({
  options: { batch: { type: "string" }, samples: { type: "string" }, threads: { type: "string" } },
});
const batch = Number(values.batch ?? 256);
const count = Number(values.samples ?? 5000);
const threads = Number(values.threads ?? availableParallelism());

const hidden = [{ layer: "dense", units: 512 }, { layer: "batch-norm" }, { layer: "relu" }];
const network = { name: "F1", input: [784], layers: [...Array(5).fill(hidden).flat(), { layer: "dense", units: 10 }] };
const positions = Int32Array.from({ length: Math.max(count, 20 * batch) }, (_, i) => i % 60_000);
const { samples } = await loadMnist(mnistFolder(process.env), "train", positions);
const engine = onnxEngine({ threads });
const model = engine.load(network);
const objective = model.objective(
  { ...samples, x: samples.x.subarray(0, count * 784), y: samples.y.subarray(0, count), count },
  5000,
);
const trainer = model.trainer(samples, { adam: { learningRate: 1e-3 } }, generator("dropout", 0));
const state = trainer.start(model.initialise(generator("start", 0)));
const gradient = new Float32Array(model.layout.parameterCount);
const STEPS = 20;
const order = Int32Array.from({ length: STEPS * batch }, (_, i) => i);
const options = { space: "full", epsilon: [1e-3], maximiser: ["scaled"] };

const bench = new Bench({ warmupIterations: 2, warmupTime: 0, iterations: 5, time: 1000 });
bench
  .add(`${STEPS} updates, batch ${batch}`, async () => void (await trainer.update(state, order, batch)))
  .add(`gradient, ${count} samples`, async () => void (await objective.lossAndGradient(state.theta, gradient)))
  .add(`evaluation, ${count} samples`, async () => void (await objective.evaluate(state.theta)));
const slow = new Bench({ warmup: false, iterations: 3, time: 0 });
slow.add(
  `sharpness, full space, scaled, ${count} samples`,
  async () => void (await sharpness(engine, objective, state.theta, options, generator("subspace", 0))),
);
await bench.run();
await slow.run();
console.log(`F1, ${model.layout.parameterCount} parameters, ${threads} thread(s), ${engine.facts.version}`);
console.table(
  [...bench.tasks, ...slow.tasks].map(({ name, result }) => ({
    task: name,
    "median ms": Number(result.latency.p50.toFixed(2)),
    "per update ms": name.includes("updates") ? Number((result.latency.p50 / STEPS).toFixed(2)) : "",
    runs: result.latency.samplesCount,
  })),
);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
