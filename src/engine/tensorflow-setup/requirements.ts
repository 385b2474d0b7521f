import { accessSync, constants, existsSync, statSync } from "node:fs";
import { readdir, readFile, statfs } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { reasonOfNode } from "../tensorflow/candidates.ts";
import { PACKAGE, PACKAGE_VERSION } from "./command-lines.ts";
import { isSetupFile } from "./setup-file.ts";

/** Name in the package.json of a folder that this program filled. */
export const FOLDER_NAME = "claimbench-tensorflow";

/**
 * Gigabytes a setup takes while it is made, measured with tensorflow-cpu 2.21: packages 0.3, wheel 0.3, unpacked 1.1.
 * The wheel with CUDA support is more than twice as large.
 */
export const GIGABYTES = { cpu: 1.9, gpu: 4 };

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

/** @returns the compiler, with its arguments: CXX, else the first that is found. */
export function findCompiler(environment: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  const own = environment["CXX"]?.trim();
  const choices = own ? [own, own.split(/\s+/)] : ["c++", "g++", "clang++"];
  for (const choice of choices) {
    const [program = "", ...words] = typeof choice === "string" ? [choice] : choice;
    if (onPath(program, environment)) return [program, ...words];
  }
  const names = own ? `CXX is ${own}` : `looked for ${choices.join(", ")}`;
  throw new ClaimbenchError("setup-not-possible", `no C++ compiler was found (${names})`, {
    hint: "`apt-get install g++`, or set CXX",
  });
}

/** @throws ClaimbenchError when npm or python3 is not on the PATH. */
export function checkPrograms(environment: NodeJS.ProcessEnv): void {
  const hints = {
    npm: "npm comes with Node; it has to be on the PATH",
    python3: "`apt-get install python3 python3-pip`; it downloads and unpacks TensorFlow's wheel",
  };
  for (const [program, hint] of Object.entries(hints)) {
    if (!onPath(program, environment)) {
      throw new ClaimbenchError("setup-not-possible", `${program} was not found on the PATH`, { hint });
    }
  }
}

function onPath(program: string, environment: NodeJS.ProcessEnv): boolean {
  if (program.includes("/")) return isExecutable(program);
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @throws ClaimbenchError when there is no such file. */
export function checkWheel(wheel: string): void {
  if (statSync(wheel, { throwIfNoEntry: false })?.isFile()) return;
  throw new ClaimbenchError("wheel-not-found", `there is no file ${wheel}`, {
    hint: "`pip download --no-deps tensorflow-cpu` gets one, on any machine of the same kind",
  });
}

/**
 * A setup replaces what is in its folder, so it takes only one that is new, empty or was filled by it.
 *
 * @throws ClaimbenchError `folder-in-use` for another.
 */
export async function checkFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw folderInUse(folder, "is no folder");
  if ((await readdir(folder)).length === 0) return;
  const own =
    isSetupFile(await readIfThere(join(folder, "setup.json"))) ||
    nameOf(await readIfThere(join(folder, "package.json"))) === FOLDER_NAME;
  if (!own) throw folderInUse(folder, "holds other files");
}

function folderInUse(folder: string, why: string): ClaimbenchError {
  return new ClaimbenchError("folder-in-use", `${folder} ${why}`, {
    hint: "give a new or an empty folder with --folder; what is in it would be replaced",
  });
}

async function readIfThere(file: string): Promise<string> {
  return existsSync(file) ? readFile(file, "utf8") : "";
}

function nameOf(packageJson: string): unknown {
  try {
    return (JSON.parse(packageJson) as { name?: unknown } | null)?.name;
  } catch {
    return undefined;
  }
}

/** @throws ClaimbenchError when the disk of the folder, which need not exist, has too little space left. */
export async function checkSpace(folder: string, gigabytes: number): Promise<void> {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  const free = (bavail * bsize) / 1e9;
  if (free >= gigabytes) return;
  throw new ClaimbenchError(
    "disk-full",
    `setting up TensorFlow takes about ${gigabytes} GB; ${existing} has ${free.toFixed(1)} GB free`,
    { hint: "free some space, or give a folder on another disk with --folder" },
  );
}
