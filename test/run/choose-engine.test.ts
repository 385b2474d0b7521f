import { expect, test } from "vitest";
import { choiceName, type EngineChoice } from "../../src/engine/device.ts";
import { candidatesFor, chooseFrom } from "../../src/run/engines/choose-engine.ts";
import type { EngineExamination } from "../../src/run/engines/examine-engine.ts";
import type { ClaimbenchError } from "../../src/spec/error.ts";

const auto = { engine: "auto", device: "auto" } as const;
const gpus = ["onnx on cuda", "onnx on webgpu", "onnx on coreml", "onnx on directml"];

test.each([
  [auto, false, ["onnx on cpu"]],
  [auto, true, ["onnx on cpu", ...gpus, "tensorflow on cuda", "tensorflow on webgpu"]],
  [{ engine: "onnx", device: "auto" }, true, ["onnx on cpu", ...gpus]],
  [{ engine: "tensorflow", device: "auto" }, false, ["tensorflow on cpu"]],
  [{ engine: "tensorflow", device: "auto" }, true, ["tensorflow on cpu", "tensorflow on cuda", "tensorflow on webgpu"]],
  [{ engine: "auto", device: "cpu" }, true, ["onnx on cpu"]],
  // What is asked for is looked for, whatever the machine seems to have.
  [{ engine: "auto", device: "webgpu" }, false, ["onnx on webgpu", "tensorflow on webgpu"]],
  [{ engine: "onnx", device: "cuda" }, false, ["onnx on cuda"]],
  [{ engine: "tensorflow", device: "cpu" }, false, ["tensorflow on cpu"]],
  [{ engine: "tensorflow", device: "coreml" }, true, []],
] as const)("%j with graphics %s looks at %j", (request, graphics, names) => {
  expect(candidatesFor(request, graphics).map(choiceName)).toEqual(names);
});

/** Examinations by choice: milliseconds of an update, or why it is not available. */
function machine(has: Record<string, number | string>) {
  const seen: string[] = [];
  const examine = async (choice: EngineChoice, timed: boolean): Promise<EngineExamination> => {
    const name = choiceName(choice);
    seen.push(timed ? `${name}, timed` : name);
    const found = has[name] ?? "is not there";
    if (typeof found === "string") {
      return { ...choice, available: false, code: "device-not-available", reason: `${name} ${found}`, hint: "buy one" };
    }
    return {
      ...choice,
      available: true,
      facts: { name: choice.engine, version: "1", device: choice.device, precision: "float32" },
      probe: { lossError: 0, gradientError: 0, passed: true },
      ...(timed ? { updateMilliseconds: found } : {}),
    };
  };
  return { examine, seen };
}

test("auto takes the fastest and says what it was compared with", async () => {
  const { examine } = machine({ "onnx on cpu": 9, "onnx on webgpu": 2.5, "onnx on cuda": 31 });
  const { choice, facts } = await chooseFrom(candidatesFor(auto, true), auto, examine);
  expect(choice).toEqual({ engine: "onnx", device: "webgpu" });
  expect(facts.chosen).toBe(
    "the fastest here for an update of F1: onnx on webgpu 2.50 ms, onnx on cpu 9.00 ms, onnx on cuda 31.0 ms",
  );
});

test("a lone candidate is checked, not timed", async () => {
  const { examine, seen } = machine({ "onnx on cpu": 9 });
  const { facts } = await chooseFrom(candidatesFor(auto, false), auto, examine);
  expect(seen).toEqual(["onnx on cpu"]);
  expect(facts.chosen).toBe("no graphics device was found");
});

test("with a graphics device that does not work, auto says what it tried", async () => {
  const { examine } = machine({ "onnx on cpu": 9 });
  const { choice, facts } = await chooseFrom(candidatesFor(auto, true), auto, examine);
  expect(choice.device).toBe("cpu");
  expect(facts.chosen).toMatch(/^the only one available of onnx on cpu, onnx on cuda, /);
});

test("what was asked for and is not there is an error, never another device", async () => {
  const request = { engine: "auto", device: "webgpu" } as const;
  const { examine } = machine({ "onnx on cpu": 9, "onnx on webgpu": "has no adapter" });
  await expect(chooseFrom(candidatesFor(request, true), request, examine)).rejects.toMatchObject({
    code: "device-not-available",
    message: "onnx on webgpu has no adapter\ntensorflow on webgpu is not there",
    hint: "buy one",
  } satisfies Partial<ClaimbenchError>);
});

test("a device an engine does not have is an error that lists what there is", async () => {
  const request = { engine: "tensorflow", device: "coreml" } as const;
  const { examine } = machine({});
  await expect(chooseFrom([], request, examine)).rejects.toThrow(
    "engine tensorflow does not run on coreml; there are onnx on cpu, ",
  );
});
