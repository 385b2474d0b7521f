import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { shellLine } from "../../src/engine/tensorflow-setup/command.ts";
import {
  compileBinding,
  isWithin,
  LIBRARY,
  npmInstall,
  pipDownload,
  placesIn,
} from "../../src/engine/tensorflow-setup/command-lines.ts";
import { tensorflowFolder } from "../../src/engine/tensorflow-setup/folder.ts";
import {
  checkFolder,
  checkPlatform,
  checkSpace,
  findCompiler,
} from "../../src/engine/tensorflow-setup/requirements.ts";
import { differenceFrom } from "../../src/engine/tensorflow-setup/set-up.ts";
import {
  readTensorflowSetup,
  sha256,
  type TensorflowSetup,
  writeTensorflowSetup,
} from "../../src/engine/tensorflow-setup/setup-file.ts";

function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "claimbench-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test.each([
  [{ CLAIMBENCH_TENSORFLOW: "/own", XDG_CACHE_HOME: "/cache" }, "linux", /^\/own$/],
  [{ XDG_CACHE_HOME: "/cache" }, "linux", /^\/cache\/claimbench\/tensorflow$/],
  [{}, "linux", /\/\.cache\/claimbench\/tensorflow$/],
  [{ CLAIMBENCH_TENSORFLOW: "" }, "darwin", /\/Library\/Caches\/claimbench\/tensorflow$/],
] as const)("with %j on %s it is installed in %s", (environment, platform, expected) => {
  expect(tensorflowFolder(environment, platform)).toMatch(expected);
});

test("it is for Linux, and for the versions of Node that tfjs-node runs on", () => {
  expect(() => checkPlatform("darwin", "v20.0.0")).toThrow("works on Linux; this is darwin");
  expect(() => checkPlatform("linux", "v23.1.0")).toThrow("util.isNullOrUndefined");
  expect(() => checkPlatform("linux", "v22.9.0")).not.toThrow();
});

/** A folder with files in the places of the library and the binding, and the setup that describes them. */
async function finishedSetup(): Promise<{ folder: string; setup: TensorflowSetup }> {
  const folder = temporaryFolder();
  const { binding, unpacked } = placesIn(folder);
  for (const [file, text] of [
    [binding, "binding"],
    [join(unpacked, LIBRARY), "library"],
  ] as const) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const setup = await writeTensorflowSetup(folder, {
    packageVersion: "4.22.0",
    libraryVersion: "2.21.0",
    library: "tensorflow",
    source: "tensorflow_cpu-2.21.0.whl",
    cuda: false,
    device: "cpu",
    librarySha256: await sha256(join(unpacked, LIBRARY)),
    libraryBytes: "library".length,
    bindingSha256: await sha256(binding),
    when: "2026-01-01T00:00:00.000Z",
  });
  return { folder, setup };
}

test("what was set up is read back, and nothing but its file is written", async () => {
  const { folder, setup } = await finishedSetup();
  expect(await readTensorflowSetup(folder)).toEqual({ setup });
  expect(readdirSync(folder).sort()).toEqual(["node_modules", "setup.json", "tensorflow"]);
});

test.each([
  ["nothing", undefined, "nothing was set up"],
  ["half a file", '{ "format": "claimbench-tens', "damaged"],
  ["another format", '{ "format": "claimbench-tensorflow/0" }', "not of format claimbench-tensorflow/1"],
  ["no object", "null", "damaged"],
  ["an earlier file", '{ "format": "claimbench-tensorflow/1", "packageVersion": "4.22.0" }', "no valid libraryVersion"],
])("%s is not taken for a finished setup", async (_, text, reason) => {
  const folder = temporaryFolder();
  if (text !== undefined) writeFileSync(join(folder, "setup.json"), text);
  expect((await readTensorflowSetup(folder)).reason).toContain(reason);
});

test.each(["librarySha256", "bindingSha256", "libraryBytes", "cuda", "device", "when"] as const)(
  "a setup with a damaged %s is not taken for a finished one",
  async (name) => {
    const { folder, setup } = await finishedSetup();
    writeFileSync(join(folder, "setup.json"), JSON.stringify({ ...setup, [name]: null }));
    expect((await readTensorflowSetup(folder)).reason).toBe(`setup.json has no valid ${name}`);
  },
);

test("a setup whose binding or library is another one or gone is not taken for a finished one", async () => {
  const { folder } = await finishedSetup();
  const { binding, unpacked } = placesIn(folder);
  writeFileSync(binding, "bindinG");
  expect((await readTensorflowSetup(folder)).reason).toBe(`${binding} is not the one that was compiled`);
  rmSync(binding);
  expect((await readTensorflowSetup(folder)).reason).toBe(`${binding} is not the one that was compiled`);
  writeFileSync(join(unpacked, LIBRARY), "half");
  expect((await readTensorflowSetup(folder)).reason).toContain(`${LIBRARY} is not the one that was set up`);
});

