import { statSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { type Command, shellLine } from "./command.ts";
import {
  compileBinding,
  computeOnce,
  isWithin,
  LIBRARY,
  NATIVE_PACKAGES,
  npmInstall,
  PACKAGE_VERSION,
  pipDownload,
  placesIn,
  unpackWheel,
  WEBGPU_PACKAGES,
} from "./command-lines.ts";
import { downloadWheel, installedLibrary, type Library, unpackLibrary } from "./find-library.ts";
import {
  checkFolder,
  checkPlatform,
  checkPrograms,
  checkSpace,
  checkWheel,
  FOLDER_NAME,
  findCompiler,
  GIGABYTES,
} from "./requirements.ts";
import { runProgram } from "./run-program.ts";
import { readTensorflowSetup, sha256, type TensorflowSetup, writeTensorflowSetup } from "./setup-file.ts";
import type { SetupOptions } from "./setup-options.ts";
import { type Verified, verify } from "./verify.ts";

/**
 * Makes TensorFlow usable from Node: installs the tfjs package without its own library, which is too old for today's
 * GPUs, and compiles its binding against the TensorFlow of a Python wheel.
 *
 * @throws ClaimbenchError `setup-not-possible` where it cannot work, `folder-in-use`, `disk-full`, `wheel-not-found`,
 * `setup-failed` where a step does not work, `interrupted`.
 */
export async function setUpTensorflow(options: SetupOptions): Promise<TensorflowSetup> {
  const { folder } = options;
  try {
    checkPlatform(process.platform, process.version);
    return (await setUpBefore(options)) ?? (await setUpAnew(options));
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (error instanceof ClaimbenchError || code === undefined || syscall === undefined) throw error;
    throw new ClaimbenchError("setup-failed", `cannot set up TensorFlow in ${folder}: ${message}`, {
      hint: "give a folder that can be written with --folder",
      cause: error,
    });
  }
}

/** The command lines of a setup from nothing, for a shell. Runs only python3, to ask for an installed TensorFlow. */
export async function planTensorflowSetup(options: SetupOptions): Promise<string[]> {
  const { folder, wheel, gpu } = options;
  checkPlatform(process.platform, process.version);
  const compiler = await checkAll(options);
  const { unpacked, downloads, binding } = placesIn(folder);
  const installed = wheel === undefined ? await installedLibrary(options) : undefined;
  const commands: Command[] = [];
  if (!installed) {
    if (wheel === undefined) commands.push(pipDownload(folder, gpu));
    commands.push(unpackWheel(folder, wheel ?? join(downloads, "*.whl")));
  }
  commands.push(npmInstall(folder, packages(options)), { program: "mkdir", words: ["-p", dirname(binding)] });
  commands.push(compileBinding(folder, compiler, installed?.folder ?? unpacked, binding), computeOnce(folder));
  return [{ program: "mkdir", words: ["-p", folder] }, ...commands].map(shellLine);
}

/** @returns undefined where nothing is set up yet, or not what is asked for. */
async function setUpBefore(options: SetupOptions): Promise<TensorflowSetup | undefined> {
  const { folder, force, webgpu, onStep } = options;
  if (force) return undefined;
  const { setup, reason } = await readTensorflowSetup(folder);
  if (!setup) {
    if (reason !== "nothing was set up") onStep(`not set up as it should be: ${reason}`);
    return undefined;
  }
  const difference = differenceFrom(setup, options);
  if (difference) {
    onStep(`set up before, but ${difference}`);
    return undefined;
  }
  if (webgpu) await installPackages(options, WEBGPU_PACKAGES);
  const verified = await verify(options);
  onStep(`already set up: TensorFlow ${verified.version} on ${verified.device}`);
  tellOfCuda(setup.cuda, verified, onStep);
  return setup;
}

/** What is asked for that a setup is not, if anything. */
export function differenceFrom(
  { cuda, source }: Pick<TensorflowSetup, "cuda" | "source">,
  { gpu, wheel }: Pick<SetupOptions, "gpu" | "wheel">,
): string | undefined {
  if (gpu && !cuda) return "not with CUDA";
  if (wheel !== undefined && basename(wheel) !== source) return `from ${source}, not from ${basename(wheel)}`;
  return undefined;
}

async function setUpAnew(options: SetupOptions): Promise<TensorflowSetup> {
  const { folder, onStep } = options;
  const compiler = await checkAll(options);
  const { binding, temporary } = placesIn(folder);
  await mkdir(folder, { recursive: true });
  await claimFolder(folder);
  // From here to the end nothing in it counts as set up, and the engine finds no binding.
  await rm(join(folder, "setup.json"), { force: true });
  await rm(binding, { force: true });
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary);
  // What programs leave behind when they are ended goes with this folder.
  const inside = { ...options, environment: { ...options.environment, TMPDIR: temporary } };
  try {
    // First what is the least likely to be had.
    const library = await findLibrary(inside);
    await installPackages(inside, packages(options));
    await compile(inside, compiler, library.folder);
    const verified = await verify(inside);
    onStep(`TensorFlow ${verified.version} computes right on ${verified.device}`);
    tellOfCuda(library.cuda, verified, onStep);
    return await writeTensorflowSetup(folder, await factsOf(folder, library, verified));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @returns the compiler. */
async function checkAll({ folder, wheel, gpu, environment }: SetupOptions): Promise<readonly [string, ...string[]]> {
  const compiler = findCompiler(environment);
  checkPrograms(environment);
  if (wheel !== undefined) checkWheel(wheel);
  await checkFolder(folder);
  await checkSpace(folder, gpu ? GIGABYTES.gpu : GIGABYTES.cpu);
  return compiler;
}

/** Writes the name by which {@link checkFolder} knows it; npm keeps it, with what it installed before. */
async function claimFolder(folder: string): Promise<void> {
  const file = join(folder, "package.json");
  const before = await readFile(file, "utf8").then(
    (text) => JSON.parse(text) as object,
    () => ({}),
  );
  await writeFile(file, `${JSON.stringify({ ...before, name: FOLDER_NAME, private: true }, null, 2)}\n`);
}

function packages({ webgpu }: SetupOptions): string[] {
  return [...NATIVE_PACKAGES, ...(webgpu ? WEBGPU_PACKAGES : [])];
}

async function installPackages(options: SetupOptions, names: readonly string[]): Promise<void> {
  const { folder, environment, signal, onStep } = options;
  const hint = "npm has to be on the PATH and reach its registry";
  await runProgram(npmInstall(folder, names), { environment, signal, hint });
  onStep(`installed ${names.join(", ")}`);
}

async function findLibrary(options: SetupOptions): Promise<Library> {
  const { folder, wheel, onStep } = options;
  const installed = wheel === undefined ? await installedLibrary(options) : undefined;
  if (installed) {
    onStep(`found TensorFlow in ${installed.folder}`);
    return installed;
  }
  let file = wheel;
  if (file === undefined) {
    file = await downloadWheel(options);
    onStep(`downloaded ${basename(file)}`);
  }
  const library = await unpackLibrary(file, options);
  onStep(`unpacked ${LIBRARY} and its headers`);
  await rm(placesIn(folder).downloads, { recursive: true, force: true });
  return library;
}

async function compile(
  options: SetupOptions,
  compiler: readonly [string, ...string[]],
  library: string,
): Promise<void> {
  const { folder, environment, signal, onStep } = options;
  const { binding } = placesIn(folder);
  const partial = `${binding}.partial`;
  await mkdir(dirname(binding), { recursive: true });
  const hint = "the compiler has to know C++17 and find TensorFlow's headers";
  await runProgram(compileBinding(folder, compiler, library, partial), { environment, signal, hint });
  await rename(partial, binding);
  onStep("compiled the binding");
}

async function factsOf(folder: string, library: Library, { version, device }: Verified) {
  const file = join(library.folder, LIBRARY);
  return {
    packageVersion: PACKAGE_VERSION,
    libraryVersion: version,
    library: isWithin(folder, library.folder) ? relative(folder, library.folder) : library.folder,
    source: library.source,
    cuda: library.cuda,
    device,
    librarySha256: await sha256(file),
    libraryBytes: statSync(file).size,
    bindingSha256: await sha256(placesIn(folder).binding),
    when: new Date().toISOString(),
  };
}

function tellOfCuda(cuda: boolean, { device, complaint }: Verified, onStep: SetupOptions["onStep"]): void {
  if (!cuda || device === "cuda") return;
  onStep(
    "TensorFlow finds no GPU here: it takes NVIDIA's driver, and CUDA and cuDNN where the loader finds them, " +
      `such as those of the nvidia-* wheels through LD_LIBRARY_PATH${complaint ? ` (${complaint})` : ""}`,
  );
}
