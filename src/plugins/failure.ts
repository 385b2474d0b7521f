import { homedir } from "node:os";

const LONGEST = 300;

/** What a plugin threw, in a line that a record may hold: without folders of this machine. @param folder of the suite. */
export function failureWords(error: unknown, folder: string): string {
  const text =
    error instanceof Error ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}` : String(error);
  const [line = ""] = text.split("\n", 1);
  return line.replaceAll(folder, ".").replaceAll(homedir(), "~").slice(0, LONGEST) || "it failed without a word";
}
