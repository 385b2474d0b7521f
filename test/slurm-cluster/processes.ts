import { readdirSync, readFileSync } from "node:fs";

/** Processes, but for this one, whose environment holds all of these variables. */
export function processesWith(variables: Readonly<Record<string, string>>): number[] {
  const wanted = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      const environment = environmentOf(pid);
      return wanted.every((variable) => environment.includes(variable));
    })
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    // It has ended, or is somebody else's.
    return [];
  }
}
