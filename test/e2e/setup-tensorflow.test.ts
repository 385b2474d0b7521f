import { chmodSync, existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Folder, folder, lives, readJson, workersOf } from "./program.ts";
import { holds, tinySuite } from "./suites.ts";

// A folder in which TensorFlow is set up; the tests' global setup sees to it where it can.
const installed = process.env["CLAIMBENCH_TENSORFLOW"] || undefined;

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

test.each([
  ["npm", /npm was not found on the PATH/],
  ["python3", /python3 was not found on the PATH.*apt-get install python3/s],
])("without %s it says so before it installs anything", async (missing, message) => {
  const place = folder();
  for (const name of ["c++", "npm", "python3"]) if (name !== missing) program(place, name);
  const environment = { PATH: `${place.path}/bin`, CXX: "" };
  const run = await place.run(["setup", "tensorflow", "--folder", "tf"], { environment });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(message);
  expect(place.names()).toEqual(["bin"]);
});

/** One that is never run. */
function program(place: Folder, name: string): void {
  chmodSync(place.write(`bin/${name}`, ""), 0o755);
}

test.each([[["--folder", "."]], [["--folder", ".", "--force"]], [["--folder", ".", "--dry-run"]]])(
  "with %j in a folder of the user's it touches nothing",
  async (words) => {
    const place = folder();
    place.write("package.json", { name: "mine" });
    place.write("tensorflow/notes.txt", "mine");
    const run = await place.run(["setup", "tensorflow", ...words]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(`error ${place.path} holds other files [folder-in-use]`);
    expect(place.names()).toEqual(["package.json", "tensorflow"]);
    expect(readJson(join(place.path, "package.json"))).toEqual({ name: "mine" });
    expect(readFileSync(join(place.path, "tensorflow", "notes.txt"), "utf8")).toBe("mine");
  },
);

test("a wheel that is not there is told before anything is installed", async () => {
  const place = folder();
  const run = await place.run(["setup", "tensorflow", "--folder", "tf", "--wheel", "none.whl"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(`error there is no file ${place.path}/none.whl [wheel-not-found]`);
  expect(place.names()).toEqual([]);
});

test("a wheel that is none is told with Python's last line", async () => {
  const place = folder();
  place.write("tensorflow-2.whl", "no archive");
  const run = await place.run(["setup", "tensorflow", "--folder", "tf", "--wheel", "tensorflow-2.whl"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(
    /error python3 -c … .*tensorflow-2\.whl .*BadZipFile: File is not a zip file \[setup-failed\]/s,
  );
});

test("a wheel that the index does not have is told with pip's last line", async () => {
  const place = folder();
  // With CUDA, for a TensorFlow without it may be installed.
  const environment = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: "" };
  const run = await place.run(["setup", "tensorflow", "--gpu", "--folder", "tf"], { environment });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("error no wheel of tensorflow could be had: python3 -m pip download ");
  expect(run.stderr).toContain("ERROR: No matching distribution found for tensorflow [wheel-not-found]");
  expect(run.stderr).toMatch(/hint .*--wheel/);
  expect(readdirSync(`${place.path}/tf`)).toEqual(["package.json"]);
});

test("--dry-run prints the commands and runs none", async () => {
  const place = folder();
  place.write("w.whl", "never opened");
  const run = await place.run(["setup", "tensorflow", "--folder", "tf", "--wheel", "w.whl", "--dry-run"]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  for (const part of [
    "npm install",
    "w.whl",
    "--ignore-scripts",
    "'$ORIGIN/../../../../../tensorflow'",
    "-std=c++17",
  ]) {
    expect(run.stdout).toContain(part);
  }
  expect(place.names()).toEqual(["w.whl"]);
});

test("Ctrl-C ends it with all it started, and leaves nothing that counts as set up", async () => {
  const place = folder();
  const started = place.start(["setup", "tensorflow", "--folder", "tf"]);
  const pid = started.child.pid as number;
  const running: number[] = [];
  while (running.length === 0) {
    await setTimeout(20);
    // Not the question whether TensorFlow is installed, which ends by itself.
    if (existsSync(join(place.path, "tf", "tmp"))) running.push(...workersOf(pid));
  }
  started.child.kill("SIGINT");
  const { code, stderr } = await started.finished;
  expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringContaining("interrupted") });
  expect(running.filter(lives)).toEqual([]);
  expect(readdirSync(join(place.path, "tf"))).not.toContain("tmp");
  const after = await place.run(["run", "quick", "--engine", "tensorflow"], {
    environment: { CLAIMBENCH_TENSORFLOW: `${place.path}/tf` },
  });
  expect(after.code).toBe(2);
  expect(after.stderr).toContain("engine tensorflow: no package could be loaded for device cpu");
});

test("from nothing to a TensorFlow that computes, in a folder that can be moved", { timeout: 300_000 }, async () => {
  const place = folder();
  const run = await place.run(["setup", "tensorflow", "--folder", "tf"]);
  if (run.code !== 0) {
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("error no wheel of tensorflow-cpu could be had: ");
    return;
  }
  expect(run.stdout).toBe(`${place.path}/tf\n`);
  expect(run.stderr).toMatch(/compiled the binding \([\d.]+ s\)\nTensorFlow 2\.[\d.]+ computes right on (cpu|cuda) \(/);
  expect(readJson(`${place.path}/tf/setup.json`)).toMatchObject({ packageVersion: "4.22.0" });
  renameSync(`${place.path}/tf`, `${place.path}/moved`);
  const again = await place.run(["setup", "tensorflow", "--folder", "moved"]);
  expect(again).toMatchObject({ code: 0, stdout: `${place.path}/moved\n` });
  expect(again.stderr).toMatch(/^already set up: TensorFlow 2\./);
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
