import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 of a value's canonical JSON (RFC 8785), hexadecimal: equal for equal content, however it is written. */
export function contentKey(value: unknown): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");
}