test("a setup is made anew when it is not what is asked for", () => {
  const setup = { cuda: false, source: "tensorflow_cpu-2.21.0.whl" };
  expect(differenceFrom(setup, { gpu: false })).toBeUndefined();
  expect(differenceFrom({ ...setup, cuda: true }, { gpu: true })).toBeUndefined();
  expect(differenceFrom(setup, { gpu: true })).toBe("not with CUDA");
  expect(differenceFrom(setup, { gpu: false, wheel: "/w/tensorflow_cpu-2.21.0.whl" })).toBeUndefined();
  expect(differenceFrom(setup, { gpu: false, wheel: "/w/tensorflow-2.20.0.whl" })).toContain(
    "not from tensorflow-2.20.0",
  );
});

test("a folder with files of another's is left alone", async () => {
  const folder = temporaryFolder();
  await expect(checkFolder(folder)).resolves.toBeUndefined();
  await expect(checkFolder(join(folder, "new"))).resolves.toBeUndefined();
  writeFileSync(join(folder, "package.json"), '{ "name": "mine" }');
  await expect(checkFolder(folder)).rejects.toMatchObject({ code: "folder-in-use", exitCode: 2 });
  await expect(checkFolder(join(folder, "package.json"))).rejects.toMatchObject({ code: "folder-in-use" });
  writeFileSync(join(folder, "package.json"), '{ "name": "claimbench-tensorflow" }');
  await expect(checkFolder(folder)).resolves.toBeUndefined();
  const { folder: finished } = await finishedSetup();
  await expect(checkFolder(finished)).resolves.toBeUndefined();
});

test("a disk with too little space is told with the space it takes", async () => {
  const folder = join(temporaryFolder(), "not", "yet", "there");
  await expect(checkSpace(folder, 0)).resolves.toBeUndefined();
  await expect(checkSpace(folder, 1e9)).rejects.toMatchObject({
    code: "disk-full",
    message: expect.stringMatching(/takes about 1000000000 GB; .* has [\d.]+ GB free/),
  });
});

test("the compiler is CXX with its arguments, else the first on the PATH that can be run", () => {
  const folder = temporaryFolder();
  for (const name of ["c++", "g++", "clang++"]) writeFileSync(join(folder, name), "");
  chmodSync(join(folder, "g++"), 0o755);
  chmodSync(join(folder, "clang++"), 0o755);
  expect(findCompiler({ PATH: folder })).toEqual(["g++"]);
  expect(findCompiler({ PATH: folder, CXX: "clang++ -m64" })).toEqual(["clang++", "-m64"]);
  expect(() => findCompiler({ PATH: folder, CXX: "icpx" })).toThrow("CXX is icpx");
  expect(() => findCompiler({ PATH: "" })).toThrow("looked for c++, g++, clang++");
});

test("the binding finds a library of its folder by a relative path, and another by an absolute one", () => {
  const rpath = (library: string) => compileBinding("/a/tf", ["g++", "-m64"], library, "/o").words.at(-3);
  expect(rpath("/a/tf/tensorflow")).toBe("$ORIGIN/../../../../../tensorflow");
  expect(rpath("/a/tf-of-python/tensorflow")).toBe("/a/tf-of-python/tensorflow");
  expect(isWithin("/a/tf", "/a/tf-of-python")).toBe(false);
  const { program, words } = compileBinding("/a/tf", ["g++", "-m64"], "/a/tf/tensorflow", "/o");
  expect([program, words[0]]).toEqual(["g++", "-m64"]);
  expect(words).toContain("-DNAPI_VERSION=8");
  expect(words).toContain("-l:libtensorflow_cc.so.2");
});

test("no script of a package runs, and a wheel comes without what it depends on", () => {
  expect(npmInstall("/tf", ["p"]).words).toContain("--ignore-scripts");
  expect(pipDownload("/tf", false).words).toEqual(expect.arrayContaining(["--no-deps", "--only-binary=:all:"]));
  expect(pipDownload("/tf", false).words.at(-1)).toBe("tensorflow-cpu");
  expect(pipDownload("/tf", true).words.at(-1)).toBe("tensorflow");
});

test("a command line is quoted for a shell", () => {
  const command = { program: "g++", words: ["$ORIGIN/x", "it's", "/w/*.whl"], cwd: "/a b" };
  expect(shellLine(command)).toBe("(cd '/a b' && g++ '$ORIGIN/x' 'it'\\''s' /w/*.whl)");
});
