/** A place where two JSON values differ. */
export interface Difference {
  /** Keys with dots between. */
  readonly path: string;
  /** Undefined where there is nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two JSON values differ, as deep as both have objects; lists of different lengths differ as wholes. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (isBranch(before) && isBranch(after) && (!Array.isArray(before) || before.length === after["length"])) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
