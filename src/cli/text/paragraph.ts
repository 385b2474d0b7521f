import { wrap } from "./wrap.ts";

/** Columns of a text that is meant to be read, whatever the terminal. */
export const WIDTH = 100;

/** Breaks at spaces. @param indent of every line, with `hanging` more after the first. */
export function paragraph(text: string, indent = 0, hanging = 0): string[] {
  const words = text.split(/ +/).flatMap((word) => pieces(word, WIDTH - indent - hanging));
  return wrap(words.join(" "), WIDTH, " ".repeat(indent), " ".repeat(indent + hanging));
}

/** A word that no line holds is cut. */
function pieces(word: string, width: number): string[] {
  const cut: string[] = [];
  for (let at = 0; at === 0 || at < word.length; at += width) cut.push(word.slice(at, at + width));
  return cut;
}
