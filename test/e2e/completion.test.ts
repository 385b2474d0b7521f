// Completion as a shell gives it: the script is sourced by the real shell, and asked for the words that Tab would offer.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder } from "./program.ts";

/** A folder with a suite, a record, another file and a folder with a space in its name. */
function withFiles(): Folder {
  const place = folder();
  place.write("suites/mine.jsonc", {});
  place.write("reports/run.json", {});
  place.write("my notes/notes.txt", "");
  place.write("other.txt", "");
  place.write("a record.json", {});
  return place;
}

const cases = [
  { words: ["r"], offered: ["report", "run"] },
  { words: ["baseline", ""], offered: ["capture", "diff", "show", "update"] },
  { words: ["completion", ""], offered: ["bash", "fish", "zsh"] },
  { words: ["run", "--pro"], offered: ["--profile"] },
  { words: ["run", "--profile", ""], offered: ["nightly", "paper", "quick", "smoke"] },
  { words: ["run", "--profile", "quick", "sam"], offered: ["sam-flatness"] },
  { words: ["run", "suites/m"], offered: ["suites/mine.jsonc"] },
  { words: ["run", "suites/mine.jsonc", "qui"], offered: ["quick"] },
  { words: ["baseline", "capture", "--to", ""], offered: ["my notes", "reports", "suites"] },
  { words: ["judge", "a"], offered: ["a record.json"] },
  { words: ["judge", "o"], offered: [] },
  { words: ["judge", "--html", "o"], offered: ["other.txt"] },
  { words: ["plan", "quick", ""], offered: [] },
  { words: ["data", "list", "--data-dir", "my"], offered: ["my notes"] },
  { words: ["data", "fetch", "cifar-100", "mn"], offered: ["mnist"] },
  { words: ["history", "rep"], offered: ["reports"] },
  { words: ["history", "--out", "o"], offered: ["other.txt"] },
];

test.each(cases)("bash, after claimbench $words", async ({ words, offered }) => {
  expect(await offeredByBash(withFiles(), words)).toEqual(offered);
});

test.each([
  { words: ["run", "--profile", "=", "q"], offered: ["quick"] },
  { words: ["run", "--profile", "="], offered: ["nightly", "paper", "quick", "smoke"] },
  { words: ["run", "--", "--pro"], offered: [] },
])("bash, after the words that it makes of --option=value and --: $words", async ({ words, offered }) => {
  expect(await offeredByBash(withFiles(), words)).toEqual(offered);
});

test("bash gets its completion as the help says", async () => {
  const place = folder();
  const { stdout } = await place.run(["completion", "bash"]);
  writeFileSync(join(place.path, "script"), stdout);
  const shell = ask("bash", place.path, ["--norc", "-c", 'eval "$(cat script)"; complete -p claimbench']);
  expect(shell).toMatchObject({ status: 0, stderr: "", stdout: "complete -F _claimbench claimbench\n" });
});

test.skipIf(isMissing("fish"))("fish", async () => {
  const place = withFiles();
  const { stdout } = await place.run(["completion", "fish"]);
  writeFileSync(join(place.path, "script"), stdout);
  for (const { words, offered } of cases) {
    const line = ["claimbench", ...words].join(" ");
    const shell = ask("fish", place.path, ["--no-config", "-c", "source script; complete -C $argv[1]", line]);
    const found = shell.stdout.split("\n").map((each) => each.replace(/\t.*/, "").replace(/\/$/, ""));
    expect(found.filter((each) => each !== "").sort(), line).toEqual(offered);
    expect(shell.stderr, line).toBe("");
  }
});

test.skipIf(isMissing("zsh"))("zsh takes the script, and registers it", async () => {
  const place = withFiles();
  const { stdout } = await place.run(["completion", "zsh"]);
  writeFileSync(join(place.path, "script"), stdout);
  const program = "autoload -Uz compinit; compinit -u -D; source ./script; print -r -- $_comps[claimbench]";
  const shell = ask("zsh", place.path, ["-f", "-c", program]);
  expect(shell).toMatchObject({ status: 0, stderr: "", stdout: "_claimbench\n" });
});

test("another shell is refused", async () => {
  const run = await folder().run(["completion", "tcsh"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(/Allowed choices are bash, zsh, fish/);
});

async function offeredByBash(place: Folder, words: readonly string[]): Promise<string[]> {
  const { stdout } = await place.run(["completion", "bash"]);
  const program = `source <(cat script)
COMP_WORDS=(claimbench "$@"); COMP_CWORD=$#; _claimbench
for word in "\${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done`;
  writeFileSync(join(place.path, "script"), stdout);
  const shell = ask("bash", place.path, ["--norc", "-c", program, "bash", ...words]);
  expect(shell.stderr).toBe("");
  return shell.stdout.split("\n").filter(Boolean).sort();
}

function ask(shell: string, cwd: string, words: readonly string[]) {
  return spawnSync(shell, words, { cwd, encoding: "utf8" });
}

/** In CI its absence is a failure. */
function isMissing(shell: string): boolean {
  return !process.env["CI"] && spawnSync(shell, ["--version"]).error !== undefined;
}
