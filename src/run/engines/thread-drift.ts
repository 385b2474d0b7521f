import { availableParallelism } from "node:os";
import { loadMnist, mnistFolder } from "../../data/mnist.ts";
import { onnxEngine } from "../../engine/onnx/engine.ts";
import { norm } from "../../measure/norm.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import type { Layer } from "../../spec/network.types.ts";
import { train } from "../../train/train.ts";

/** How far two trainings part that differ in nothing but threads. */
export interface ThreadDrift {
  readonly threads: readonly [number, number];
  /** Whether two trainings with the first number of threads gave the same bits. */
  readonly repeatable: boolean;
  /** ‖x_a − x_b‖ / ‖x_a − x₀‖ at the minimisers. */
  readonly relativeDistance: number;
}

const hidden: Layer[] = [{ layer: "dense", units: 128 }, { layer: "batch-norm" }, { layer: "relu" }];
const network: ResolvedNetwork = {
  name: "thread-drift",
  input: [784],
  layers: [...hidden, ...hidden, ...hidden, { layer: "dense", units: 10 }],
};

/**
 * Trains a small network on real digits with one thread twice, and with all. Small batches are where the number of
 * threads changes how sums are cut, and batch normalisation makes their last bits grow. A second or two.
 */
export async function measureThreadDrift(): Promise<ThreadDrift> {
  const most = Math.max(2, availableParallelism());
  const positions = Int32Array.from({ length: 1024 }, (_, i) => i);
  const { samples } = await loadMnist(mnistFolder(process.env), "train", positions);
  const minimiser = async (threads: number) => {
    const model = onnxEngine({ threads }).load(network);
    const outcome = await train({
      model,
      train: samples,
      test: samples,
      optimizer: { adam: { learningRate: 1e-3 } },
      plan: { batchSize: 32, updatesPerEpoch: 32, maxEpochs: 5 },
      lastBatch: "keep",
      seed: 0,
    });
    await model.dispose();
    if (outcome.state !== "completed") throw new Error("the probe network diverged");
    return outcome;
  };
  const one = await minimiser(1);
  const again = await minimiser(1);
  const all = await minimiser(most);
  const distance = (a: Float32Array, b: Float32Array) => norm(a.map((value, i) => value - (b[i] as number)));
  return {
    threads: [1, most],
    repeatable: distance(one.minimiser, again.minimiser) === 0,
    relativeDistance: distance(one.minimiser, all.minimiser) / distance(one.minimiser, one.start),
  };
}
