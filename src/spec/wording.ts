import { didYouMean } from "./nearest.ts";
import { type JsonType, type Keywords, type Schema, typeOf } from "./schemas.ts";

const LONGEST = 60;

/** A value as JSON, cut short. */
export function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

export function article(type: JsonType | undefined): string {
  if (type === undefined) return "another value";
  return type === "null" ? "null" : `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}

/** What is wrong with a word that is none of those allowed. */
export function enumeration(allowed: readonly unknown[], found: unknown): string {
  const suggestion = typeof found === "string" ? didYouMean(found, allowed.map(String)) : "";
  return `expected ${oneOf(allowed)}; found ${show(found)}${suggestion}`;
}

/** What a union takes: its objects in one phrase, told by the keys that name them. */
export function describe(branches: readonly Schema[]): string {
  const objects = branches.filter((branch) => typeOf(branch) === "object");
  const keys = new Set(objects.flatMap(({ keywords }) => keywords.required?.slice(0, 1) ?? []));
  const others = branches.filter((branch) => !objects.includes(branch)).map(({ keywords }) => phrase(keywords));
  const names = [...keys].map((key) => `"${key}"`);
  const object = names.length === 0 ? "an object" : `an object with ${names.join(" or ")}`;
  return [...others, ...(objects.length > 0 ? [object] : [])].join(", or ");
}

function phrase(keywords: Keywords): string {
  if ("const" in keywords) return show(keywords.const);
  if (keywords.enum) return oneOf(keywords.enum);
  if (keywords.pattern !== undefined) return keywords.description ? lowerFirst(keywords.description) : "a string";
  return article(keywords.type);
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? show(values[0]) : `one of ${values.map(show).join(", ")}`;
}
