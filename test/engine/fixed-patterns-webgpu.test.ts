import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { onnxEngine, openOnnxEngine } from "../../src/engine/onnx/engine.ts";
import { norm } from "../../src/measure/norm.ts";
import type { Layer } from "../../src/spec/network.types.ts";
import { layerCases, layerProbe } from "../fixtures/layer-cases.ts";

// As in webgpu.test.ts: a Vulkan device in software.
process.env["VK_ICD_FILENAMES"] ??= "/usr/lib/chromium/vk_swiftshader_icd.json";
const skipped = !existsSync(process.env["VK_ICD_FILENAMES"] as string) && !process.env["CI"];
const onDevice = test.skipIf(skipped);
const cpu = onnxEngine({ threads: 1 });
const webgpu = skipped ? cpu : await openOnnxEngine({ device: "webgpu", threads: 1 });

const conv: Layer = { layer: "conv", filters: 3, kernel: 3, padding: 1 };
const end: readonly Layer[] = [{ layer: "flatten" }, { layer: "dense", units: 4 }];
const pools: typeof layerCases = [
  { size: 3, stride: 2, padding: 1 },
  { size: 2, stride: 1 },
  { size: 2, stride: 3 },
  { size: 1, stride: 2 },
].map((pool) => [
  `max-pool ${JSON.stringify(pool)}`,
  [conv, { layer: "relu" }, { layer: "max-pool", ...pool }, ...end],
  [2, 7, 6],
]);
const withPieces = layerCases.filter(([, layers]) =>
  layers.some(({ layer }) => layer === "relu" || layer === "max-pool"),
);

onDevice.each([...withPieces, ...pools])(
  "with patterns of another point, loss and gradient of %s are the CPU's",
  async (_, layers, image) => {
    const { network, samples, running, theta } = layerProbe(layers, image);
    const patternsAt = theta.map((value, i) => value + 0.2 * Math.sin(i * i));
    const [expected, found] = [new Float32Array(theta.length), new Float32Array(theta.length)];
    const [onCpu, onGpu] = [cpu.load(network), webgpu.load(network)];
    const expectedLoss = await onCpu.objective(samples, 7, running).lossAndGradient(theta, expected, patternsAt);
    const loss = await onGpu.objective(samples, 7, running).lossAndGradient(theta, found, patternsAt);
    expect(Math.abs(loss / expectedLoss - 1)).toBeLessThan(1e-5);
    expect(norm(found.map((value, i) => value - (expected[i] as number)))).toBeLessThan(1e-4 * norm(expected));
    await onCpu.dispose();
    await onGpu.dispose();
  },
);
