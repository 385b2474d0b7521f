import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type InferenceSession, listSupportedBackends } from "onnxruntime-node";
import { ClaimbenchError } from "../../spec/error.ts";
import type { Device } from "../device.ts";

/**
 * The execution provider of a device, as onnxruntime takes it.
 *
 * WebGPU: in its default layout, NHWC, convolutions whose kernel is as large as the image, and others, come out wrong
 * without a word (onnxruntime 1.30; seen on SwiftShader against the CPU). In NCHW they are right.
 */
export const PROVIDERS: Readonly<Record<Device, InferenceSession.ExecutionProviderConfig>> = {
  cpu: "cpu",
  cuda: "cuda",
  webgpu: { name: "webgpu", preferredLayout: "NCHW" },
  coreml: "coreml",
  directml: "dml",
};

function backendName(device: Device): string {
  const provider = PROVIDERS[device];
  return typeof provider === "string" ? provider : provider.name;
}

/** Operating system a provider exists on, where it is only one. */
const HOME: Partial<Record<Device, { readonly platform: NodeJS.Platform; readonly name: string }>> = {
  coreml: { platform: "darwin", name: "macOS" },
  directml: { platform: "win32", name: "Windows" },
};

/**
 * What is missing on this machine for a device, as far as it can be told without loading anything.
 *
 * @throws ClaimbenchError `device-not-available`, with the command that would help.
 */
export function checkProvider(device: Device): void {
  const home = HOME[device];
  if (home && process.platform !== home.platform) {
    throw notAvailable(device, `there is one on ${home.name} only; this is ${process.platform}`);
  }
  if (!listSupportedBackends().some(({ name }) => name === backendName(device))) {
    throw notAvailable(device, `onnxruntime-node has none for ${process.platform} ${process.arch}`);
  }
  if (device === "cuda" && !existsSync(cudaLibrary())) {
    throw notAvailable(
      device,
      "onnxruntime's CUDA libraries are not installed",
      "`ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node --foreground-scripts` downloads them",
    );
  }
}

/** What the runtime said when it could not open a device, in the words of somebody who wants to mend it. */
export function providerFailure(device: Device, cause: Error): ClaimbenchError {
  const [reason, hint] = explain(device, cause.message);
  return notAvailable(device, reason, hint, cause);
}

function explain(device: Device, message: string): [reason: string, hint?: string] {
  if (device === "webgpu" && message.includes("No supported adapters")) {
    const [reason, hint] = {
      linux: [
        "no Vulkan device was found",
        "`apt-get install libvulkan1 mesa-vulkan-drivers` (or the GPU maker's driver) brings what it needs",
      ],
      darwin: ["no Metal device was found", undefined],
      win32: ["no Direct3D 12 device was found", "install the GPU maker's driver"],
    }[process.platform as string] ?? ["no graphics device was found", undefined];
    return hint === undefined ? [reason as string] : [reason as string, hint];
  }
  if (device === "cuda") {
    return [firstLine(message), "it needs an NVIDIA driver, CUDA 12 and cuDNN 9 where the loader finds them"];
  }
  return [firstLine(message)];
}

function firstLine(message: string): string {
  return message.trim().split("\n", 1).join("").slice(0, 400);
}

function notAvailable(device: Device, reason: string, hint?: string, cause?: Error): ClaimbenchError {
  return new ClaimbenchError("device-not-available", `engine onnx: device ${device} is not available: ${reason}`, {
    ...(hint === undefined ? {} : { hint }),
    ...(cause ? { cause } : {}),
  });
}

function cudaLibrary(): string {
  const packageFile = createRequire(import.meta.url).resolve("onnxruntime-node/package.json");
  const name = process.platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
  return join(dirname(packageFile), "bin", "napi-v6", process.platform, process.arch, name);
}
