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
