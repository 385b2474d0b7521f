import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { JsonPath, JsonSource } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import { Problems } from "./problems.ts";

export type SchemaName = "suite" | "network" | "run" | "baseline";

type Schema = { readonly [key: string]: unknown };

const schemas = new Map<SchemaName, Schema>();
let ajv: Ajv | undefined;

function schemaOf(name: SchemaName): Schema {
  let schema = schemas.get(name);
  if (!schema) {
    schema = JSON.parse(readFileSync(new URL(`../../src/spec/${name}.schema.json`, import.meta.url), "utf8")) as Schema;
    schemas.set(name, schema);
  }
  return schema;
}

function validator(name: SchemaName): ValidateFunction {
  if (!ajv) {
    ajv = new Ajv({ allErrors: true, strict: true, strictTuples: false, allowUnionTypes: true, verbose: true });
    for (const each of ["network", "suite", "baseline", "run"] as const) ajv.addSchema(schemaOf(each));
  }
  return ajv.getSchema(`${name}.schema.json`) as ValidateFunction;
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
  for (const error of relevantErrors(validate.errors ?? [], source.value)) {
    const { path, message, part } = explain(error);
    problems.add(path, message, part);
  }
  problems.throwIfAny(`${name}-invalid`);
}

/**
 * Of a union's errors only those of the branch that was meant: the one whose tag is there. Where no tag fits, one error
 * for the union itself.
 */
function relevantErrors(errors: readonly ErrorObject[], root: unknown): ErrorObject[] {
  // Widest first, so that a union within the branch that was meant is looked at after it.
  const unions = errors
    .filter(({ keyword }) => keyword === "oneOf" || keyword === "anyOf")
    .sort((a, b) => a.instancePath.length - b.instancePath.length);
  let kept = [...errors];
  for (const union of unions) {
    if (!kept.includes(union)) continue;
    const branches = (union.schema as Schema[]).map(resolve);
    const value = valueAt(root, union.instancePath);
    const meant = branches.find((branch) => isMeant(branch, value));
    const within = (error: ErrorObject) =>
      error !== union && error.instancePath.startsWith(union.instancePath) && isBelow(error, union);
    kept = kept.filter((error) => {
      if (error === union) return meant === undefined;
      if (!within(error)) return true;
      return meant !== undefined && belongsTo(error, meant, union, root);
    });
  }
  return kept;
}

/** Whether the error comes from inside the union's schema: its instance is the union's, or below it. */
function isBelow(error: ErrorObject, union: ErrorObject): boolean {
  const rest = error.instancePath.slice(union.instancePath.length);
  return rest === "" || rest.startsWith("/");
}

/** Errors of a branch are recognised by validating the value against that branch alone. */
function belongsTo(error: ErrorObject, branch: Schema, union: ErrorObject, root: unknown): boolean {
  const own = branchErrors(branch, valueAt(root, union.instancePath));
  return own.some(
    (other) =>
      union.instancePath + other.instancePath === error.instancePath &&
      other.keyword === error.keyword &&
      JSON.stringify(other.params) === JSON.stringify(error.params),
  );
}

const branchValidators = new WeakMap<Schema, ValidateFunction>();
function branchErrors(branch: Schema, value: unknown): ErrorObject[] {
  let validate = branchValidators.get(branch);
  if (!validate) {
    validate = (ajv as Ajv).compile(homes.get(branch) ?? branch);
    branchValidators.set(branch, validate);
  }
  validate(value);
  return [...(validate.errors ?? [])];
}

/** Schemas that were reached by a reference, with the absolute reference to compile them by. */
const homes = new WeakMap<Schema, Schema>();

function resolve(schema: Schema): Schema {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  const [file, pointer = ""] = reference.split("#");
  for (const name of file
    ? [file.replace(".schema.json", "") as SchemaName]
    : (["suite", "run", "network", "baseline"] as const)) {
    let target: unknown = schemaOf(name);
    for (const key of pointer.split("/").filter(Boolean)) target = (target as Schema | undefined)?.[key];
    if (target === undefined) continue;
    const found = target as Schema;
    if ("oneOf" in found || "anyOf" in found) return found;
    homes.set(found, { $ref: `${name}.schema.json#${pointer}` });
    return found;
  }
  return schema;
}

/** A branch is meant when the value has its tag: a property with its constant, its only required key, or its type. */
function isMeant(branch: Schema, value: unknown): boolean {
  const inner = (branch["oneOf"] ?? branch["anyOf"]) as Schema[] | undefined;
  if (inner) return inner.some((each) => isMeant(resolve(each), value));
  const properties = branch["properties"] as Record<string, Schema> | undefined;
  if (properties) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const tags = Object.entries(properties).filter(([, property]) => "const" in property);
    if (tags.length > 0) return tags.every(([key, property]) => (value as Schema)[key] === property["const"]);
    const required = (branch["required"] as string[] | undefined) ?? Object.keys(properties);
    return required.some((key) => Object.hasOwn(value, key));
  }
  if ("const" in branch) return value === branch["const"];
  if ("enum" in branch) return typeof value === "string";
  return typeMatches(branch["type"], value);
}

