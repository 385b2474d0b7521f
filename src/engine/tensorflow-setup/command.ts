/** A program with its arguments, to be run without a shell. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd?: string;
}

/** As a line for a shell that does the same. */
export function shellLine({ program, words, cwd }: Command): string {
  const line = [program, ...words].map(quoted).join(" ");
  return cwd === undefined ? line : `(cd ${quoted(cwd)} && ${line})`;
}

/** As it is named in an error: a script among its words is only hinted at. */
export function shortLine({ program, words }: Command): string {
  return [program, ...words.map((word) => (word.includes("\n") ? "…" : quoted(word)))].join(" ");
}

// An asterisk stays: the name of a downloaded wheel is not known before.
function quoted(word: string): string {
  return /^[\w@%+=:,./*-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
