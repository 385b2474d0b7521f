import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ClaimbenchError } from "../spec/error.ts";
import { sha256Of } from "./checksum.ts";
import type { FileFacts } from "./data-sets.ts";

const GET_AGAIN = "delete it and get it again; `claimbench data list` says how";
const inflate = promisify(gunzip);

/**
 * The bytes of a file of a known data set, proved to be the right ones.
 *
 * @param path plain, or gzipped where it ends in .gz.
 * @param check looks at the form of bytes that have the right length, before their sum is taken.
 * @throws ClaimbenchError `data-missing`, `data-size`, `data-damaged`, `data-checksum`, or what `check` throws.
 */
export async function readVerified(
  path: string,
  { bytes: expected, sha256 }: FileFacts,
  check: (bytes: Uint8Array) => void = () => {},
): Promise<Uint8Array> {
  const bytes = await readPlain(path, expected);
  if (bytes.length !== expected) throw wrongSize(path, bytes.length, expected);
  check(bytes);
  const found = sha256Of(bytes);
  if (found === sha256) return bytes;
  throw new ClaimbenchError("data-checksum", `${path} is damaged: SHA-256 ${found}, expected ${sha256}`, {
    hint: GET_AGAIN,
  });
}

async function readPlain(path: string, expected: number): Promise<Uint8Array> {
  const unreadable = (cause: Error) =>
    new ClaimbenchError("data-missing", `the data file ${path} cannot be read: ${cause.message}`, {
      hint: "`claimbench data list` says how to get it",
      cause,
    });
  if (!path.endsWith(".gz")) {
    const { size } = await stat(path).catch((cause: Error) => Promise.reject(unreadable(cause)));
    if (size !== expected) throw wrongSize(path, size, expected);
    return readFile(path).catch((cause: Error) => Promise.reject(unreadable(cause)));
  }
  const packed = await readFile(path).catch((cause: Error) => Promise.reject(unreadable(cause)));
  try {
    return await inflate(packed, { maxOutputLength: expected });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw wrongSize(path, undefined, expected);
    throw new ClaimbenchError("data-damaged", `${path} is damaged: it cannot be uncompressed: ${message}`, {
      hint: GET_AGAIN,
      cause,
    });
  }
}

/** @param found bytes; undefined when there are more than expected. */
function wrongSize(path: string, found: number | undefined, expected: number): ClaimbenchError {
  const size = found === undefined ? `more than ${expected} bytes uncompressed` : `${found} bytes`;
  const damage = found !== undefined && found < expected ? "truncated" : "too long";
  return new ClaimbenchError("data-size", `${path} is ${damage}: it has ${size}; expected ${expected}`, {
    hint: GET_AGAIN,
  });
}
