import { allCommands, type CompletedCommand, key, optionsWithValue, type WordKind } from "./program-words.ts";
import { shellQuoted } from "./quoting.ts";

/**
 * A completion of bash 3.2 and newer, without other packages.
 *
 * @param suites ids that a command takes where it takes a suite.
 */
export function bashCompletion(program: CompletedCommand, suites: readonly string[]): string {
  const commands = allCommands(program);
  const { name } = program;
  return `# Completion of ${name} in bash, made by: ${name} completion bash
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} command= option= place=0 only_arguments= kind=text words= word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # --option=value comes as three words.
    if [[ $word == "=" ]]; then continue; fi
    if [[ -n $option ]]; then option=; continue; fi
    if [[ $word == -- ]]; then only_arguments=yes; continue; fi
    if [[ -z $only_arguments && $word == -* ]]; then
      case "$command:$word" in
${cases(
  commands.flatMap((command) =>
    optionsWithValue(command).flatMap(({ names }) => names.map((each) => `${key(command)}:${each}`)),
  ),
  "option=$word",
  8,
)}
      esac
      continue
    fi
    case "$command:$word" in
${commands
  .flatMap((command) =>
    command.commands.map(
      (each) => `      ${shellQuoted(`${key(command)}:${each.name}`)}) command=${shellQuoted(key(each))} ;;`,
    ),
  )
  .join("\n")}
      *) place=$((place + 1)) ;;
    esac
  done
  if [[ $current == "=" ]]; then current=; fi

  if [[ -n $option ]]; then
    case "$command:$option" in
${commands
  .flatMap((command) =>
    optionsWithValue(command).map(({ names, value }) =>
      arm(
        names.map((each) => shellQuoted(`${key(command)}:${each}`)),
        value,
      ),
    ),
  )
  .join("\n")}
    esac
  elif [[ -z $only_arguments && $current == -* ]]; then
    kind=words
    case "$command" in
${commands
  .map(
    (command) =>
      `      ${shellQuoted(key(command))}) words=${shellQuoted(command.options.flatMap(({ names }) => names).join(" "))} ;;`,
  )
  .join("\n")}
    esac
  else
    case "$command:$place" in
${commands.flatMap(argumentArms).join("\n")}
    esac
  fi

  case $kind in
    words) _${name}_add -W "$words" ;;
    folder) _${name}_add -d ;;
    file) _${name}_add -f ;;
    suite | record) _${name}_add -d; _${name}_add -f -X '!*.json'; _${name}_add -f -X '!*.jsonc' ;;
  esac
  if [[ $kind == suite ]]; then _${name}_add -W ${shellQuoted(suites.join(" "))}; fi
  if [[ $kind != words && $kind != text ]]; then compopt -o filenames 2> /dev/null; fi
}
_${name}_add() {
  local found
  while IFS= read -r found; do COMPREPLY+=("$found"); done < <(compgen "$@" -- "$current")
}
complete -F _${name} ${name}
`;
}

function cases(patterns: readonly string[], action: string, indent: number): string {
  const space = " ".repeat(indent);
  return `${space}${patterns.map(shellQuoted).join(` | \\\n${space}`)}) ${action} ;;`;
}

function argumentArms(command: CompletedCommand): string[] {
  if (command.commands.length > 0) {
    const words = command.commands.map(({ name }) => name);
    return [arm([shellQuoted(`${key(command)}:0`)], { kind: "words", words })];
  }
  return command.arguments.map(({ word, variadic }, place) =>
    arm([variadic ? `${shellQuoted(`${key(command)}:`)}*` : shellQuoted(`${key(command)}:${place}`)], word),
  );
}

function arm(patterns: readonly string[], word: WordKind): string {
  const words = word.kind === "words" ? ` words=${shellQuoted(word.words.join(" "))}` : "";
  return `      ${patterns.join(" | ")}) kind=${word.kind}${words} ;;`;
}
