import {
  createScanner,
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { ClaimbenchError, type SourceLocation } from "./error.ts";

/** A place in a JSON document: keys and array positions from the top. */
export type JsonPath = readonly (string | number)[];

/** A JSON document (comments and trailing commas allowed) that knows where its values stand. */
export interface JsonSource {
  readonly file: string;
  readonly value: unknown;
  /** Whether there is a value at a path. */
  has(path: JsonPath): boolean;
  /** Where the value at a path stands, or the key before it; the nearest value above it when it is not there. */
  locate(path: JsonPath, part?: "value" | "key"): SourceLocation;
}

/** Deeper documents are refused: nothing of ours nests so far. */
const DEEPEST = 64;

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is not JSON; keys and texts stand in double quotes",
  InvalidNumberFormat: "this is not a JSON number",
  PropertyNameExpected: "expected a key in double quotes",
  ValueExpected: "expected a value",
  ColonExpected: "expected a colon after the key",
  CommaExpected: "expected a comma, or the closing bracket, before this",
  CloseBraceExpected: "expected a closing }",
  CloseBracketExpected: "expected a closing ]",
  EndOfFileExpected: "expected the end of the file",
  InvalidCommentToken: "this is not a comment of JSON",
  UnexpectedEndOfComment: "this comment is not closed",
  UnexpectedEndOfString: "this string is not closed",
  UnexpectedEndOfNumber: "this number is not complete",
  InvalidUnicode: "this \\u escape is not complete",
  InvalidEscapeCharacter: "this escape does not exist in JSON",
  InvalidCharacter: "this character is not allowed in a string",
};

/** @throws ClaimbenchError `json-syntax`, `json-empty`, `json-depth` or `duplicate-key`, each with its place. */
export function parseJson(text: string, file: string): JsonSource {
  const clean = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const place = locator(clean, file);
  if (clean.trim() === "") throw new ClaimbenchError("json-empty", "the file is empty", { location: place(0) });
  const tooDeep = offsetBeyond(clean, DEEPEST);
  if (tooDeep !== undefined) {
    throw new ClaimbenchError("json-depth", `values are nested more than ${DEEPEST} deep`, {
      location: place(tooDeep),
    });
  }
  const errors: ParseError[] = [];
  const root = parseTree(clean, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error || !root) {
    const code = error ? printParseErrorCode(error.error) : "ValueExpected";
    throw new ClaimbenchError("json-syntax", `broken JSON: ${SYNTAX[code] ?? code}`, {
      location: place(error?.offset ?? 0),
    });
  }
  refuseDuplicateKeys(root, place);
  return {
    file,
    value: plainValue(root),
    has: (path) => findNodeAtLocation(root, [...path]) !== undefined,
    locate(path, part = "value") {
      for (let length = path.length; ; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length));
        if (!node) continue;
        const key =
          part === "key" && length === path.length && node.parent?.type === "property"
            ? node.parent.children?.[0]
            : undefined;
        return place((key ?? node).offset);
      }
    },
  };
}

/** Where values nest deeper than `levels`. Without recursion, so that no document can exhaust the stack. */
function offsetBeyond(text: string, levels: number): number | undefined {
  const scanner = createScanner(text, true);
  let open = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const start = text[scanner.getTokenOffset()];
    if (start === "{" || start === "[") open++;
    else if (start === "}" || start === "]") open--;
    if (open > levels) return scanner.getTokenOffset();
  }
  return undefined;
}

function refuseDuplicateKeys(node: Node, place: (offset: number) => SourceLocation): void {
  const seen = new Map<string, Node>();
  for (const child of node.children ?? []) {
    const [key] = node.type === "object" ? (child.children ?? []) : [];
    if (key) {
      const name = String(key.value);
      const first = seen.get(name);
      if (first) {
        const line = place(first.offset).line;
        throw new ClaimbenchError("duplicate-key", `"${name}" occurs twice; the first is on line ${line}`, {
          location: place(key.offset),
        });
      }
      seen.set(name, key);
    }
    refuseDuplicateKeys(child, place);
  }
}

/** Own properties only: a key "__proto__" stays a key. */
function plainValue(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plainValue);
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).map((property) => {
    const [key, value] = property.children ?? [];
    return [String(key?.value), value ? plainValue(value) : undefined] as const;
  });
  return Object.fromEntries(entries);
}

/** Lines are counted once: a document may have many problems. */
function locator(text: string, file: string): (offset: number) => SourceLocation {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return (offset) => {
    let [first, last] = [0, starts.length - 1];
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if ((starts[middle] as number) <= offset) first = middle;
      else last = middle - 1;
    }
    return { file, line: first + 1, column: offset - (starts[first] as number) + 1 };
  };
}
