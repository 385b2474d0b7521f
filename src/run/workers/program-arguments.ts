const PROGRAM_AS_TEXT = new Set(["-e", "--eval", "-p", "--print", "-pe"]);

/** Arguments of Node for processes that run a file, as this one may have been given its program as text. */
export function programArguments(): string[] {
  return process.execArgv.filter((argument, i, all) => {
    const isText = PROGRAM_AS_TEXT.has(argument) || PROGRAM_AS_TEXT.has(all[i - 1] ?? "");
    return !isText && !argument.startsWith("--input-type");
  });
}
