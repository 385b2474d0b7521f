import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { link, readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { absent } from "./absent.ts";
import { notWritable, TEMPORARY, temporaryName, writeNew, writeWhole } from "./durable-write.ts";

export interface Lease {
  release(): Promise<void>;
}

/** Who holds a lease, as its file says. */
interface Holder {
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

const BEAT_MILLISECONDS = 5_000;
/** A holder on another machine is given up when its file has not changed for so long, by the clock of who waits. */
const EXPIRY_MILLISECONDS = 60_000;
const LONGEST_PAUSE = 2_000;

/**
 * Waits for a lease. Its files are generations: who finds the highest one released, or its holder dead, creates the next,
 * which only one can. A holder on this machine is dead when its process is; on another, when its file stands still. Clocks
 * of different machines are not compared.
 *
 * @param folder of leases; may be on NFS.
 */
export async function acquireLease(
  folder: string,
  key: string,
  stopping: () => boolean,
  { beat = BEAT_MILLISECONDS, expiry = EXPIRY_MILLISECONDS } = {},
): Promise<Lease | undefined> {
  const self: Holder = { ...thisProcess(), token: randomBytes(8).toString("hex"), beat: 0 };
  let seen = { state: "", since: performance.now() };
  for (let pause = 20; !stopping(); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const generation = await highest(folder, key);
    const text = generation === 0 ? undefined : await readFile(fileOf(folder, key, generation), "utf8").catch(absent);
    const state = `${generation} ${text}`;
    if (state !== seen.state) seen = { state, since: performance.now() };
    const holder = text === undefined ? undefined : parse(text);
    const gone = generation === 0 || holder === "damaged" || (holder && isGone(holder));
    if (gone || performance.now() - seen.since > expiry) {
      if (await create(folder, key, generation + 1, self)) return holding(folder, key, generation + 1, self, beat);
      pause = 10;
    }
    await sleep(pause);
  }
  return undefined;
}

/** @returns whether this process has it. */
async function create(folder: string, key: string, generation: number, self: Holder): Promise<boolean> {
  const file = fileOf(folder, key, generation);
  const temporary = temporaryName(file);
  try {
    await writeNew(temporary, JSON.stringify(self), false);
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw notWritable(file, error as Error);
  } finally {
    await rm(temporary, { force: true });
  }
  // Older generations are removed once there is a higher one; what was created below it does not count.
  if ((await highest(folder, key)) > generation) {
    await rm(file, { force: true });
    return false;
  }
  await removeOlder(folder, key, generation);
  return true;
}

function holding(folder: string, key: string, generation: number, self: Holder, beat: number): Lease {
  const file = fileOf(folder, key, generation);
  let beats = 0;
  let writing = Promise.resolve();
  const rewrite = (holder: Holder) => {
    writing = writing
      // Where another took it over, this file is gone, and stays so.
      .then(async () =>
        (await highest(folder, key)) === generation ? writeWhole(file, JSON.stringify(holder), false) : undefined,
      )
      .catch(() => {});
    return writing;
  };
  const timer = setInterval(() => void rewrite({ ...self, beat: ++beats }), beat);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await rewrite({ ...self, beat: beats, released: true });
    },
  };
}

function isGone({ released, host, scope, pid, started }: Holder): boolean {
  if (released) return true;
  const self = thisProcess();
  if (host !== self.host || scope !== self.scope) return false;
  return processStart(pid) !== started;
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

/** When a process began, in the system's own count; empty when there is none. Where it cannot be told, that it is there. */
function processStart(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold anything; the start is the 20th field after it, and a zombie is no longer there.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? "");
  } catch {
    if (process.platform === "linux") return "";
  }
  try {
    process.kill(pid, 0);
    return "there";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "there" : "";
  }
}

async function highest(folder: string, key: string): Promise<number> {
  return Math.max(0, ...(await generations(folder, key)));
}

async function generations(folder: string, key: string): Promise<number[]> {
  const names = (await readdir(folder).catch(absent)) ?? [];
  return names
    .filter((name) => name.startsWith(`${key}.`) && !name.startsWith(TEMPORARY))
    .map((name) => Number(name.slice(key.length + 1)));
}

async function removeOlder(folder: string, key: string, generation: number): Promise<void> {
  for (const older of await generations(folder, key)) {
    if (older < generation) await rm(fileOf(folder, key, older), { force: true });
  }
}

function fileOf(folder: string, key: string, generation: number): string {
  return join(folder, `${key}.${generation}`);
}

function parse(text: string): Holder | "damaged" {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return "damaged";
  }
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
