/** A place where two JSON values differ. */
export interface Difference {
  /** Keys with dots between. */
  readonly path: string;
  /** Undefined where there is nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Where two JSON values differ, as deep as both have objects, or lists of one length; others differ as wholes.
 *
 * @param most finds no more than so many.
 */
export function differences(before: unknown, after: unknown, most = Number.POSITIVE_INFINITY): Difference[] {
  const found: Difference[] = [];
  compare(before, after, "", found, most);
  return found;
}

function compare(before: unknown, after: unknown, path: string, found: Difference[], most: number): void {
  if (before === after || found.length >= most) return;
  if (!isBranch(before) || !isBranch(after) || !isAlike(before, after)) {
    found.push({ path, before, after });
    return;
  }
  const under = path === "" ? "" : `${path}.`;
  for (const key in before) compare(before[key], after[key], under + key, found, most);
  for (const key in after) if (!Object.hasOwn(before, key)) compare(undefined, after[key], under + key, found, most);
}

/** Whether they are to be compared part by part. */
function isAlike(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return Array.isArray(before) === Array.isArray(after);
  return before.length === after.length;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
