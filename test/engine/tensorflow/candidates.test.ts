// What is wrong with an installation is told apart by package; these need no TensorFlow.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Candidate, candidates, reasonOfNode } from "../../../src/engine/tensorflow/candidates.ts";
import { NotLoaded } from "../../../src/engine/tensorflow/not-loaded.ts";
import { loadTensorflow } from "../../../src/engine/tensorflow/runtime.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder whose node_modules holds packages of one file each, of version 4.22.0. */
function installation(packages: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "claimbench-"));
  folders.push(folder);
  for (const [name, code] of Object.entries(packages)) {
    const path = join(folder, "node_modules", name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "package.json"), JSON.stringify({ name, version: "4.22.0", main: "index.js" }));
    writeFileSync(join(path, "index.js"), code);
  }
  return { name: folder, require: createRequire(join(folder, "node_modules", "/")) };
}

function candidate(name: string): Candidate {
  return candidates.find(({ packageName }) => packageName === `@tensorflow/${name}`) as Candidate;
}

async function reason(name: string, packages: Readonly<Record<string, string>>): Promise<string> {
  const error = await candidate(name)
    .load(installation(packages), candidate(name).devices[0] as "cpu")
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(NotLoaded);
  return (error as NotLoaded).message;
}

test("native packages come first, JavaScript last, and each knows its devices", () => {
  expect(candidates.map(({ kind, devices }) => [kind, ...devices])).toEqual([
    ["node-gpu", "cpu", "cuda"],
    ["node", "cpu", "cuda"],
    ["webgpu", "webgpu"],
    ["javascript", "cpu"],
  ]);
});

test.each(["tfjs-node-gpu", "tfjs-node", "tfjs-backend-webgpu", "tfjs"])("%s is not installed", async (name) => {
  expect(await reason(name, {})).toBe("not installed");
});

const broken = (message: string) => `throw new Error(${JSON.stringify(message)})`;

test("the package is there, its compiled library is not", async () => {
  // What tfjs-node says where its download has failed.
  const code = broken("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x.");
  expect(await reason("tfjs-node-gpu", { "@tensorflow/tfjs-node-gpu": code })).toBe(
    "its compiled library is missing: it was not downloaded or built",
  );
});

test("the compiled library is there, the TensorFlow library it needs is not", async () => {
  const code = broken("libtensorflow.so.2: cannot open shared object file: No such file or directory\nRequire stack:");
  expect(await reason("tfjs-node", { "@tensorflow/tfjs-node": code })).toBe(
    "it cannot be loaded: libtensorflow.so.2: cannot open shared object file: No such file or directory",
  );
});

test("webgpu needs the packages beside it", async () => {
  const backend = { "@tensorflow/tfjs-backend-webgpu": "" };
  expect(await reason("tfjs-backend-webgpu", backend)).toBe("webgpu is not installed beside it");
  expect(await reason("tfjs-backend-webgpu", { ...backend, webgpu: "" })).toBe(
    "@tensorflow/tfjs is not installed beside it",
  );
  expect(await reason("tfjs-backend-webgpu", { ...backend, webgpu: broken("no dawn"), "@tensorflow/tfjs": "" })).toBe(
    "the webgpu package cannot be loaded: no dawn",
  );
});

test("webgpu without an adapter is a device that is not there, not a package", async () => {
  const place = installation({
    "@tensorflow/tfjs-backend-webgpu": "",
    "@tensorflow/tfjs": "",
    webgpu: "module.exports = { create: () => ({ requestAdapter: async () => null }), globals: {} }",
  });
  await expect(candidate("tfjs-backend-webgpu").load(place, "webgpu")).rejects.toMatchObject({
    code: "device-not-available",
    message: "device webgpu: webgpu 4.22.0 finds no graphics adapter",
  });
});

test("cuda on a library that sees no GPU is a device that is not there", async () => {
  const place = installation({
    "@tensorflow/tfjs-node-gpu":
      "exports.enableProdMode = () => {}; exports.backend = () => ({ isUsingGpuDevice: false, binding: { TF_Version: '2.9.1' } })",
  });
  const { load } = candidate("tfjs-node-gpu");
  await expect(load(place, "cuda")).rejects.toMatchObject({
    code: "device-not-available",
    message: "device cuda: @tensorflow/tfjs-node-gpu 4.22.0 with TensorFlow 2.9.1 finds no GPU",
  });
  await expect(load(place, "cpu")).resolves.toMatchObject({ packageVersion: "4.22.0", library: "TensorFlow 2.9.1" });
});

test("Node 23 lacks a function that tfjs-node up to 4.22 calls", () => {
  expect(reasonOfNode("4.22.0", "v24.1.0")).toBe(
    "version 4.22.0 needs util.isNullOrUndefined, which Node 23 removed; this is Node v24.1.0",
  );
  expect(reasonOfNode("3.21.1", "v23.0.0")).toMatch("version 3.21.1");
  expect(reasonOfNode("4.22.0", "v22.12.0")).toBeUndefined();
  expect(reasonOfNode("4.23.0", "v24.1.0")).toBeUndefined();
  expect(reasonOfNode("5.0.0", "v24.1.0")).toBeUndefined();
});

test("where a package is missing, every place and every package is named", async () => {
  const folder = "/nowhere";
  const error = await loadTensorflow({ device: "webgpu", folder }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "engine-not-available" });
  expect((error as Error).message.split("\n")).toEqual([
    "engine tensorflow: no package could be loaded for device webgpu",
    "  @tensorflow/tfjs-backend-webgpu in /nowhere: not installed",
    "  @tensorflow/tfjs-backend-webgpu in the project: not installed",
  ]);
});
