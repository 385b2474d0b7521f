import type { Device } from "../device.ts";

/** Devices tfjs computes on. */
export type TensorflowDevice = Extract<Device, "cpu" | "cuda" | "webgpu">;
/** On the TensorFlow library (one for GPUs or for CPUs only), on WebGPU, or in plain JavaScript. */
export type RuntimeKind = "node-gpu" | "node" | "webgpu" | "javascript";

export interface RuntimeSettings {
  readonly device: TensorflowDevice;
  /** A folder that holds node_modules/, as `claimbench setup tensorflow` makes it; looked in before the project. */
  readonly folder?: string | undefined;
  /** Threads within an operation, for native packages; 0 or absent for all cores. */
  readonly threads?: number | undefined;
}
