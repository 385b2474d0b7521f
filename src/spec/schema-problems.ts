import type { JsonPath } from "./json-source.ts";
import { didYouMean, nearest } from "./nearest.ts";
import { branchesOf, hasType, isObject, type Keywords, part, type Schema, typeOf } from "./schemas.ts";
import { article, describe, enumeration, lowerFirst, show } from "./wording.ts";

/** What is wrong at one place of a document. */
export interface SchemaProblem {
  readonly path: JsonPath;
  readonly message: string;
  /** Whether the key before the value is meant. */
  readonly part: "value" | "key";
}

/**
 * What is wrong with a value, in words. A validator reports on every branch of a union; this follows the one branch
 * that was meant, known by its tag.
 */
export function schemaProblems(schema: Schema, value: unknown, path: JsonPath = []): SchemaProblem[] {
  const { keywords } = schema;
  if (keywords.oneOf ?? keywords.anyOf) return unionProblems(schema, value, path);
  const type = typeOf(schema);
  const at = (message: string): SchemaProblem[] => [{ path, message, part: "value" }];
  if ("const" in keywords && value !== keywords.const)
    return at(`expected ${show(keywords.const)}, found ${show(value)}`);
  if (keywords.enum && !keywords.enum.includes(value)) return at(enumeration(keywords.enum, value));
  if (!hasType(value, type)) return at(`expected ${article(type)}, found ${show(value)}`);
  if (typeof value === "number") return numberProblem(keywords, value).flatMap(at);
  if (typeof value === "string") return textProblem(keywords, value).flatMap(at);
  if (Array.isArray(value)) return arrayProblems(schema, value, path);
  return isObject(value) ? objectProblems(schema, value, path) : [];
}

function numberProblem(keywords: Keywords, value: number): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = keywords;
  const bound =
    minimum !== undefined && value < minimum
      ? `of at least ${minimum}`
      : maximum !== undefined && value > maximum
        ? `of at most ${maximum}`
        : exclusiveMinimum !== undefined && value <= exclusiveMinimum
          ? `above ${exclusiveMinimum}`
          : exclusiveMaximum !== undefined && value >= exclusiveMaximum
            ? `below ${exclusiveMaximum}`
            : undefined;
  return bound === undefined ? [] : [`expected ${article(keywords.type)} ${bound}, found ${show(value)}`];
}

function textProblem({ minLength = 0, maxLength, pattern, description }: Keywords, value: string): string[] {
  if (value.length < minLength) return ["expected some text, found an empty string"];
  if (maxLength !== undefined && value.length > maxLength) {
    return [`expected at most ${maxLength} characters, found ${value.length}`];
  }
  if (pattern === undefined || new RegExp(pattern, "u").test(value)) return [];
  return [`${show(value)} does not fit: ${description ? lowerFirst(description) : `text like ${pattern}`}`];
}

function arrayProblems(schema: Schema, value: readonly unknown[], path: JsonPath): SchemaProblem[] {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = schema.keywords;
  if (value.length < minItems || value.length > maxItems) {
    const expected =
      minItems === maxItems
        ? `${minItems} items`
        : value.length < minItems
          ? `at least ${minItems} item`
          : `at most ${maxItems} items`;
    return [{ path, message: `expected ${expected}, found ${value.length || "none"}`, part: "value" }];
  }
  const problems = value.flatMap((item, i) => {
    const keywords = Array.isArray(items) ? (items as readonly Keywords[])[i] : (items as Keywords | undefined);
    return keywords ? schemaProblems(part(schema, keywords), item, [...path, i]) : [];
  });
  if (uniqueItems && problems.length === 0) {
    const again = value.findIndex((item, i) => value.indexOf(item) < i);
    if (again >= 0)
      problems.push({ path: [...path, again], message: `${show(value[again])} occurs twice`, part: "value" });
  }
  return problems;
}

function objectProblems(schema: Schema, value: Readonly<Record<string, unknown>>, path: JsonPath): SchemaProblem[] {
  const { required = [], properties = {}, additionalProperties, propertyNames, minProperties = 0 } = schema.keywords;
  const problems: SchemaProblem[] = [];
  const known = Object.keys(properties);
  const missing = new Set(required.filter((key) => !Object.hasOwn(value, key)));
  for (const [key, entry] of Object.entries(value)) {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const place = [...path, key];
    if (own) problems.push(...schemaProblems(part(schema, own), entry, place));
    else if (additionalProperties === false) {
      const free = known.filter((name) => !Object.hasOwn(value, name));
      const meant = nearest(key, free);
      // Misspelt, not missing: said once.
      if (meant !== undefined) missing.delete(meant);
      problems.push({
        path: place,
        message: `unknown key ${show(key)}${didYouMean(key, free) || didYouMean(key, known)}${listed(known)}`,
        part: "key",
      });
    } else {
      const names = propertyNames && part(schema, propertyNames).keywords;
      if (names?.pattern && !new RegExp(names.pattern, "u").test(key)) {
        const form = names.description ? lowerFirst(names.description) : `text like ${names.pattern}`;
        problems.push({ path: place, message: `${show(key)} is not a name: ${form}`, part: "key" });
      }
      if (additionalProperties) problems.push(...schemaProblems(part(schema, additionalProperties), entry, place));
    }
  }
  for (const key of missing) problems.push({ path, message: `"${key}" is missing`, part: "value" });
  if (problems.length === 0 && Object.keys(value).length < minProperties)
    problems.push({ path, message: "expected at least one entry, found none", part: "value" });
  return problems;
}

