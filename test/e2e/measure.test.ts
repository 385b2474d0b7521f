import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSafetensors } from "../../src/data/safetensors.ts";
import { golden, networks } from "../fixtures/golden-networks.ts";
import { type Folder, folder } from "./program.ts";
import { safetensorsFile } from "./safetensors-file.ts";

// Reference values: SciPy/PyTorch in float64, made by the project's reference scripts.
// For conv-vgg networks.json holds the eigenvalue that differences across a ReLU kink give; this is the float64 Hessian's, as
// in test/measure/top-eigenvalue.test.ts.
const EXACT_EIGENVALUE: Record<string, number> = { "conv-vgg": 37.1881 };
const fixtures = join(import.meta.dirname, "..", "fixtures", "golden");
const file = (name: string, kind: string) => join(fixtures, `${name}.${kind}.safetensors`);
const tensorsOf = (path: string) => readSafetensors(readFileSync(path), path);

function words(name: string, weights = file(name, "weights"), data = file(name, "data")): string[] {
  return ["measure", "--network", "network.json", "--weights", weights, "--data", data];
}

function placeOf(name: string): Folder {
  const place = folder();
  place.write("network.json", networks[name] as object);
  return place;
}

test.each(Object.keys(networks))("measures the reference network %s", async (name) => {
  const place = placeOf(name);
  const run = await place.run([...words(name), "--gradient", "gradient.safetensors", "--json"]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  const report = JSON.parse(run.stdout);
  const { values, gradient, samples } = golden(name);
  expect(report.samples).toBe(samples.count);
  expect(report.parameters).toBe(gradient.length);
  expect(Math.abs(report.loss - values.loss)).toBeLessThan(1e-5);
  expect(report.accuracy).toBeCloseTo(values.accuracy, 12);
  expect(Math.abs(report.gradientNorm / values.gradientNorm - 1)).toBeLessThan(1e-4);

  const written = tensorsOf(join(place.path, "gradient.safetensors"));
  const wanted = tensorsOf(file(name, "gradient"));
  expect([...written.keys()].sort()).toEqual([...wanted.keys()].sort());
  let distance = 0;
  for (const [tensor, { shape, data }] of wanted) {
    expect(written.get(tensor)?.shape).toEqual(shape);
    data.forEach((value, i) => {
      distance += ((written.get(tensor)?.data[i] as number) - value) ** 2;
    });
  }
  expect(Math.sqrt(distance) / values.gradientNorm).toBeLessThan(1e-4);

  expect(report.sharpness).toHaveLength(2);
  for (const { epsilon, maximiser, value } of report.sharpness) {
    expect(maximiser).toBe("scaled");
    const reference = values.sharpness[String(epsilon)]?.scaledLbfgsb as number;
    expect(Math.abs(value / reference - 1)).toBeLessThan(0.02);
  }
  const eigenvalue = EXACT_EIGENVALUE[name] ?? values.topEigenvalueMagnitudeByPowerIteration;
  expect(Math.abs(report.topEigenvalue.value / eigenvalue - 1)).toBeLessThan(0.02);
});

test("as text, with one metric and the first samples only", async () => {
  const place = placeOf("mlp-plain");
  const run = await place.run([...words("mlp-plain"), "--metric", "loss", "--samples", "10"]);
  expect(run.stdout).toMatch(
    /^parameters {6}421\nsamples {9}10\nengine {10}onnx on cpu\nloss {12}[\d.]+\naccuracy {8}[\d.]+\ngradient norm {3}[\d.]+\n$/,
  );
  expect(run).toMatchObject({ code: 0, stderr: "" });
});

/** The weights of mlp-plain, changed. */
function weights(change: (tensors: Record<string, { shape: readonly number[]; data: Float32Array }>) => void) {
  const tensors = Object.fromEntries(tensorsOf(file("mlp-plain", "weights"))) as Record<
    string,
    { shape: readonly number[]; data: Float32Array }
  >;
  change(tensors);
  return safetensorsFile(tensors);
}

const whole = readFileSync(file("mlp-plain", "weights"));

test.each([
  { name: "cut off", bytes: whole.subarray(0, 1500), message: /weights\.safetensors: tensor \S+ ends at byte/ },
  { name: "cut off in the header", bytes: whole.subarray(0, 40), message: /weights\.safetensors: the header should/ },
  {
    name: "of another network",
    bytes: readFileSync(file("mlp-bn", "weights")),
    message: /1\.weight.*is not a parameter/s,
  },
  {
    name: "of another shape",
    bytes: weights((tensors) => {
      tensors["2.weight"] = { shape: [16, 5], data: new Float32Array(80) };
    }),
    message: /2\.weight is \[16,5\]; the network has \[5,16\]/,
  },
  {
    name: "incomplete",
    bytes: weights((tensors) => {
      delete tensors["2.bias"];
    }),
    message: /2\.bias \[5\] is missing/,
  },
  {
    name: "not finite",
    bytes: weights((tensors) => {
      tensors["0.weight"]?.data.fill(Number.NaN, 7, 8);
    }),
    message: /0\.weight holds a number that is not finite/,
  },
])("weights that are $name are refused", async ({ bytes, message }) => {
  const place = placeOf("mlp-plain");
  place.write("weights.safetensors", bytes);
  const run = await place.run([...words("mlp-plain", "weights.safetensors"), "--gradient", "gradient.safetensors"]);
  expect(run.stderr).toMatch(message);
  expect(run.stderr.split("\n").length).toBeLessThan(14);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["network.json", "weights.safetensors"]);
});

test("weights so large that the loss overflows cannot be measured", async () => {
  const place = placeOf("mlp-plain");
  place.write(
    "weights.safetensors",
    weights((tensors) => tensors["2.weight"]?.data.fill(3e38)),
  );
  const run = await place.run(words("mlp-plain", "weights.safetensors"));
  expect(run.stderr).toMatch(/the loss of .* is (NaN|Infinity)/);
  expect(run).toMatchObject({ code: 4, stdout: "" });
});

test.each([
  { name: "an unknown network", change: ["--network", "F11"], message: /there is no network F11; did you mean "F1"\?/ },
  { name: "a folder as network", change: ["--network", "."], message: /cannot read/ },
  { name: "data without a file", change: ["--data", "none.safetensors"], message: /none\.safetensors cannot be read/ },
  {
    name: "more samples than there are",
    change: ["--samples", "1000"],
    message: /has \d+ samples; 1000 were asked for/,
  },
  { name: "an unknown metric", change: ["--metric", "sharpnes"], message: /"sharpnes" is not one of loss, sharpness/ },
  { name: "a negative ε", change: ["--epsilon", "-1"], message: /Expected positive numbers/ },
  {
    name: "a gradient file in no folder",
    change: ["--gradient", "none/g.safetensors"],
    message: /cannot write .*none/,
  },
])("$name is refused", async ({ change, message }) => {
  const place = placeOf("mlp-plain");
  const run = await place.run([...words("mlp-plain"), ...change]);
  expect(run.stderr).toMatch(message);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["network.json"]);
});
