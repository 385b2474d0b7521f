import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { JsonSource } from "./json-source.ts";
import { Problems } from "./problems.ts";
import { schemaProblems } from "./schema-problems.ts";
import { SCHEMA_NAMES, type SchemaName, schemaFile } from "./schemas.ts";

export type { SchemaName } from "./schemas.ts";

let ajv: Ajv | undefined;

function validator(name: SchemaName): ValidateFunction {
  if (!ajv) {
    ajv = new Ajv({ strict: true, strictTuples: false, keywords: ["tsType"] });
    for (const each of SCHEMA_NAMES) ajv.addSchema(schemaFile(each));
  }
  return ajv.getSchema(`${name}.schema.json`) as ValidateFunction;
}

/** Whether a value is what a schema describes. */
export function fitsSchema(value: unknown, name: SchemaName): boolean {
  return validator(name)(value);
}

/**
 * Checks a document against one of the schemas and says what is wrong in words.
 *
 * @throws ClaimbenchError `<name>-invalid` with the place of every problem.
 */
export function checkSchema(source: JsonSource, name: SchemaName): void {
  const validate = validator(name);
  if (validate(source.value)) return;
  const problems = new Problems(source);
  for (const { path, message, part } of schemaProblems({ home: name, keywords: schemaFile(name) }, source.value))
    problems.add(path, message, part);
  // The validator decides: what it refuses is refused, even where no words are found for it.
  const [error] = validate.errors ?? [];
  if (!problems.any) problems.add(pathOf(error), `does not fit the schema: ${error?.message ?? "unknown reason"}`);
  problems.throwIfAny(`${name}-invalid`);
}

function pathOf(error: ErrorObject | undefined): string[] {
  const keys = error?.instancePath.split("/").slice(1) ?? [];
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