function unionProblems(union: Schema, value: unknown, path: JsonPath): SchemaProblem[] {
  const branches = branchesOf(union);
  const at = (message: string): SchemaProblem[] => [{ path, message, part: "value" }];
  const fitting = branches.filter((branch) => looksLike(value, branch));
  const expected = () => `expected ${describe(branches)}; found ${show(value)}`;
  if (fitting.length === 0) return at(expected());
  if (isObject(value)) return objectUnionProblems(fitting, value, path);
  const [only, ...more] = fitting;
  if (!only || more.length > 0) return at(expected());
  if ("const" in only.keywords) {
    return value === only.keywords.const
      ? []
      : at(`${expected()}${didYouMean(String(value), [String(only.keywords.const)])}`);
  }
  const described = only.keywords.description ?? union.keywords.description;
  const keywords = described === undefined ? only.keywords : { ...only.keywords, description: described };
  return schemaProblems({ home: only.home, keywords }, value, path);
}

/** Of the type, a fraction in the place of an integer included: it is told what is wrong with the number. */
function looksLike(value: unknown, branch: Schema): boolean {
  const type = typeOf(branch);
  return hasType(value, type === "integer" ? "number" : type);
}

function objectUnionProblems(
  branches: readonly Schema[],
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
): SchemaProblem[] {
  const [first, ...more] = branches;
  if (first && more.length === 0) return schemaProblems(first, value, path);
  const tag = tagKey(branches);
  const meant = branches.find((branch) => tag !== undefined && carriesTag(branch, tag, value[tag]));
  if (meant) return schemaProblems(meant, value, path);
  // Told apart by keys: those that a branch requires and no other knows.
  const untagged = branches.filter((branch) => tag === undefined || tagsOf(branch, tag).length === 0);
  const keysOf = (branch: Schema) =>
    (branch.keywords.required ?? []).filter(
      (key) => !branches.some((other) => other !== branch && Object.hasOwn(other.keywords.properties ?? {}, key)),
    );
  const present = untagged.flatMap((branch) => {
    const key = keysOf(branch).find((name) => Object.hasOwn(value, name));
    return key === undefined ? [] : [{ branch, key }];
  });
  const [one, other] = present;
  if (one && !other) return schemaProblems(one.branch, value, path);
  const words = untagged.flatMap((branch) => keysOf(branch).slice(0, 1));
  if (one && other) {
    const message = `"${one.key}" and "${other.key}" exclude each other: expected one of the keys ${words.join(", ")}`;
    const later = Object.keys(value).findLast((key) => key === one.key || key === other.key) ?? other.key;
    return [{ path: [...path, later], message, part: "key" }];
  }
  if (tag !== undefined) {
    const tags = branches.flatMap((branch) => tagsOf(branch, tag)).map(String);
    if (!Object.hasOwn(value, tag)) {
      const misspelt = Object.keys(value).find((key) => nearest(key, [tag]) !== undefined);
      if (misspelt !== undefined)
        return [
          { path: [...path, misspelt], message: `unknown key ${show(misspelt)}; did you mean "${tag}"?`, part: "key" },
        ];
      return [{ path, message: `"${tag}" is missing: one of ${tags.join(", ")}`, part: "value" }];
    }
    const given = value[tag];
    const message = `unknown ${tag} ${show(given)}${typeof given === "string" ? didYouMean(given, tags) : ""}${listed(tags)}`;
    return [{ path: [...path, tag], message, part: "value" }];
  }
  const keys = Object.keys(value);
  const isKnown = (key: string) => branches.some(({ keywords }) => Object.hasOwn(keywords.properties ?? {}, key));
  const misspelt = keys.find((key) => !isKnown(key) && nearest(key, words) !== undefined);
  if (misspelt !== undefined) {
    const message = `unknown key ${show(misspelt)}${didYouMean(misspelt, words)} (one of ${words.join(", ")})`;
    return [{ path: [...path, misspelt], message, part: "key" }];
  }
  const found = keys.length === 0 ? "" : `, found ${keys.slice(0, 5).map(show).join(", ")}`;
  return [{ path, message: `expected one of the keys ${words.join(", ")}${found}`, part: "value" }];
}

/** The key whose constants tell branches apart, such as "metric". */
function tagKey(branches: readonly Schema[]): string | undefined {
  const keys = branches.flatMap((branch) =>
    Object.keys(branch.keywords.properties ?? {}).filter((key) => tagsOf(branch, key).length > 0),
  );
  return keys.find((key) => keys.filter((other) => other === key).length > 1);
}

function tagsOf({ keywords }: Schema, key: string): readonly unknown[] {
  const property =
    keywords.properties && Object.hasOwn(keywords.properties, key) ? keywords.properties[key] : undefined;
  if (!property || !keywords.required?.includes(key)) return [];
  return "const" in property ? [property.const] : (property.enum ?? []);
}

/** Whether a branch's tag is this one, or is any of the form this one has. */
function carriesTag(branch: Schema, key: string, tag: unknown): boolean {
  const property = branch.keywords.properties?.[key];
  if (!property || !branch.keywords.required?.includes(key)) return false;
  const { pattern } = part(branch, property).keywords;
  if (pattern !== undefined && typeof tag === "string") return new RegExp(pattern, "u").test(tag);
  return tagsOf(branch, key).includes(tag);
}

const MOST_LISTED = 20;
function listed(words: readonly string[]): string {
  const shown = words.filter((word) => word !== "$schema");
  return shown.length === 0 || shown.length > MOST_LISTED ? "" : ` (known: ${shown.join(", ")})`;
}
