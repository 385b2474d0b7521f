import { ClaimbenchError } from "./error.ts";
import { parseJson } from "./json-source.ts";
import type { RunRecord } from "./run.types.ts";
import { checkSchema, fitsSchema } from "./schema-check.ts";

const FORMAT = "claimbench-run/1";

/**
 * Reads a run record.
 *
 * @throws ClaimbenchError `run-format` for a record of another version, else with the place in the file.
 */
export function readRunRecord(text: string, file: string): RunRecord {
  const value = plainJson(text);
  if (fitsSchema(value, "run")) {
    checkLooks(value as RunRecord, text, file);
    return value as RunRecord;
  }
  // Only a record with something wrong pays for a tree that knows its places.
  const source = parseJson(text, file);
  const { format } = (source.value ?? {}) as { format?: unknown };
  if (format !== FORMAT) {
    throw new ClaimbenchError(
      "run-format",
      `not a run record this version can read: format is ${JSON.stringify(format) ?? "missing"}, expected "${FORMAT}"`,
      {
        location: source.locate(["format"]),
        hint: "give the run.json that claimbench run wrote",
      },
    );
  }
  checkSchema(source, "run");
  return source.value as RunRecord;
}

/** Of a suite whose seeds are added: looks are at min seeds, and at more up to max. */
function checkLooks({ suite: { seeds, sequential } }: RunRecord, text: string, file: string): void {
  if (!sequential) return;
  const { min, max } = sequential;
  if (min <= seeds.length && seeds.length <= max) return;
  throw new ClaimbenchError("run-invalid", `${seeds.length} seeds are none of a suite with ${min} to ${max}`, {
    location: parseJson(text, file).locate(["suite", "sequential"]),
  });
}

/** @returns undefined for what is not JSON. */
function plainJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
