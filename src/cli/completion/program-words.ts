import type { Argument, Command, Option } from "commander";
import { DATA_SETS } from "../../data/data-sets.ts";

/** What a word on the command line can be; a record is the run.json of a run, or its folder. */
export type WordKind =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "suite" | "record" | "file" | "folder" | "text" };

export interface CompletedOption {
  /** --profile; -q and --quiet. */
  readonly names: readonly string[];
  readonly description: string;
  /** Of the word after it; absent for a flag. */
  readonly value?: WordKind;
}

export interface CompletedArgument {
  readonly name: string;
  readonly word: WordKind;
  /** All further words are of it, too. */
  readonly variadic: boolean;
}

/** A command as the completion of a shell needs it. */
export interface CompletedCommand {
  readonly name: string;
  /** From the program: [] is the program itself, ["baseline", "capture"] a part of a command. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly arguments: readonly CompletedArgument[];
  readonly commands: readonly CompletedCommand[];
}

/** The commands, options and arguments of a program, as its own help shows them. */
export function completedCommand(command: Command, path: readonly string[] = []): CompletedCommand {
  const help = command.createHelp();
  return {
    name: command.name(),
    path,
    description: command.description(),
    options: help.visibleOptions(command).map(completedOption),
    arguments: command.registeredArguments.map(completedArgument),
    commands: help
      .visibleCommands(command)
      .filter((each) => each.name() !== "help")
      .map((each) => completedCommand(each, [...path, each.name()])),
  };
}

/** A command and all below it. */
export function allCommands(command: CompletedCommand): CompletedCommand[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** How the script of a shell calls a command: "" is the program. */
export function key({ path }: CompletedCommand): string {
  return path.join(" ");
}

/** Those of a command that the next word belongs to. */
export function optionsWithValue({ options }: CompletedCommand): (CompletedOption & { readonly value: WordKind })[] {
  return options.flatMap((option) => (option.value ? [{ ...option, value: option.value }] : []));
}

function completedOption({ short, long, flags, description, argChoices }: Option): CompletedOption {
  const [, metavariable] = /[<[](\S+)[\]>]/.exec(flags) ?? [];
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    ...(metavariable === undefined ? {} : { value: wordKind(metavariable, argChoices) }),
  };
}

function completedArgument(argument: Argument): CompletedArgument {
  const name = argument.name();
  return { name, word: wordKind(name, argument.argChoices), variadic: argument.variadic };
}

/** By the name that the help gives the word: <suite>, <folder>, <run.json>. */
function wordKind(metavariable: string, choices: readonly string[] | undefined): WordKind {
  if (choices) return { kind: "words", words: choices };
  switch (metavariable) {
    case "suite":
    case "folder":
      return { kind: metavariable };
    case "suite-or-folder":
      return { kind: "suite" };
    case "file":
    case "file.html":
      return { kind: "file" };
    case "run.json":
      return { kind: "record" };
    case "data-set":
      return { kind: "words", words: Object.keys(DATA_SETS) };
    default:
      return { kind: "text" };
  }
}
