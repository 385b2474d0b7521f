import type { EngineChoice } from "./device.ts";
import type { Engine } from "./engine.ts";
import { openOnnxEngine } from "./onnx/engine.ts";

export interface EngineSettings {
  /** Threads within an operator; 0 for all cores. */
  readonly threads: number;
  /** Folder made by `claimbench setup tensorflow`. */
  readonly tensorflowFolder: string;
}

/**
 * Opens an engine on a device, or says what is missing: never another device in its place.
 *
 * @throws ClaimbenchError `device-not-available` or `engine-not-available`, with the command that would help.
 */
export async function openEngine({ engine, device }: EngineChoice, settings: EngineSettings): Promise<Engine> {
  const { threads, tensorflowFolder } = settings;
  if (engine === "onnx") return openOnnxEngine({ device, threads });
  const { tensorflowEngine } = await import("./tensorflow/engine.ts");
  return tensorflowEngine({ device: device as "cpu" | "cuda" | "webgpu", threads, folder: tensorflowFolder });
}
