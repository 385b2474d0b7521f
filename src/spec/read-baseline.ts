import type { PublishedBaseline } from "./baseline.types.ts";
import { parseJson } from "./json-source.ts";
import { checkSchema } from "./schema-check.ts";

/** @throws ClaimbenchError with the place in the file. */
export function readBaseline(text: string, file: string): PublishedBaseline {
  const source = parseJson(text, file);
  checkSchema(source, "baseline");
  return source.value as PublishedBaseline;
}
