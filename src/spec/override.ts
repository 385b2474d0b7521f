type Json = { readonly [key: string]: unknown };

/** What is replaced whole, not merged: unions, whose branches must not mix, and what reads as one value. */
const REPLACED = new Set(["network", "data", "optimizer", "stop"]);

/**
 * JSON merge patch (RFC 7396) with the exceptions the schema names: network, data, optimizer, stop, measurements and
 * arrays are replaced whole; null removes.
 */
export function applyOverride(base: Json, override: Json, path: readonly string[] = []): Json {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) {
    const whole = REPLACED.has(key) || path.at(-1) === "measure";
    if (value === null) delete result[key];
    else if (!whole && isObject(value))
      result[key] = applyOverride(isObject(result[key]) ? result[key] : {}, value, [...path, key]);
    else result[key] = value;
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
