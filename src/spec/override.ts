type Json = { readonly [key: string]: unknown };

/**
 * JSON merge patch (RFC 7396) with the exceptions the schema names: network, data, optimizer, stop, measurements and
 * arrays are replaced whole; null removes. Within a variant of the matrix a null stays: it is the variant that removes.
 *
 * @param path of both within the suite.
 */
export function applyOverride(base: Json, override: Json, path: readonly string[] = []): Json {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) {
    const place = [...path, key];
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null && !isWithinVariant(place)) delete result[key];
    else if (isObject(value) && !isOneValue(place))
      result[key] = applyOverride(isObject(before) ? before : {}, value, place);
    else result[key] = value;
  }
  return result;
}

function isWithinVariant([top, ...rest]: readonly string[]): boolean {
  return top === "matrix" && rest.length > 2;
}

/** Unions, whose branches must not mix, and what reads as one value. Told by the place: an arm may be named "data". */
function isOneValue(path: readonly string[]): boolean {
  const [top, , third, fourth, ...rest] = path[0] === "matrix" ? path.slice(3) : path;
  if (rest.length > 0) return false;
  if (top === "measure") return path.length === (path[0] === "matrix" ? 5 : 2);
  if (top !== "arms") return false;
  if (fourth !== undefined) return third === "train" && (fourth === "optimizer" || fourth === "stop");
  return third === "network" || third === "data";
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
