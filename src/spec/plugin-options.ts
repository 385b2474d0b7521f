import { Ajv, type ValidateFunction } from "ajv";
import type { JsonPath } from "./json-source.ts";
import { type SchemaProblem, schemaProblems } from "./schema-problems.ts";
import type { Keywords } from "./schemas.ts";
import type { PluginData, PluginMeasurement } from "./suite.types.ts";

/** The options of a plugin's metric or data set: their JSON schemas by name, and which of them have to be there. */
export interface OptionsSchema {
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
}

/** JSON Schema draft 7 of one option; references are not followed. */
export interface OptionSchema extends Omit<Keywords, "$ref"> {
  /** What stands for an option that a suite leaves out. */
  readonly default?: unknown;
}

/** Keys of a measurement that are claimbench's own, whatever plugin it is of. */
export const MEASUREMENT_KEYS = ["metric", "samples", "evaluationBatch", "everyEpochs", "arms", "code"] as const;
/** Of a plugin's data, likewise. */
export const DATA_KEYS = ["plugin", "code"] as const;

/** What a suite says to the plugin. */
export function optionsOf(part: PluginMeasurement | PluginData): Record<string, unknown> {
  const own: readonly string[] = "metric" in part ? MEASUREMENT_KEYS : DATA_KEYS;
  return Object.fromEntries(Object.entries(part).filter(([key]) => !own.includes(key)));
}

const NO_OPTIONS: OptionsSchema = { properties: {} };

/**
 * @param own keys beside the options, for "did you mean".
 * @returns the options with defaults filled in, or what is wrong with them.
 */
export function checkOptions(
  schema: OptionsSchema = NO_OPTIONS,
  given: Readonly<Record<string, unknown>>,
  own: readonly string[],
): { readonly options: Record<string, unknown> } | { readonly problems: readonly SchemaProblem[] } {
  const options = structuredClone(given) as Record<string, unknown>;
  const validate = validator(schema);
  if (validate(options)) return { options };
  const known = Object.fromEntries(own.filter((key) => key !== "code").map((key) => [key, {}]));
  const keywords = { ...objectSchema(schema), properties: { ...known, ...schema.properties } };
  const problems = schemaProblems({ home: "suite", keywords: keywords as Keywords }, given);
  if (problems.length > 0) return { problems };
  const [error] = validate.errors ?? [];
  const path: JsonPath = error?.instancePath.split("/").slice(1) ?? [];
  return { problems: [{ path, message: `does not fit the plugin's options: ${error?.message}`, part: "value" }] };
}

/** What is wrong with a schema itself, in words. */
export function schemaFault(schema: OptionsSchema, own: readonly string[]): string | undefined {
  const taken = Object.keys(schema.properties).find((name) => own.includes(name));
  if (taken !== undefined) return `the option "${taken}" has a name that claimbench uses itself`;
  try {
    validator(schema);
  } catch (error) {
    return `its options are no JSON schema: ${(error as Error).message}`;
  }
  return undefined;
}

function objectSchema({ properties, required = [] }: OptionsSchema) {
  return { type: "object" as const, additionalProperties: false as const, properties, required };
}

function validator(schema: OptionsSchema): ValidateFunction {
  return new Ajv({ strict: true, strictTuples: false, useDefaults: true }).compile(objectSchema(schema));
}
