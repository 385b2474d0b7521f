import { expect, test } from "vitest";
import { classDifferences, hardwareClass } from "../../../src/judge/captured/hardware-class.ts";
import type { Provenance } from "../../../src/spec/run.types.ts";

function provenance(changes: {
  cpu?: string;
  gpu?: string;
  engine?: Partial<Provenance["engine"]>;
  operatingSystem?: string;
  architecture?: string;
  node?: string;
  cores?: number;
}): Provenance {
  return {
    claimbench: { version: "0" },
    node: changes.node ?? "v20.20.2",
    engine: {
      name: "onnx",
      version: "onnxruntime-node 1.30.0",
      device: "cpu",
      precision: "float32",
      ...changes.engine,
    },
    hardware: {
      cpu: changes.cpu ?? "AMD EPYC 7B13",
      cores: changes.cores ?? 8,
      memoryBytes: 1,
      architecture: changes.architecture ?? "x64",
      ...(changes.gpu ? { gpu: changes.gpu } : {}),
    },
    operatingSystem: changes.operatingSystem ?? "linux 6.1",
    workers: 1,
    threadsPerWorker: 1,
    dataSets: [],
  };
}

test.each([
  [provenance({}), "amd-epyc-7b13-onnx-cpu-linux-x64-ort1-node20"],
  [provenance({ cpu: "Intel(R) Xeon(R) CPU @ 2.20GHz" }), "intel-xeon-onnx-cpu-linux-x64-ort1-node20"],
  [
    provenance({ cpu: "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", node: "v22.1.0" }),
    "intel-core-i7-1165g7-onnx-cpu-linux-x64-ort1-node22",
  ],
  [provenance({ cpu: "AMD Ryzen 9 5950X 16-Core Processor" }), "amd-ryzen-9-5950x-onnx-cpu-linux-x64-ort1-node20"],
  [
    provenance({ cpu: "AMD Ryzen 7 PRO 7840U w/ Radeon 780M Graphics" }),
    "amd-ryzen-7-pro-7840u-onnx-cpu-linux-x64-ort1-node20",
  ],
  [
    provenance({ cpu: "Apple M2 Pro", operatingSystem: "darwin 23.4.0", architecture: "arm64" }),
    "apple-m2-pro-onnx-cpu-macos-arm64-ort1-node20",
  ],
  [
    provenance({
      gpu: "NVIDIA H100 80GB HBM3",
      engine: { name: "tensorflow", device: "cuda", version: "@tensorflow/tfjs-node-gpu 4.22.0, libtensorflow 2.9.1" },
    }),
    "nvidia-h100-80gb-hbm3-tensorflow-cuda-linux-x64-tfjs4-node20",
  ],
  [provenance({ cpu: "" }), "unknown-onnx-cpu-linux-x64-ort1-node20"],
])("a class is a readable name: %#", (of, id) => {
  expect(hardwareClass(of).id).toBe(id);
});

test.each([
  ["a GPU that did not compute", provenance({ gpu: "NVIDIA T4" })],
  ["the number of cores", provenance({ cores: 96 })],
  ["the clock", provenance({ cpu: "AMD EPYC 7B13 @ 2.25GHz" })],
  ["the kernel's release", provenance({ operatingSystem: "linux 5.10" })],
  ["a minor version of the runtime", provenance({ engine: { version: "onnxruntime-node 1.22.0" } })],
  ["a minor version of Node", provenance({ node: "v20.1.0" })],
])("%s makes no other class", (_, of) => {
  expect(hardwareClass(of).id).toBe(hardwareClass(provenance({})).id);
});

test("classes that differ say in what", () => {
  const ours = hardwareClass(provenance({ cpu: "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz", node: "v22.0.0" }));
  expect(classDifferences(ours, hardwareClass(provenance({})))).toEqual([
    "processor: Intel Xeon Platinum 8481C, captured on AMD EPYC 7B13",
    "Node: 22, captured on 20",
  ]);
});
