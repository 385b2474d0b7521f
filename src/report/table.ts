/** A table as the template draws it. The first cell of a row heads it. */
export interface TableView {
  /** Unique within the page: it names the table's scrollable region too. */
  readonly caption: string;
  readonly columns: readonly ColumnView[];
  readonly rows: readonly (readonly CellView[])[];
}

export interface ColumnView {
  readonly text: string;
  readonly numeric: boolean;
}

export interface CellView {
  readonly text: string;
  readonly header: boolean;
  readonly numeric: boolean;
}

/** A column of numbers, set flush right. */
export function numeric(text: string): ColumnView {
  return { text, numeric: true };
}

export function tableView(
  caption: string,
  columns: readonly (string | ColumnView)[],
  rows: readonly (readonly string[])[],
): TableView {
  const heads = columns.map((column) => (typeof column === "string" ? { text: column, numeric: false } : column));
  return {
    caption,
    columns: heads,
    rows: rows.map((cells) =>
      cells.map((text, i) => ({ text, header: i === 0, numeric: heads[i]?.numeric === true && i > 0 })),
    ),
  };
}
