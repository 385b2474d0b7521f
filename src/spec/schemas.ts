import { readFileSync } from "node:fs";

export type SchemaName = "suite" | "network" | "run" | "baseline" | "captured" | "config";

export const SCHEMA_NAMES: readonly SchemaName[] = ["network", "suite", "baseline", "run", "captured", "config"];

/** A JSON schema, or a part of one, with the file its own references start from. */
export interface Schema {
  readonly home: SchemaName;
  readonly keywords: Keywords;
}

/** The keywords of JSON Schema draft 7 that the schemas use. */
export interface Keywords {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: JsonType;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Keywords[];
  readonly anyOf?: readonly Keywords[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Keywords | readonly Keywords[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Keywords>>;
  readonly additionalProperties?: Keywords | false;
  readonly propertyNames?: Keywords;
  readonly minProperties?: number;
}

export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

const files = new Map<SchemaName, Keywords>();

export function schemaFile(name: SchemaName): Keywords {
  let keywords = files.get(name);
  if (!keywords) {
    keywords = JSON.parse(
      readFileSync(new URL(`../../src/spec/${name}.schema.json`, import.meta.url), "utf8"),
    ) as Keywords;
    files.set(name, keywords);
  }
  return keywords;
}

/** A part of a schema as a schema of its own, followed where it only refers to another. */
export function part(of: Schema, keywords: Keywords): Schema {
  let schema: Schema = { home: of.home, keywords };
  while (schema.keywords.$ref !== undefined) {
    const [file = "", pointer = ""] = schema.keywords.$ref.split("#");
    const home = file === "" ? schema.home : (file.replace(".schema.json", "") as SchemaName);
    let target: unknown = schemaFile(home);
    for (const key of pointer.split("/").filter(Boolean)) target = (target as Record<string, unknown>)[key];
    schema = { home, keywords: target as Keywords };
  }
  return schema;
}

/** The branches of a union, unions within it taken apart. */
export function branchesOf(union: Schema): Schema[] {
  const branches = union.keywords.oneOf ?? union.keywords.anyOf;
  return branches ? branches.flatMap((branch) => branchesOf(part(union, branch))) : [union];
}

/** The type a schema takes, from its constants where it does not say. */
export function typeOf({ keywords }: Schema): JsonType | undefined {
  if (keywords.type) return keywords.type;
  const sample = "const" in keywords ? keywords.const : keywords.enum?.[0];
  return typeof sample === "string" ? "string" : undefined;
}

export function hasType(value: unknown, type: JsonType | undefined): boolean {
  switch (type) {
    case undefined:
      return true;
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
