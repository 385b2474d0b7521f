import type { RuntimeSettings } from "./settings.ts";

/** Sets what the TensorFlow library reads from the environment when it is loaded; what the user has set stays. */
export function prepareEnvironment({ device, threads = 0 }: Pick<RuntimeSettings, "device" | "threads">): void {
  const settings: Record<string, string> = { TF_CPP_MIN_LOG_LEVEL: "3" };
  if (threads > 0) {
    settings["TF_NUM_INTRAOP_THREADS"] = String(threads);
    settings["TF_NUM_INTEROP_THREADS"] = "1";
  }
  if (device === "cuda") {
    // Else products of float32 matrices are made with 10 bits of mantissa.
    settings["NVIDIA_TF32_OVERRIDE"] = "0";
    // Else the first process takes all of the GPU's memory, and a second worker none.
    settings["TF_FORCE_GPU_ALLOW_GROWTH"] = "true";
  }
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
  // A library for GPUs uses one wherever it finds it.
  if (device === "cpu") process.env["CUDA_VISIBLE_DEVICES"] = "-1";
}
