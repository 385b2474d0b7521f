import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Device } from "../../engine/device.ts";
import type { ClaimbenchVersion, HardwareFacts } from "../../spec/run.types.ts";

const execute = promisify(execFile);
const packageRoot = fileURLToPath(new URL("../../../", import.meta.url));

/** Version of this program, from package.json. */
export function claimbenchVersion(): string {
  return (JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string })
    .version;
}

/** Version, and where the program runs from its own git checkout, the commit. */
export async function claimbenchFacts(): Promise<ClaimbenchVersion> {
  const version = claimbenchVersion();
  // Only its own checkout: a package installed below somebody's repository must not report their commit.
  if (!existsSync(`${packageRoot}.git`)) return { version };
  try {
    const commit = await git("rev-parse", "--short=12", "HEAD");
    const changes = await git("status", "--porcelain", "--untracked-files=no");
    return { version, gitCommit: changes === "" ? commit : `${commit}+changes` };
  } catch {
    return { version };
  }
}

async function git(...words: string[]): Promise<string> {
  const { stdout } = await execute("git", ["-C", packageRoot, ...words], { timeout: 5000 });
  return stdout.trim();
}

export async function hardwareFacts(): Promise<HardwareFacts> {
  const gpu = await nvidiaGpu();
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    architecture: arch(),
    ...(gpu ? { gpu } : {}),
  };
}

/** The processor or GPU that a device is. */
export function machineOf({ cpu, gpu }: HardwareFacts, device: Device): string {
  return device === "cpu" ? cpu : (gpu ?? cpu);
}

export function operatingSystem(): string {
  // What a distribution or a host appends to the version names a build, not a system.
  return `${platform()} ${/^[\d.]*\d/.exec(release())?.[0] ?? release()}`;
}

/** Name of the first NVIDIA GPU, where its tool is installed. */
async function nvidiaGpu(): Promise<string | undefined> {
  try {
    const { stdout } = await execute("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"], { timeout: 5000 });
    return stdout.split("\n")[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
