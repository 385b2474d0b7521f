import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const PROGRAMS = [
  "munged",
  "slurmctld",
  "slurmd",
  "slurmstepd",
  "sbatch",
  "squeue",
  "scancel",
  "scontrol",
  "sinfo",
  "setpriv",
] as const;

/** Where Debian keeps daemons, which an ordinary user's PATH leaves out. */
const DAEMONS = ["/usr/sbin", "/sbin"];

/** The given environment with the daemons on its PATH. */
export function withDaemons(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, PATH: [environment["PATH"] ?? "", ...DAEMONS].join(delimiter) };
}

/** @returns which of the programs that a cluster is made of are missing, or nothing where all are there. */
export function slurmMissing(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (withDaemons(environment)["PATH"] as string).split(delimiter).filter(Boolean);
  const missing = PROGRAMS.filter((program) => !folders.some((folder) => executable(join(folder, program))));
  return missing.length === 0 ? undefined : missing.join(", ");
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
