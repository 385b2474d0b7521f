import { ClaimbenchError, type SourceLocation } from "./error.ts";
import type { JsonPath, JsonSource } from "./json-source.ts";

export interface Problem {
  readonly message: string;
  readonly location: SourceLocation;
}

const SHOWN = 10;

/** Collects what is wrong with a document, to report it all at once. */
export class Problems {
  readonly #source: JsonSource;
  readonly #found = new Map<string, Problem>();

  constructor(source: JsonSource) {
    this.#source = source;
  }

  get any(): boolean {
    return this.#found.size > 0;
  }

  add(path: JsonPath, message: string, part: "value" | "key" = "value"): void {
    const location = this.#source.locate(path, part);
    const key = `${location.line} ${message}`;
    if (!this.#found.has(key)) this.#found.set(key, { message, location });
  }

  /** At the first of the places that is in the document, else at the last. */
  addAt(places: readonly JsonPath[], message: string, part: "value" | "key" = "value"): void {
    this.add(places.find((path) => this.#source.has(path)) ?? places.at(-1) ?? [], message, part);
  }

  /** @throws ClaimbenchError with all problems, located at the first, if there are any. */
  throwIfAny(code: string): void {
    const sorted = [...this.#found.values()].sort(
      (a, b) => a.location.line - b.location.line || a.location.column - b.location.column,
    );
    const [first] = sorted;
    if (!first) return;
    if (sorted.length === 1) throw new ClaimbenchError(code, first.message, { location: first.location });
    const lines = sorted
      .slice(0, SHOWN)
      .map(({ message, location: { file, line, column } }) => `  ${file}:${line}:${column}  ${message}`);
    if (sorted.length > SHOWN) lines.push(`  and ${sorted.length - SHOWN} more`);
    throw new ClaimbenchError(code, [`${sorted.length} problems`, ...lines].join("\n"), { location: first.location });
  }
}