function typeMatches(type: unknown, value: unknown): boolean {
  if (type === "integer" || type === "number") return typeof value === "number";
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function explain(error: ErrorObject): { path: JsonPath; message: string; part: "value" | "key" } {
  const path = pathOf(error.instancePath);
  const found = show(error.data);
  const at = (message: string) => ({ path, message, part: "value" as const });
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params["additionalProperty"]);
      const known = Object.keys((error.parentSchema as Schema)["properties"] ?? {});
      return {
        path: [...path, key],
        message: `unknown key "${key}"${didYouMean(key, known)}${listed(known)}`,
        part: "key",
      };
    }
    case "required":
      return at(`"${error.params["missingProperty"]}" is missing`);
    case "enum":
      return at(enumMessage(error.params["allowedValues"] as unknown[], error.data));
    case "const":
      return at(`expected ${show(error.params["allowedValue"])}, found ${found}`);
    case "type":
      return at(`expected ${article(String(error.params["type"]))}, found ${found}`);
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return at(`expected a number ${BOUNDS[error.keyword]} ${error.params["limit"]}, found ${found}`);
    case "minItems":
      return at(`expected at least ${error.params["limit"]} item(s), found ${(error.data as unknown[]).length}`);
    case "maxItems":
      return at(`expected at most ${error.params["limit"]} item(s), found ${(error.data as unknown[]).length}`);
    case "minProperties":
      return at(`expected at least ${error.params["limit"]} entry, found none`);
    case "minLength":
      return at("expected some text, found an empty string");
    case "uniqueItems":
      return at(`items ${error.params["j"]} and ${error.params["i"]} are equal`);
    case "pattern":
      return at(`${found} does not fit: ${describe(error.parentSchema as Schema)}`);
    case "propertyNames":
      return {
        path: [...path, String(error.params["propertyName"])],
        message: `"${error.params["propertyName"]}" is not a name: a letter, then letters, digits, _ and -`,
        part: "key",
      };
    case "oneOf":
    case "anyOf":
      return at(unionMessage((error.schema as Schema[]).map(resolve), error.data));
    default:
      return at(`${error.message ?? error.keyword}, found ${found}`);
  }
}

const BOUNDS = { minimum: "of at least", maximum: "of at most", exclusiveMinimum: "above", exclusiveMaximum: "below" };

/** What a union takes, told by the tags of its branches. */
function unionMessage(branches: readonly Schema[], value: unknown): string {
  const flat = branches.flatMap(
    (branch) => ((branch["oneOf"] ?? branch["anyOf"]) as Schema[] | undefined)?.map(resolve) ?? [branch],
  );
  const tagged = flat.flatMap((branch) => {
    const properties = (branch["properties"] ?? {}) as Record<string, Schema>;
    return Object.entries(properties)
      .filter(([, property]) => "const" in property)
      .map(([key, property]) => ({ key, tag: String(property["const"]) }));
  });
  const [first] = tagged;
  if (first && typeof value === "object" && value !== null && !Array.isArray(value)) {
    const words = tagged.map(({ tag }) => tag);
    const given = (value as Schema)[first.key];
    if (given === undefined) return `"${first.key}" is missing: one of ${words.join(", ")}`;
    return `unknown ${first.key} ${show(given)}${didYouMean(String(given), words)}${listed(words)}`;
  }
  const keys = flat.flatMap((branch) => ((branch["required"] as string[] | undefined) ?? []).slice(0, 1));
  if (keys.length > 0 && typeof value === "object" && value !== null && !Array.isArray(value)) {
    const [given = ""] = Object.keys(value);
    return `expected one of the keys ${keys.join(", ")}${given ? `, found "${given}"${didYouMean(given, keys)}` : ""}`;
  }
  return `expected ${flat.map(describe).join(", or ")}; found ${show(value)}`;
}

function describe(schema: Schema): string {
  if ("enum" in schema) return `one of ${(schema["enum"] as unknown[]).map(show).join(", ")}`;
  if ("const" in schema) return show(schema["const"]);
  const properties = schema["properties"] as Schema | undefined;
  if (properties)
    return `an object with ${((schema["required"] as string[] | undefined) ?? Object.keys(properties)).map((key) => `"${key}"`).join(", ")}`;
  if (schema["pattern"])
    return typeof schema["description"] === "string"
      ? lowerFirst(schema["description"])
      : `text like ${schema["pattern"]}`;
  return article(String(schema["type"] ?? "another value"));
}

function enumMessage(allowed: readonly unknown[], found: unknown): string {
  const words = allowed.map(String);
  return `expected one of ${allowed.map(show).join(", ")}; found ${show(found)}${typeof found === "string" ? didYouMean(found, words) : ""}`;
}

function listed(words: readonly string[]): string {
  return words.length === 0 || words.length > 12
    ? ""
    : ` (known: ${words.filter((word) => word !== "$schema").join(", ")})`;
}

function article(type: string): string {
  return type === "null" ? "null" : `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}

const LONGEST = 60;
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

function pathOf(pointer: string): JsonPath {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => {
      const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
      return /^\d+$/.test(name) ? Number(name) : name;
    });
}

function valueAt(root: unknown, pointer: string): unknown {
  return pathOf(pointer).reduce((value, key) => (value as Schema | undefined)?.[key as string], root);
}
