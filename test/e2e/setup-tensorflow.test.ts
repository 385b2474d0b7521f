import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";
import { holds, tinySuite } from "./suites.ts";

// A folder in which TensorFlow is set up; the tests' global setup sees to it where it can.
const installed = process.env["CLAIMBENCH_TENSORFLOW"];

test("without a compiler it says so before it installs anything", async () => {
  const place = folder();
  const run = await place.run(["setup", "tensorflow", "--folder", "tf"], {
    environment: { PATH: place.path, CXX: "" },
  });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("error no C++ compiler was found (looked for c++, g++, clang++)");
  expect(run.stderr).toContain("apt-get install g++");
  expect(place.names()).toEqual([]);
});

test("without npm it says what could not be run", async () => {
  const place = folder();
  const environment = { PATH: place.path, CXX: process.execPath };
  const run = await place.run(["setup", "tensorflow", "--folder", "tf"], { environment });
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/error npm install .* could not be run: .*ENOENT/);
});

test("Ctrl-C ends it and leaves nothing that counts as set up", async () => {
  const place = folder();
  const started = place.start(["setup", "tensorflow", "--folder", "tf"]);
  setTimeout(() => started.child.kill("SIGINT"), 700);
  const { code, stderr } = await started.finished;
  expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringContaining("interrupted") });
  const after = await place.run(["run", "quick", "--engine", "tensorflow"], {
    environment: { CLAIMBENCH_TENSORFLOW: `${place.path}/tf` },
  });
  expect(after.code).toBe(2);
  expect(after.stderr).toContain("engine tensorflow: no package could be loaded for device cpu");
});

test("once set up, it is checked again and a suite runs on it", async () => {
  const place = folder();
  place.write("tiny.json", tinySuite({ claims: { holds }, seeds: 1 }));
  const environment = { CLAIMBENCH_TENSORFLOW: installed ?? `${place.path}/none` };
  const run = await place.run(["run", "tiny.json", "--engine", "tensorflow"], { environment });
  if (installed === undefined) {
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("`claimbench setup tensorflow` installs one");
    return;
  }
  expect(run.stderr).toContain("engine tensorflow on cpu (@tensorflow/tfjs-node-gpu 4.22.0, TensorFlow ");
  const again = await place.run(["setup", "tensorflow"], { environment });
  expect(again).toMatchObject({ code: 0, stdout: `${installed}\n` });
  expect(again.stderr).toContain("already set up: TensorFlow ");
  const onOnnx = await place.run(["run", "tiny.json", "--engine", "onnx"]);
  expect(onOnnx.stderr).toContain("engine onnx on cpu");
  const losses = place.runs("tiny").map((path) => readJson(`${path}/run.json`).trials[0].curve.at(-1).trainLoss);
  expect(Math.abs(losses[0] / losses[1] - 1)).toBeLessThan(1e-5);
});
