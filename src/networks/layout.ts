import { elementCount } from "../spec/element-count.ts";
import { inferShapes, type ResolvedNetwork } from "./shapes.ts";

/** One parameter tensor and its place in the flat vector θ. */
export interface ParameterTensor {
  /** As torch.nn.Sequential's state_dict names it: "0.weight". */
  readonly name: string;
  /** dense [out, in]; conv [out, in, height, width]; biases and batch-norm [features]. */
  readonly shape: readonly number[];
  /** First element in θ. */
  readonly offset: number;
  readonly size: number;
  readonly initial:
    | { readonly kind: "uniform"; readonly bound: number }
    | { readonly kind: "constant"; readonly value: number };
}

/** The running mean and variance of one batch-norm layer; they are no parameters: nothing perturbs or differentiates them. */
export interface RunningStatistics {
  /** Position of the layer in the network. */
  readonly layer: number;
  /** Features (or channels): the mean takes as many elements from `offset` on, then the variance. */
  readonly features: number;
  readonly offset: number;
}

/** θ ∈ Rⁿ taken apart. */
export interface ParameterLayout {
  readonly parameters: readonly ParameterTensor[];
  /** n, the length of θ. */
  readonly parameterCount: number;
  /** Of batch-norm layers with `statistics: "running"`, in a vector of their own. */
  readonly running: readonly RunningStatistics[];
  readonly runningCount: number;
}

/**
 * Where each parameter lies in θ, in the order of the layers, weight before bias.
 *
 * Initial values are Keras 1's unless the network says otherwise: Glorot uniform weights, zero biases, batch-norm scale 1
 * and shift 0.
 *
 * @throws ClaimbenchError when the layers' shapes do not compose.
 */
export function parameterLayout(network: ResolvedNetwork): ParameterLayout {
  const parameters: ParameterTensor[] = [];
  const running: RunningStatistics[] = [];
  let offset = 0;
  let runningCount = 0;
  const add = (name: string, shape: readonly number[], initial: ParameterTensor["initial"]) => {
    const size = elementCount(shape);
    parameters.push({ name, shape, offset, size, initial });
    offset += size;
  };
  for (const { layer, index, input, output } of inferShapes(network)) {
    const [inputs = 0] = input;
    const [outputs = 0] = output;
    if (layer.layer === "dense" || layer.layer === "conv") {
      const window = layer.layer === "conv" ? [layer.kernel, layer.kernel] : [];
      const area = elementCount(window);
      const bound = initialBound(network.initialiser, inputs * area, outputs * area);
      add(`${index}.weight`, [outputs, inputs, ...window], { kind: "uniform", bound });
      add(`${index}.bias`, [outputs], { kind: "constant", value: 0 });
    } else if (layer.layer === "batch-norm") {
      add(`${index}.weight`, [inputs], { kind: "constant", value: 1 });
      add(`${index}.bias`, [inputs], { kind: "constant", value: 0 });
      if (layer.statistics === "running") {
        running.push({ layer: index, features: inputs, offset: runningCount });
        runningCount += 2 * inputs;
      }
    }
  }
  return { parameters, parameterCount: offset, running, runningCount };
}

/** a of U(−a, a): Glorot & Bengio 2010, eq. 16; He et al. 2015, eq. 10, as a uniform law of that variance; 1/√fanIn. */
function initialBound(initialiser: ResolvedNetwork["initialiser"], fanIn: number, fanOut: number): number {
  switch (initialiser) {
    case "he-uniform":
      return Math.sqrt(6 / fanIn);
    case "uniform":
      return Math.sqrt(1 / fanIn);
    default:
      return Math.sqrt(6 / (fanIn + fanOut));
  }
}

/** Where running statistics start: mean 0, variance 1. Float32Array[runningCount]. */
export function initialRunningStatistics({ running, runningCount }: ParameterLayout): Float32Array<ArrayBuffer> {
  const values = new Float32Array(runningCount);
  for (const { features, offset } of running) values.fill(1, offset + features, offset + 2 * features);
  return values;
}

/** @throws Error when a function at fixed parameters lacks the running statistics it needs, or has others. */
export function checkRunningStatistics({ runningCount }: ParameterLayout, running: Float32Array | undefined): void {
  const given = running?.length ?? 0;
  if (given !== runningCount)
    throw new Error(`the network keeps ${runningCount} running statistics; ${given} were given`);
}

/** Weight of the newest batch in running statistics, as in PyTorch; the variance is kept unbiased. */
export const RUNNING_MOMENTUM = 0.1;
