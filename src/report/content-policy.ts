import { createHash } from "node:crypto";

/** What a page may do: its own styles, its script by hash, data: images; no network, frames, forms or base. */
export function contentPolicy(script?: string): string {
  return [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`]),
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
