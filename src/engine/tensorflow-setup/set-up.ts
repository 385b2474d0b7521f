import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join, relative } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { reasonOfNode } from "../tensorflow/candidates.ts";
import { runProgram } from "./run-program.ts";
import { readTensorflowSetup, type TensorflowSetup, writeTensorflowSetup } from "./setup-file.ts";

/** The tfjs package and the version whose binding is compiled. */
const PACKAGE = "@tensorflow/tfjs-node-gpu";
const PACKAGE_VERSION = "4.22.0";
/** `webgpu` gives Node a navigator.gpu. */
const WEBGPU_PACKAGES = [`@tensorflow/tfjs-backend-webgpu@${PACKAGE_VERSION}`, "webgpu@0.6"];
const LIBRARY = "libtensorflow_cc.so.2";
const FRAMEWORK = "libtensorflow_framework.so.2";

export interface SetupOptions {
  readonly folder: string;
  /** A TensorFlow wheel to take instead of an installed or downloaded one. */
  readonly wheel?: string;
  /** Whether to download the wheel with GPU support. */
  readonly gpu: boolean;
  /** Whether to install tfjs's WebGPU backend too. */
  readonly webgpu: boolean;
  /** Whether to do it again although it was done. */
  readonly force: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called at the end of each step with what was done. */
  readonly onStep: (what: string) => void;
}

/**
 * Makes TensorFlow usable from Node: installs the tfjs package without its own library, which is too old for today's
 * GPUs, and compiles its binding against the TensorFlow of a Python wheel.
 *
 * @throws ClaimbenchError `setup-not-possible` where it cannot work, `setup-failed` where a step does not.
 */
export async function setUpTensorflow(options: SetupOptions): Promise<TensorflowSetup> {
  const { folder, force, onStep } = options;
  checkPlatform(process.platform, process.version);
  const done = force ? undefined : await readTensorflowSetup(folder);
  if (done) {
    if (options.webgpu) await installPackages(options, WEBGPU_PACKAGES);
    const libraryVersion = await verify(options);
    onStep(`already set up: TensorFlow ${libraryVersion}`);
    return done;
  }
  const compiler = findCompiler(options.environment);
  await mkdir(folder, { recursive: true });
  await rm(join(folder, "setup.json"), { force: true });
  await installPackages(options, [
    `${PACKAGE}@${PACKAGE_VERSION}`,
    "node-api-headers",
    ...(options.webgpu ? WEBGPU_PACKAGES : []),
  ]);
  const library = await findLibrary(options);
  const bindingSha256 = await compile(options, compiler, library);
  const libraryVersion = await verify(options);
  onStep(`TensorFlow ${libraryVersion} multiplies matrices right`);
  const setup = { packageVersion: PACKAGE_VERSION, libraryVersion, library, bindingSha256 };
  await writeTensorflowSetup(folder, setup);
  return { format: "claimbench-tensorflow/1", ...setup };
}

/** @throws ClaimbenchError where compiling the binding cannot help. */
export function checkPlatform(platform: NodeJS.Platform, nodeVersion: string): void {
  if (platform !== "linux") {
    throw new ClaimbenchError("setup-not-possible", `claimbench setup tensorflow works on Linux; this is ${platform}`, {
      hint: "`npm install @tensorflow/tfjs-node` brings a library of its own there; or use the onnx engine",
    });
  }
  const reason = reasonOfNode(PACKAGE_VERSION, nodeVersion);
  if (reason) {
    throw new ClaimbenchError("setup-not-possible", `${PACKAGE}: ${reason}`, {
      hint: "use Node 20 or 22 for it, or the onnx engine",
    });
  }
}

function findCompiler(environment: NodeJS.ProcessEnv): string {
  const names = [environment["CXX"], "c++", "g++", "clang++"].filter((name) => name !== undefined && name !== "");
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(Boolean);
  for (const name of names as string[]) {
    if (name.includes("/") ? existsSync(name) : folders.some((path) => existsSync(join(path, name)))) return name;
  }
  throw new ClaimbenchError("setup-not-possible", `no C++ compiler was found (looked for ${names.join(", ")})`, {
    hint: "`apt-get install g++`, or set CXX",
  });
}

async function installPackages({ folder, signal, onStep }: SetupOptions, packages: readonly string[]): Promise<void> {
  // Kept where it is: npm removes what the file does not name.
  const packageFile = join(folder, "package.json");
  if (!existsSync(packageFile)) await writeFile(packageFile, '{ "private": true }\n');
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  await runProgram("npm", ["install", ...flags, ...packages], {
    cwd: folder,
    signal,
    hint: "npm has to be on the PATH and reach its registry",
  });
  onStep(`installed ${packages.join(", ")}`);
}

