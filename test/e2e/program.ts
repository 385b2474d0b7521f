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
  run(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Finished>;
  start(words: readonly string[], environment?: NodeJS.ProcessEnv): Started;
}

/** A temporary folder, removed when the test ends. */
export function folder(): Folder {
  buildWhenOld();
  const path = mkdtempSync(join(tmpdir(), "claimbench-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const start = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) => launch(path, words, environment);
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
    run: (words, environment) => start(words, environment).finished,
  };
}

export function readJson(file: string) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function launch(cwd: string, words: readonly string[], environment: NodeJS.ProcessEnv): Started {
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
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    finished,
    stderrMatches: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (pattern.test(stderr)) resolve();
        };
        child.stderr.on("data", check);
        check();
        finished.then(() => reject(new Error(`it ended before ${pattern}:\n${stderr}`)), reject);
      }),
  };
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
