import { stripVTControlCharacters } from "node:util";

/** Breaks a text at spaces; colour codes take no columns. @param first, further what lines begin with. */
export function wrap(text: string, width: number, first = "", further = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && stripVTControlCharacters(`${line} ${word}`).length > width) {
      lines.push(line);
      line = further;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