/** @returns the folder with TensorFlow's libraries and include/. */
async function findLibrary(options: SetupOptions): Promise<string> {
  const { folder, wheel, gpu, signal, onStep } = options;
  const hint = "it takes python3 with pip; `apt-get install python3-pip`, or give a wheel with --wheel";
  if (wheel === undefined && !gpu) {
    const find =
      "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s else '')";
    const installed = (await runProgram("python3", ["-c", find], { signal, hint })).trim();
    if (installed && existsSync(join(installed, LIBRARY)) && existsSync(join(installed, "include"))) {
      onStep(`found TensorFlow in ${installed}`);
      return installed;
    }
  }
  let file = wheel;
  const downloads = join(folder, "wheel");
  if (file === undefined) {
    const name = gpu ? "tensorflow" : "tensorflow-cpu";
    await rm(downloads, { recursive: true, force: true });
    const words = ["-m", "pip", "download", "--no-deps", "--quiet", "--disable-pip-version-check", "--dest", downloads];
    await runProgram("python3", [...words, name], { signal, hint });
    const [downloaded] = await readdir(downloads);
    if (downloaded === undefined) throw new ClaimbenchError("setup-failed", `pip downloaded no ${name}`, { hint });
    file = join(downloads, downloaded);
    onStep(`downloaded ${downloaded}`);
  }
  const library = await unpack(file, options);
  await rm(downloads, { recursive: true, force: true });
  return library;
}

async function unpack(wheel: string, { folder, signal, onStep }: SetupOptions): Promise<string> {
  const library = join(folder, "tensorflow");
  await rm(library, { recursive: true, force: true });
  const script = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
wanted = ("tensorflow/${LIBRARY}", "tensorflow/${FRAMEWORK}", "tensorflow/include/")
archive.extractall(sys.argv[2], [name for name in archive.namelist() if name.startswith(wanted)])
`;
  const hint = "it takes about 2 GB of disk space; a wheel is called tensorflow_cpu-….whl or tensorflow-….whl";
  await runProgram("python3", ["-c", script, wheel, folder], { signal, hint });
  if (!existsSync(join(library, LIBRARY))) {
    throw new ClaimbenchError("setup-failed", `${wheel} has no tensorflow/${LIBRARY}`, { hint });
  }
  onStep(`unpacked ${LIBRARY} and its headers`);
  return library;
}

/** @returns the SHA-256 of the binding. */
async function compile(options: SetupOptions, compiler: string, library: string): Promise<string> {
  const { folder, signal, onStep } = options;
  const tfjs = join(folder, "node_modules", ...PACKAGE.split("/"));
  const target = join(tfjs, "lib", "napi-v8");
  await mkdir(target, { recursive: true });
  // The library's place, relative to the binding where both are in this folder, so that the folder can be moved.
  const own = library.startsWith(folder);
  const place = own ? `$ORIGIN/${relative(target, library)}` : library;
  const binding = join(target, "tfjs_binding.node");
  const temporary = `${binding}.${process.pid}`;
  const words = [
    ...["-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8"],
    `-I${join(folder, "node_modules", "node-api-headers", "include")}`,
    `-I${join(library, "include")}`,
    ...[join(tfjs, "binding", "tfjs_backend.cc"), join(tfjs, "binding", "tfjs_binding.cc")],
    ...[`-L${library}`, `-l:${LIBRARY}`, `-l:${FRAMEWORK}`, `-Wl,-rpath,${place}`],
    ...["-o", temporary],
  ];
  await runProgram(compiler, words, { signal, hint: "the compiler has to know C++17 and find TensorFlow's headers" });
  await rename(temporary, binding);
  onStep("compiled the binding");
  return createHash("sha256")
    .update(await readFile(binding))
    .digest("hex");
}

/** Multiplies two matrices in a process of its own. @returns TensorFlow's version. */
async function verify({ folder, signal }: SetupOptions): Promise<string> {
  const script = `
const tf = require(${JSON.stringify(PACKAGE)});
const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync();
process.stdout.write(JSON.stringify({ product: [...product], version: tf.backend().binding.TF_Version }));
`;
  const output = await runProgram(process.execPath, ["-e", script], {
    cwd: folder,
    signal,
    hint: "`claimbench setup tensorflow --force` makes it anew",
  });
  const { product, version } = JSON.parse(output.slice(output.lastIndexOf('{"product"'))) as {
    product: number[];
    version: string;
  };
  if (product.join() !== "19,22,43,50") {
    throw new ClaimbenchError("setup-failed", `TensorFlow ${version} multiplied two matrices to ${product.join()}`, {
      hint: "`claimbench setup tensorflow --force` makes it anew",
    });
  }
  return version;
}
