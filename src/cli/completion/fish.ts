import { allCommands, type CompletedCommand, key, optionsWithValue, type WordKind } from "./program-words.ts";
import { fishQuoted } from "./quoting.ts";

/**
 * A completion of fish 3.1 and newer.
 *
 * @param suites ids that a command takes where it takes a suite.
 */
export function fishCompletion(program: CompletedCommand, suites: readonly string[]): string {
  const { name } = program;
  const commands = allCommands(program);
  const withValue = commands.flatMap((command) =>
    optionsWithValue(command).flatMap(({ names }) => names.map((each) => `${key(command)}:${each}`)),
  );
  const known = commands.flatMap((command) => command.commands.map((each) => `${key(command)}:${each.name}`));
  return `# Completion of ${name} in fish, made by: ${name} completion fish
set -g __${name}_with_value ${withValue.map(fishQuoted).join(" ")}
set -g __${name}_commands ${known.map(fishQuoted).join(" ")}

# Whether the words before the cursor lead to a command, and, where a place is given, to that argument of it or a later one.
function __${name}_at --argument-names wanted first last
    set -l words (commandline -opc)
    set -l at ''
    set -l place 0
    set -l is_value no
    for word in $words[2..-1]
        if test $is_value = yes
            set is_value no
        else if contains -- "$at:$word" $__${name}_with_value
            set is_value yes
        else if string match -q -- '-*' $word
            continue
        else if contains -- "$at:$word" $__${name}_commands
            set at (string trim -- "$at $word")
        else
            set place (math $place + 1)
        end
    end
    test "$at" = "$wanted"; or return 1
    test -z "$first"; and return 0
    test $place -ge $first; and test $place -le $last
end

function __${name}_files
    __fish_complete_directories (commandline -ct)
    for extension in $argv
        __fish_complete_suffix $extension | string match -r -- '.*\\\\'$extension'(?:\\t.*)?$'
    end
end

function __${name}_suites
    printf '%s\\n' ${suites.map(fishQuoted).join(" ")}
    __${name}_files .json .jsonc
end

complete -c ${name} -f
${commands.flatMap((command) => commandLines(command, name)).join("\n")}
`;
}

function commandLines(command: CompletedCommand, program: string): string[] {
  const condition = (place = "") =>
    `complete -c ${program} -n ${fishQuoted(`__${program}_at ${fishQuoted(key(command))}${place}`)}`;
  return [
    ...command.commands.map(
      ({ name, description }) => `${condition(" 0 0")} -a ${fishQuoted(name)} -d ${fishQuoted(description)}`,
    ),
    ...command.arguments.flatMap(({ word, variadic }, i) =>
      word.kind === "text" ? [] : [`${condition(` ${i} ${variadic ? 999 : i}`)} ${candidates(word, program)}`],
    ),
    ...command.options.map(({ names, description, value }) =>
      [
        condition(),
        ...names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)),
        ...(value ? [value.kind === "file" ? "-r" : "-x", candidates(value, program)] : []),
        `-d ${fishQuoted(description)}`,
      ].join(" "),
    ),
  ];
}

function candidates(word: WordKind, program: string): string {
  switch (word.kind) {
    case "words":
      return `-a ${fishQuoted(word.words.map(fishQuoted).join(" "))}`;
    case "suite":
      return `-a '(__${program}_suites)'`;
    case "record":
      return `-a '(__${program}_files .json)'`;
    case "folder":
      return "-a '(__fish_complete_directories)'";
    case "file":
      return "-F";
    case "text":
      return "";
  }
}
