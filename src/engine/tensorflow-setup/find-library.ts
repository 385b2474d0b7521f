import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import {
  BUILD_INFO,
  FRAMEWORK,
  findInstalled,
  LIBRARY,
  pipDownload,
  placesIn,
  unpackWheel,
  wheelName,
} from "./command-lines.ts";
import { runProgram } from "./run-program.ts";
import type { SetupOptions } from "./setup-options.ts";

/** A TensorFlow library that a binding can be compiled against. */
export interface Library {
  /** Folder with the shared libraries and include/. */
  readonly folder: string;
  /** The wheel's file name, or "installed". */
  readonly source: string;
  /** Whether it was built for CUDA. */
  readonly cuda: boolean;
}

/** The TensorFlow that python3 has, if it has the libraries, and CUDA where that is wanted. */
export async function installedLibrary(options: SetupOptions): Promise<Library | undefined> {
  const { environment, signal, gpu } = options;
  const hint = "python3 has to run: it downloads and unpacks TensorFlow's wheel";
  const folder = (await runProgram(findInstalled(), { environment, signal, hint })).stdout.trim();
  if (!folder || ![LIBRARY, FRAMEWORK, "include"].every((name) => existsSync(join(folder, name)))) return undefined;
  const cuda = await isCudaBuild(folder);
  return gpu && !cuda ? undefined : { folder, source: "installed", cuda };
}

/** Downloads a wheel into the setup's folder. @returns its path. */
export async function downloadWheel(options: SetupOptions): Promise<string> {
  const { folder, gpu, environment, signal } = options;
  const { downloads } = placesIn(folder);
  const hint =
    "it takes pip (`apt-get install python3-pip`), its index, and a wheel for this version of Python; " +
    `or get one with \`pip download --no-deps --only-binary=:all: --python-version 3.12 ${wheelName(gpu)}\` ` +
    "and give it with --wheel";
  await rm(downloads, { recursive: true, force: true });
  try {
    await runProgram(pipDownload(folder, gpu), { environment, signal, hint });
  } catch (error) {
    await rm(downloads, { recursive: true, force: true });
    if (error instanceof ClaimbenchError && error.code === "setup-failed") {
      throw new ClaimbenchError("wheel-not-found", `no wheel of ${wheelName(gpu)} could be had: ${error.message}`, {
        hint: error.hint ?? hint,
        cause: error,
      });
    }
    throw error;
  }
  const wheel = (await readdir(downloads)).find((name) => name.endsWith(".whl"));
  if (wheel === undefined)
    throw new ClaimbenchError("wheel-not-found", `pip downloaded no ${wheelName(gpu)}`, { hint });
  return join(downloads, wheel);
}

/** Unpacks what is needed of a wheel. */
export async function unpackLibrary(wheel: string, options: SetupOptions): Promise<Library> {
  const { folder, gpu, environment, signal } = options;
  const { unpacked } = placesIn(folder);
  const hint = "a wheel of TensorFlow 2.12 or later for Linux is wanted, tensorflow_cpu-….whl or tensorflow-….whl";
  await rm(unpacked, { recursive: true, force: true });
  await runProgram(unpackWheel(folder, wheel), { environment, signal, hint });
  for (const name of [LIBRARY, FRAMEWORK, "include"]) {
    if (existsSync(join(unpacked, name))) continue;
    throw new ClaimbenchError("setup-failed", `${wheel} has no tensorflow/${name}`, { hint });
  }
  const cuda = await isCudaBuild(unpacked);
  if (gpu && !cuda) {
    throw new ClaimbenchError("setup-failed", `${wheel} was not built for CUDA`, {
      hint: "give a wheel of tensorflow, not tensorflow-cpu, or leave out --gpu",
    });
  }
  return { folder: unpacked, source: basename(wheel), cuda };
}

async function isCudaBuild(library: string): Promise<boolean> {
  const facts = await readFile(join(library, BUILD_INFO), "utf8").catch(() => "");
  return /'is_cuda_build', True/.test(facts);
}
