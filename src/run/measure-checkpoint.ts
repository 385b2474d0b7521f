import { writeFile } from "node:fs/promises";
import { dataSetSize, loadData, loadSafetensorsData } from "../data/load.ts";
import { writeSafetensors } from "../data/safetensors.ts";
import { checkSamples, firstSamples, type Samples } from "../data/samples.ts";
import { choiceName } from "../engine/device.ts";
import { openEngine } from "../engine/open-engine.ts";
import { topEigenvalue } from "../measure/hessian/top-eigenvalue.ts";
import { norm } from "../measure/norm.ts";
import { sharpness } from "../measure/sharpness/sharpness.ts";
import { inferShapes, resolvedNetwork } from "../networks/shapes.ts";
import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { Network } from "../spec/network.types.ts";
import type { DataSetName, Maximiser } from "../spec/suite.types.ts";
import { generator } from "../train/seeds.ts";
import { dataSources } from "./data-sources.ts";
import { chooseEngine, type EngineRequest } from "./engines/choose-engine.ts";
import { loadCheckpoint } from "./load-checkpoint.ts";

export type CheckpointMetric = "loss" | "sharpness" | "top-eigenvalue";

export interface CheckpointRequest {
  readonly network: Network;
  /** Path of a safetensors file with the parameters. */
  readonly weights: string;
  readonly data: { readonly path: string } | { readonly set: DataSetName; readonly split: "train" | "test" };
  /** Folder to look for data sets in before others. */
  readonly dataFolder?: string;
  readonly metrics: readonly CheckpointMetric[];
  readonly epsilon: readonly number[];
  readonly maximisers: readonly Maximiser[];
  /** Measure on the first so many samples. */
  readonly samples?: number;
  readonly evaluationBatch: number;
  readonly threads?: number;
  readonly engine: EngineRequest;
  /** Folder made by `claimbench setup tensorflow`. */
  readonly tensorflowFolder: string;
  /** Where to write ∇f, as safetensors with the parameters' names. */
  readonly gradientFile?: string;
}

export interface CheckpointReport {
  readonly parameters: number;
  readonly samples: number;
  /** "onnx on cpu" */
  readonly engine: string;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
  /** 0 to 1. */
  readonly accuracy: number;
  /** ‖∇f‖₂ */
  readonly gradientNorm: number;
  readonly topEigenvalue?: { readonly value: number; readonly iterations: number; readonly converged: boolean };
  readonly sharpness?: readonly {
    readonly epsilon: number;
    readonly maximiser: Maximiser;
    readonly value: number;
    readonly evaluations: number;
    readonly iterations: number;
    readonly stop: string;
  }[];
}

/**
 * Measures a checkpoint of the user's own.
 *
 * @throws ClaimbenchError when files are missing, damaged or do not fit the network, or f is not finite there.
 */
export async function measureCheckpoint(request: CheckpointRequest): Promise<CheckpointReport> {
  const settings = { threads: request.threads ?? 0, tensorflowFolder: request.tensorflowFolder };
  const network = resolvedNetwork(request.network, request.network.name ?? "network");
  const { choice } = await chooseEngine(request.engine, settings, [network]);
  const engine = await openEngine(choice, settings);
  const model = engine.load(network);
  const { theta: x, running } = await loadCheckpoint(request.weights, model.layout);
  const { samples, source } = await loadSamples(request);
  const inputs = elementCount(network.input);
  checkSamples(samples, inputs, inferShapes(network).at(-1)?.output[0] ?? 0, source);
  const objective = model.objective(samples, request.evaluationBatch, running);

  const gradient = new Float32Array(x.length);
  const loss = await objective.lossAndGradient(x, gradient);
  if (!Number.isFinite(loss)) {
    throw new ClaimbenchError("loss-not-finite", `the loss of ${request.weights} on ${source} is ${loss}`, {
      exitCode: 4,
    });
  }
  const { accuracy } = await objective.evaluate(x);
  if (request.gradientFile !== undefined) {
    const tensors = model.layout.parameters.map(({ name, shape, offset, size }) => ({
      name,
      shape,
      data: gradient.subarray(offset, offset + size),
    }));
    await writeFile(request.gradientFile, writeSafetensors(tensors)).catch((cause: Error) => {
      throw new ClaimbenchError("gradient-not-written", `cannot write ${request.gradientFile}: ${cause.message}`, {
        cause,
      });
    });
  }
  const wanted = (metric: CheckpointMetric) => request.metrics.includes(metric);
  const eigenvalue = wanted("top-eigenvalue")
    ? await topEigenvalue(objective, x, { iterations: 50, tolerance: 1e-3 }, generator("eigenvector", 0))
    : undefined;
  const sharp = wanted("sharpness") ? await sharpnessOf(request, engine, objective, x) : undefined;
  await model.dispose();
  return {
    parameters: x.length,
    samples: samples.count,
    engine: choiceName(choice),
    loss,
    accuracy,
    gradientNorm: norm(gradient),
    ...(eigenvalue ? { topEigenvalue: eigenvalue } : {}),
    ...(sharp ? { sharpness: sharp } : {}),
  };
}

async function sharpnessOf(
  { epsilon, maximisers }: CheckpointRequest,
  engine: Parameters<typeof sharpness>[0],
  objective: Parameters<typeof sharpness>[1],
  x: Float32Array,
): Promise<CheckpointReport["sharpness"]> {
  const options = { space: "full" as const, epsilon, maximiser: maximisers };
  const values = await sharpness(engine, objective, x, options, generator("subspace", 0));
  return values.map(({ epsilon, maximiser, value, detail }) => ({
    epsilon,
    maximiser,
    value,
    evaluations: detail.evaluations ?? 0,
    iterations: detail.iterations ?? 0,
    stop: detail.stop ?? "",
  }));
}

async function loadSamples(request: CheckpointRequest): Promise<{ samples: Samples; source: string }> {
  const { data } = request;
  let samples: Samples;
  if ("path" in data) samples = (await loadSafetensorsData(data.path)).samples;
  else {
    // No more than is measured: all the digits take 220 MB.
    const other = data.split === "train" ? "test" : "train";
    const available = dataSetSize(data.set)?.[data.split] ?? Number.POSITIVE_INFINITY;
    const count = Math.min(request.samples ?? Number.POSITIVE_INFINITY, available);
    const wanted = Number.isFinite(count) ? { [data.split]: count, [other]: 1 } : {};
    const loaded = await loadData({ set: data.set, ...wanted }, dataSources(".", request.dataFolder));
    samples = loaded[data.split];
  }
  const source = "path" in data ? data.path : `${data.set} (${data.split})`;
  if (request.samples !== undefined && request.samples > samples.count) {
    throw new ClaimbenchError(
      "too-many-samples",
      `${source} has ${samples.count} samples; ${request.samples} were asked for`,
    );
  }
  return { samples: firstSamples(samples, request.samples ?? samples.count), source };
}
