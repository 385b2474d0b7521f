import { env } from "onnxruntime-node";
import type { EngineFacts } from "../../spec/run.types.ts";
import type { Engine, Model } from "../engine.ts";
import { Graph } from "./graphs/graph.ts";
import { matmul } from "./graphs/operators.ts";
import { onnxLinearMap } from "./linear-map.ts";
import { OnnxModel } from "./model.ts";
import { placementOf } from "./placement.ts";
import { checkProvider, providerFailure } from "./providers.ts";
import { Session, type SessionSettings } from "./session.ts";

/** The default engine: each training step is one ONNX graph, run by onnxruntime. */
export function onnxEngine(settings: SessionSettings): Engine {
  const facts: EngineFacts = {
    name: "onnx",
    version: `onnxruntime-node ${env.versions.node ?? env.versions.common}`,
    device: settings.device ?? "cpu",
    precision: "float32",
  };
  return {
    facts,
    load: (network): Model => new OnnxModel(network, settings),
    ...(facts.device === "cpu"
      ? {}
      : { placementOf: (network, objective) => placementOf(network, settings, objective) }),
    linearMap: (matrix, rows, columns) => onnxLinearMap(matrix, rows, columns, settings),
  };
}

/** Open as long as the process: with its last session WebGPU would lose its compiled shaders, seconds to make again. */
let lastingSession: Session | undefined;

/**
 * Opens the engine after making sure, with one small product, that its device is there.
 *
 * @throws ClaimbenchError `device-not-available`.
 */
export async function openOnnxEngine(settings: SessionSettings): Promise<Engine> {
  const { device = "cpu" } = settings;
  if (device === "cpu") return onnxEngine(settings);
  checkProvider(device);
  // Products of float32 numbers, not of TF32's ten bits, which small differences of f would drown in.
  if (device === "cuda") process.env["NVIDIA_TF32_OVERRIDE"] ??= "0";
  const graph = new Graph();
  const a = graph.input("a", "float32", [4, 4]);
  graph.output(matmul(graph, a, a), "product");
  try {
    const session = await Session.create(graph.encode(), settings);
    if (device === "webgpu" && !lastingSession) lastingSession = session;
    else await session.release();
  } catch (cause) {
    throw providerFailure(device, cause as Error);
  }
  return onnxEngine(settings);
}
