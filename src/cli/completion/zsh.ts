import { allCommands, type CompletedCommand, type CompletedOption, type WordKind } from "./program-words.ts";
import { shellQuoted } from "./quoting.ts";

/**
 * A completion of zsh: a function a command, each a call of zsh's own _arguments.
 *
 * @param suites ids that a command takes where it takes a suite.
 */
export function zshCompletion(program: CompletedCommand, suites: readonly string[]): string {
  const { name } = program;
  return `#compdef ${name}
# Completion of ${name} in zsh, made by: ${name} completion zsh
${allCommands(program)
  .map((command) => (command.commands.length > 0 ? groupFunction(command, name) : leafFunction(command, name)))
  .join("\n")}
_${name}-suites() {
  local -a suites=(${suites.map(shellQuoted).join(" ")})
  _alternative 'suites:shipped suite:compadd -a suites' 'files:suite file:_files -g "*.json(|c)(-.)"'
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function groupFunction(command: CompletedCommand, program: string): string {
  const described = command.commands.map(({ name, description }) =>
    shellQuoted(`${colonsEscaped(name)}:${description}`),
  );
  return `${functionName(command, program)}() {
  local curcontext=$curcontext state line
  local -a commands=(
    ${described.join("\n    ")}
  )
  _arguments -C \\
${specs(command.options, program)}
    '1: :->command' '*:: :->rest' && return
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${command.commands.map((each) => `        ${shellQuoted(each.name)}) ${functionName(each, program)} ;;`).join("\n")}
      esac ;;
  esac
}`;
}

function leafFunction(command: CompletedCommand, program: string): string {
  const places = command.arguments.map(
    ({ name, word, variadic }, i) =>
      `    ${shellQuoted(`${variadic ? "*" : i + 1}:${colonsEscaped(name)}:${action(word, program)}`)} \\\n`,
  );
  return `${functionName(command, program)}() {
  _arguments -s -S \\
${specs(command.options, program)}
${places.join("")}    && return
}`;
}

function functionName({ path }: CompletedCommand, program: string): string {
  return [`_${program}`, ...path].join("-");
}

/** A flag once; what has a value may come again. */
function specs(options: readonly CompletedOption[], program: string): string {
  return options
    .flatMap(({ names, description, value }) =>
      names.map((name) => {
        const once = value ? "*" : `(${names.join(" ")})`;
        const equals = value && name.startsWith("--") ? "=" : "";
        const word = value ? `:${colonsEscaped(name.replace(/^-+/, ""))}:${action(value, program)}` : "";
        return `    ${shellQuoted(`${once}${name}${equals}[${description.replace(/[\\[\]]/g, String.raw`\$&`)}]${word}`)} \\`;
      }),
    )
    .join("\n");
}

function action(word: WordKind, program: string): string {
  switch (word.kind) {
    case "words":
      return `(${word.words.map((each) => each.replace(/[\s\\():]/g, String.raw`\$&`)).join(" ")})`;
    case "suite":
      return `_${program}-suites`;
    case "record":
      return '_files -g "*.json(-.)"';
    case "folder":
      return "_files -/";
    case "file":
      return "_files";
    case "text":
      return " ";
  }
}

function colonsEscaped(text: string): string {
  return text.replaceAll(":", String.raw`\:`);
}
