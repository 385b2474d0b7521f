// Runs the built program as a user does: in a folder of its own, with files the test wrote.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const main = join(root, "dist", "cli", "main.js");

export interface Finished {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once stderr matches; rejects when the program ends before it. */
  stderrMatches(pattern: RegExp): Promise<void>;
}

export interface Folder {
  readonly path: string;
  write(file: string, content: string | Uint8Array | object): string;
  /** Names in the folder, sorted. */
  names(): string[];
  /** Runs of a suite, as reports/<suite>/<run id>, oldest first. */
  runs(suite: string): string[];
  run(words: readonly string[], options?: LaunchOptions): Promise<Finished>;
  start(words: readonly string[], options?: LaunchOptions): Started;
}

export interface LaunchOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** A file descriptor instead of a pipe. */
  readonly stdout?: number;
  readonly stderr?: number;
}

/** A temporary folder, removed when the test ends. */
export function folder(): Folder {
  buildWhenOld();
  const path = mkdtempSync(join(tmpdir(), "claimbench-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const start = (words: readonly string[], options: LaunchOptions = {}) => launch(path, words, options);
  return {
    path,
    write(file, content) {
      const target = join(path, file);
      mkdirSync(dirname(target), { recursive: true });
      const isText = typeof content === "string" || content instanceof Uint8Array;
      writeFileSync(target, isText ? content : JSON.stringify(content, null, 2));
      return target;
    },
    names: () => readdirSync(path).sort(),
    runs(suite) {
      const reports = join(path, "reports", suite);
      return readdirSync(reports)
        .sort((a, b) => statSync(join(reports, a)).birthtimeMs - statSync(join(reports, b)).birthtimeMs)
        .map((id) => join(reports, id));
    },
    start,
    run: (words, options) => start(words, options).finished,
  };
}

export function readJson(file: string) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function launch(
  cwd: string,
  words: readonly string[],
  { environment = {}, stdout, stderr: errors }: LaunchOptions,
): Started {
  const {
    CI: _,
    NO_COLOR: __,
    FORCE_COLOR: ___,
    CLAIMBENCH_MNIST: ____,
    NODE_OPTIONS: _____,
    ...inherited
  } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    env: { ...inherited, ...environment },
    stdio: ["ignore", stdout ?? "pipe", errors ?? "pipe"],
    // A process group of its own, as a terminal gives each command: a signal can go to all of it.
    detached: true,
  });
  onTestFinished(() => killGroup(child, "SIGKILL"));
  let out = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: out, stderr }));
  });
  return {
    child,
    finished,
    stderrMatches: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (pattern.test(stderr)) resolve();
        };
        child.stderr?.on("data", check);
        check();
        finished.then(() => reject(new Error(`it ended before ${pattern}:\n${stderr}`)), reject);
      }),
  };
}

/** Sends a signal to the program and all its workers. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid as number), signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Processes that live and were started by one, the first first. Reads /proc, so on Linux only. */
export function workersOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => processState(pid)?.parent === parent)
    .sort((a, b) => a - b);
}

/** Whether a process lives; one that ended and waits for its parent does not. */
export function lives(pid: number): boolean {
  const state = processState(pid)?.state;
  return state !== undefined && state !== "Z" && state !== "X";
}

function processState(pid: number): { state: string; parent: number } | undefined {
  try {
    const [, state = "", parent = ""] = /\) (\S) (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

let built = false;

/** `npm test` builds before; a test file that is run alone builds here, one process at a time. */
function buildWhenOld(): void {
  if (built) return;
  const lock = join(root, "dist", ".building");
  mkdirSync(join(root, "dist"), { recursive: true });
  while (newest(join(root, "src")) > changed(main)) {
    try {
      mkdirSync(lock);
    } catch {
      // A lock older than any build was left by a killed process.
      if (Date.now() - changed(lock) > 120_000) rmSync(lock, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      continue;
    }
    try {
      const startedAt = new Date();
      const { status, stdout } = spawnSync("npx", ["tsc", "-p", "tsconfig.build.json"], {
        cwd: root,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`the build fails:\n${stdout}`);
      utimesSync(main, startedAt, startedAt);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  built = true;
}

function newest(path: string): number {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Milliseconds of the last change; 0 when there is no such file. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
