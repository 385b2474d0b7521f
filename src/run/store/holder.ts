import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lease, as its file says. */
export interface Holder {
  readonly host: string;
  /** Of the machine's boot and the process name space: process numbers mean something only within them. */
  readonly scope: string;
  readonly pid: number;
  /** Tells a process from a later one of the same number. */
  readonly started: string;
  readonly token: string;
  /** Counts up while the holder lives. */
  readonly beat: number;
  readonly released?: true;
}

/** This process, as a new holder. */
export function newHolder(): Holder {
  return { ...thisProcess(), token: randomBytes(8).toString("hex"), beat: 0 };
}

/** @returns undefined for a file that is damaged, or that is being written. */
export function decodeHolder(text: string): Holder | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && "token" in read ? (read as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a holder lives; unknown where its process cannot be seen from here. */
export function lifeOf({ released, host, scope, pid, started }: Holder): "gone" | "lives" | "unknown" {
  if (released) return "gone";
  const self = thisProcess();
  if (host !== self.host || scope !== self.scope) return "unknown";
  if (!isThere(pid)) return "gone";
  const now = processStart(pid);
  // Where other users' processes are hidden, their start is.
  return now === "" || started === "" || now === started ? "lives" : "gone";
}

let known: Pick<Holder, "host" | "scope" | "pid" | "started"> | undefined;

function thisProcess() {
  known ??= {
    host: hostname(),
    scope: `${attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim())} ${attempt(() => readlinkSync("/proc/self/ns/pid"))}`,
    pid: process.pid,
    started: processStart(process.pid),
  };
  return known;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, in the system's own count; empty where it cannot be told. */
function processStart(pid: number): string {
  return attempt(() => {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold anything; the start is the 20th field after it. A zombie has ended.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "ended" : (fields[19] ?? "");
  });
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
