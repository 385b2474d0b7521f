/** Columns of a text that is meant to be read, whatever the terminal. */
export const WIDTH = 100;

/** Breaks at spaces. @param indent of every line, with `hanging` more after the first. */
export function paragraph(text: string, indent = 0, hanging = 0): string[] {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  let empty = true;
  for (const word of text.split(/ +/).flatMap((each) => pieces(each, WIDTH - indent - hanging))) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(indent + hanging);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** A word that no line holds is cut. */
function pieces(word: string, width: number): string[] {
  const cut: string[] = [];
  for (let at = 0; at === 0 || at < word.length; at += width) cut.push(word.slice(at, at + width));
  return cut;
}

/** Columns as wide as their widest cell. @param indent of every line. @param align of all columns but the first. */
export function columns(rows: readonly (readonly string[])[], indent = 0, align: "left" | "right" = "right"): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length)));
  return rows.map((row) => {
    const cells = row.map((cell, i) => {
      const width = widths[i] ?? 0;
      return i === 0 || align === "left" ? cell.padEnd(width) : cell.padStart(width);
    });
    return `${" ".repeat(indent)}${cells.join("  ")}`.trimEnd();
  });
}
