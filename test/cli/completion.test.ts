import { Argument, Command, Option } from "commander";
import { expect, test } from "vitest";
import { bashCompletion } from "../../src/cli/completion/bash.ts";
import { fishCompletion } from "../../src/cli/completion/fish.ts";
import { allCommands, completedCommand } from "../../src/cli/completion/program-words.ts";
import { zshCompletion } from "../../src/cli/completion/zsh.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { recordingIo } from "./recording-io.ts";

const program = () => completedCommand(buildProgram(recordingIo().io, () => {}));

test("words are of the kind that the program's help gives them", () => {
  const command = new Command("tool")
    .argument("<suite>")
    .argument("<run.json...>")
    .addOption(new Option("-p, --profile <name>", "scale").choices(["smoke", "paper"]))
    .option("--store <folder>", "the store")
    .option("--html <file>", "the page")
    .option("--seeds <n>", "how many")
    .option("-q, --quiet", "no progress")
    .addOption(new Option("--secret", "not shown").hideHelp());
  const { options, arguments: words } = completedCommand(command);
  expect(options).toEqual([
    { names: ["-p", "--profile"], description: "scale", value: { kind: "words", words: ["smoke", "paper"] } },
    { names: ["--store"], description: "the store", value: { kind: "folder" } },
    { names: ["--html"], description: "the page", value: { kind: "file" } },
    { names: ["--seeds"], description: "how many", value: { kind: "text" } },
    { names: ["-q", "--quiet"], description: "no progress" },
    { names: ["-h", "--help"], description: "display help for command" },
  ]);
  expect(words).toEqual([
    { name: "suite", word: { kind: "suite" }, variadic: false },
    { name: "run.json", word: { kind: "record" }, variadic: true },
  ]);
});

test("every command of the program is there, and each that takes a suite or a record is known to", () => {
  const commands = allCommands(program());
  const names = commands.map(({ path }) => path.join(" "));
  for (const name of ["run", "init", "completion", "baseline capture", "store gc", "data fetch"]) {
    expect(names).toContain(name);
  }
  const kinds = new Map(commands.map(({ path, arguments: [first] }) => [path.join(" "), first?.word.kind]));
  for (const name of ["run", "plan", "validate", "list", "watch"]) expect(kinds.get(name), name).toBe("suite");
  for (const name of ["judge", "explain", "merge", "baseline diff"]) expect(kinds.get(name), name).toBe("record");
});

test.each([
  { shell: "bash", script: bashCompletion },
  { shell: "zsh", script: zshCompletion },
  { shell: "fish", script: fishCompletion },
])("the script of $shell has all commands, long options and suites", ({ script }) => {
  const text = script(program(), ["quick", "keskar-2017/paths"]);
  for (const { name, options } of allCommands(program())) {
    expect(text).toContain(name);
    for (const word of options.flatMap(({ names }) => names)) expect(text).toContain(word.replace(/^--?/, ""));
  }
  expect(text).toContain("keskar-2017/paths");
});

test("zsh and fish take descriptions with quotes, brackets, colons and backslashes as they are", () => {
  const odd = new Command("tool").addCommand(
    new Command("go")
      .description(String.raw`it's [a] "b": \c $(d)`)
      .addArgument(new Argument("<what>").choices(["one"]))
      .option("--file <file>", "it's [a]: $(b)"),
  );
  const fish = fishCompletion(completedCommand(odd), []);
  expect(fish).toContain(String.raw`-d 'it\'s [a] "b": \\c $(d)'`);
  const zsh = zshCompletion(completedCommand(odd), []);
  expect(zsh).toContain(String.raw`'go:it'\''s [a] "b": \c $(d)'`);
  expect(zsh).toContain(String.raw`'*--file=[it'\''s \[a\]: $(b)]:file:_files'`);
});
