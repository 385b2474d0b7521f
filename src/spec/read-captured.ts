import type { CapturedBaseline } from "./captured.types.ts";
import { ClaimbenchError } from "./error.ts";
import { parseJson } from "./json-source.ts";
import { checkSchema } from "./schema-check.ts";

export const CAPTURED_FORMAT = "claimbench-captured/1";

/**
 * Reads a captured baseline.
 *
 * @throws ClaimbenchError `captured-format` for one of another version, else with the place in the file.
 */
export function readCaptured(text: string, file: string): CapturedBaseline {
  const source = parseJson(text, file);
  const { format } = (source.value ?? {}) as { format?: unknown };
  if (format !== CAPTURED_FORMAT) {
    throw new ClaimbenchError(
      "captured-format",
      `not a captured baseline this version can read: format is ${JSON.stringify(format) ?? "missing"}, expected "${CAPTURED_FORMAT}"`,
      {
        location: source.locate(["format"]),
        hint: "remove it, and capture it again with claimbench baseline capture",
      },
    );
  }
  checkSchema(source, "captured");
  return source.value as CapturedBaseline;
}
