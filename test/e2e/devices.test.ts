import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";
import { holds, tinySuite } from "./suites.ts";

test.each([
  ["coreml", "there is one on macOS only"],
  ["directml", "there is one on Windows only"],
])("--device %s on Linux is an error that says why", async (device, reason) => {
  const place = folder();
  place.write("tiny.json", tinySuite({ claims: { holds } }));
  const run = await place.run(["run", "tiny.json", "--device", device]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(`error engine onnx: device ${device} is not available: ${reason}`);
  expect(place.names()).toEqual(["tiny.json"]);
});

test("--device webgpu without a graphics device is an error with a way out", async () => {
  const place = folder();
  place.write("tiny.json", tinySuite({ claims: { holds } }));
  const environment = { VK_ICD_FILENAMES: "/nonexistent.json", VK_DRIVER_FILES: "/nonexistent.json" };
  const run = await place.run(["run", "tiny.json", "--engine", "onnx", "--device", "webgpu"], { environment });
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/error engine onnx: device webgpu is not available: no Vulkan device was found/);
  expect(run.stderr).toMatch(/hint .*libvulkan1.*\nSee .*docs\/gpu\.md/);
});

const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";

test.skipIf(!existsSync(swiftShader) && !process.env["CI"])(
  "a suite runs on WebGPU, here a Vulkan device in software, and says so",
  async () => {
    const place = folder();
    place.write("tiny.json", tinySuite({ claims: { holds }, seeds: 1, train: { stop: { epochs: 1 } } }));
    const environment = { VK_ICD_FILENAMES: swiftShader };
    const run = await place.run(["run", "tiny.json", "--engine", "onnx", "--device", "webgpu"], { environment });
    expect(run.stderr).toContain("engine onnx on webgpu (onnxruntime-node ");
    const record = readJson(`${place.runs("tiny")[0]}/run.json`);
    expect(record.trials.map(({ state }: { state: string }) => state)).toEqual(["completed", "completed"]);
    expect(record.provenance).toMatchObject({ workers: 1, engine: { device: "webgpu", cpuOperators: [] } });
    const onCpu = await place.run(["run", "tiny.json", "--device", "cpu"]);
    expect(onCpu.stderr).toContain("engine onnx on cpu");
    const [, second] = place.runs("tiny");
    const losses = [record, readJson(`${second}/run.json`)].map(({ trials }) => trials[0].curve.at(-1).trainLoss);
    expect(Math.abs(losses[0] / losses[1] - 1)).toBeLessThan(1e-5);
  },
);

test.each([
  ["--device", "tpu", "auto, cpu, cuda, webgpu, coreml, directml"],
  ["--engine", "torch", "auto, onnx, tensorflow"],
])("%s %s names what there is", async (option, value, choices) => {
  const run = await folder().run(["run", "quick", option, value]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(choices);
});

test("the record and the command say which engine computed, and why", async () => {
  const place = folder();
  place.write("tiny.json", tinySuite({ claims: { holds } }));
  const run = await place.run(["run", "tiny.json", "--engine", "onnx", "--device", "cpu"]);
  expect(run.stderr).toContain("engine onnx on cpu (onnxruntime-node ");
  const record = readJson(`${place.runs("tiny")[0]}/run.json`);
  expect(record.provenance.engine).toMatchObject({ name: "onnx", device: "cpu", chosen: "asked for" });
  expect(record.run.command).toBe("claimbench run tiny.json --engine onnx --device cpu");
});

test("validate --dump-onnx writes one graph an arm, which the runtime loads", async () => {
  const place = folder();
  place.write("tiny.json", tinySuite({ claims: { holds } }));
  const run = await place.run(["validate", "tiny.json", "--dump-onnx", "graphs/step.onnx"]);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/graphs\/step-tiny-SB\.onnx\n.*graphs\/step-tiny-LB\.onnx\n$/);
  const { InferenceSession } = await import("onnxruntime-node");
  for (const arm of ["SB", "LB"]) {
    const session = await InferenceSession.create(`${place.path}/graphs/step-tiny-${arm}.onnx`);
    expect(session.inputNames).toContain("theta0");
    expect(session.outputNames).toContain("losses");
    await session.release();
  }
});
