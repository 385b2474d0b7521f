import type { Engine, Model } from "../engine.ts";
import { WORK_PER_CALL } from "../work-per-call.ts";
import { tensorflowLinearMap } from "./linear-map.ts";
import { TensorflowModel } from "./model.ts";
import { nativeOperators } from "./native-operators.ts";
import { composedOperators, type Operators } from "./operators.ts";
import { loadTensorflow, type Runtime } from "./runtime.ts";
import type { RuntimeSettings } from "./settings.ts";
import { webgpuOperators } from "./webgpu-operators.ts";

/**
 * The second engine: tfjs, on the TensorFlow library, on WebGPU or in plain JavaScript.
 *
 * @throws ClaimbenchError as {@link loadTensorflow} does.
 */
export async function tensorflowEngine(settings: RuntimeSettings): Promise<Engine> {
  const runtime = await loadTensorflow(settings);
  const { tf, packageName, packageVersion, library, device } = runtime;
  const operators = operatorsOf(runtime);
  const workPerCall = WORK_PER_CALL[device === "cpu" ? "cpu" : "gpu"];
  return {
    facts: {
      name: "tensorflow",
      version: `${packageName} ${packageVersion}, ${library}`,
      device,
      precision: "float32",
    },
    load: (network): Model => new TensorflowModel(tf, operators, network, workPerCall),
    linearMap: async (matrix, rows, columns) => tensorflowLinearMap(tf, matrix, rows, columns),
  };
}

function operatorsOf({ tf, kind, native }: Runtime): Operators {
  if (native) return nativeOperators(tf, native);
  return kind === "webgpu" ? webgpuOperators(tf) : composedOperators(tf);
}
