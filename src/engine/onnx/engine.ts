import { env } from "onnxruntime-node";
import type { EngineFacts } from "../../spec/run.types.ts";
import type { Engine, Model } from "../engine.ts";
import { onnxLinearMap } from "./linear-map.ts";
import { OnnxModel } from "./model.ts";
import type { SessionSettings } from "./session.ts";

/** The default engine: each training step is one ONNX graph, run by onnxruntime. */
export function onnxEngine(settings: SessionSettings): Engine {
  const facts: EngineFacts = {
    name: "onnx",
    version: `onnxruntime-node ${env.versions.node ?? env.versions.common}`,
    device: "cpu",
    precision: "float32",
  };
  return {
    facts,
    load: (network): Model => new OnnxModel(network, settings),
    linearMap: (matrix, rows, columns) => onnxLinearMap(matrix, rows, columns, settings),
  };
}
