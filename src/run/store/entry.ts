import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** A small document of the store, with the names of the objects that belong to it. */
export interface Entry {
  readonly kind: string;
  readonly key: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** What the key was made from. */
  readonly describes: unknown;
  readonly value?: unknown;
  readonly objects: Readonly<Record<string, StoredObject>>;
}

export interface StoredObject {
  readonly sha256: string;
  readonly bytes: number;
  /** Says what the object is, for other programs. */
  readonly extension: string;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function encodeEntry(entry: Entry): string {
  return `${JSON.stringify({ ...entry, checksum: checksumOf(entry) })}\n`;
}

/** @returns why the text is no entry of that kind and key, in words, when it is none. */
export function decodeEntry(text: string, kind: string, key: string): Entry | string {
  let read: (Entry & { readonly checksum?: unknown }) | undefined;
  try {
    read = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (typeof read !== "object" || read === null) return "it is not an object";
  const { checksum, ...entry } = read;
  if (checksum !== checksumOf(entry)) return "its checksum is wrong";
  if (entry.kind !== kind || entry.key !== key) return `it is ${entry.kind} ${entry.key}`;
  return entry;
}

function checksumOf(entry: Entry): string {
  return sha256(canonicalize(JSON.parse(JSON.stringify(entry))) ?? "");
}
