import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";

const repository = resolve(import.meta.dirname, "../../..");

const folders: string[] = [];
const children: ChildProcess[] = [];
// Not at the process's exit: vitest ends its processes without one.
afterAll(async () => {
  const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  await Promise.all(
    running.map((child) => {
      const end = once(child, "exit");
      child.kill("SIGKILL");
      return end;
    }),
  );
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder of the test's, removed when its file of tests ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "claimbench-store-"));
  folders.push(folder);
  return folder;
}

/** Compiles the store and the programs of this folder as they are now, since Node 20 runs no TypeScript. */
export function compilePrograms(): string {
  const folder = newFolder();
  mkdirSync(join(folder, "test"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  const settings = {
    extends: join(repository, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      outDir: folder,
      rootDir: repository,
      typeRoots: [join(repository, "node_modules/@types")],
    },
    include: [join(import.meta.dirname, "programs")],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  execFileSync(process.execPath, [join(repository, "node_modules/.bin/tsc"), "-p", folder], { stdio: "inherit" });
  return join(folder, "test/run/store/programs");
}

/** Starts one of the compiled programs; it is ended with its file of tests at the latest. */
export function start(programs: string, name: string, ...words: readonly (string | number)[]): ChildProcess {
  const child = spawn(process.execPath, [join(programs, `${name}.js`), ...words.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

/** What it has said by its end, and how it ended: the exit status, or the signal. */
export async function ended(child: ChildProcess): Promise<{ said: string; how: number | string | null }> {
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [status, signal] = (await once(child, "close")) as [number | null, string | null];
  return { said, how: status ?? signal };
}

/** Waits until it says something. */
export async function says(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("it has no output");
  const [text] = await Promise.race([once(child.stdout, "data"), once(child, "close")]);
  return String(text).trim();
}
