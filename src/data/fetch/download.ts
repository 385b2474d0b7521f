import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { ClaimbenchError } from "../../spec/error.ts";
import { checksumOfFile, checksumWords } from "../checksum.ts";
import type { Download } from "../data-sets.ts";

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** @param bytes that are there by now. */
  onProgress(bytes: number): void;
}

/**
 * Downloads one file, going on where an earlier attempt was interrupted, and checks its length and sum; all of it anew
 * where the sum is wrong then.
 *
 * @param part where the bytes are put; kept when it is cut short, removed when it turns out to be wrong.
 * @throws ClaimbenchError `data-not-fetched` or `data-checksum`; the signal's reason; what the file system throws.
 */
export async function download(address: string, part: string, what: Download, options: DownloadOptions): Promise<void> {
  const { bytes: expected, checksum } = what;
  const there = await lengthOf(part);
  if (there > expected) await rm(part);
  const start = there > expected ? 0 : there;
  if (start < expected) await receive(address, part, start, expected, options);
  const found = await checksumOfFile(part, checksum, options.signal);
  const [is, wanted] = [checksumWords(found), checksumWords(checksum)];
  if (is === wanted) return;
  await rm(part);
  // What it went on from may have been of another file, such as a page that a server sent in its place.
  if (start > 0) return download(address, part, what, options);
  throw new ClaimbenchError("data-checksum", `${address}: what came has the ${is}; expected ${wanted}`);
}

async function receive(
  address: string,
  part: string,
  start: number,
  expected: number,
  options: DownloadOptions,
): Promise<void> {
  const { body, from } = await request(address, start, options);
  let there = from;
  let broken: unknown;
  // Ends where the connection does, so that what came before is written.
  const received = async function* () {
    try {
      for await (const chunk of body) {
        there += chunk.length;
        if (there > expected) return;
        yield chunk;
        options.onProgress(there);
      }
    } catch (error) {
      broken = error;
    }
  };
  await pipeline(received, createWriteStream(part, { flags: from > 0 ? "a" : "w" }));
  options.signal.throwIfAborted();
  if (there > expected) {
    await rm(part);
    throw notFetched(address, `more than the expected ${expected} bytes came`);
  }
  if (broken !== undefined)
    throw notFetched(address, `the connection ended after ${there} of ${expected} bytes`, broken);
  if (there < expected) throw notFetched(address, `it ended after ${there} of ${expected} bytes`);
}

/** The bytes from `start` on, or all of them where the server cannot begin in the middle. */
async function request(address: string, start: number, options: DownloadOptions) {
  // Bytes as they are stored: a server that compresses or uncompresses them would change length and sum.
  const headers = { "accept-encoding": "identity", ...(start > 0 ? { range: `bytes=${start}-` } : {}) };
  const response = await options.fetch(address, { headers, signal: options.signal }).catch((error: Error) => {
    if (options.signal.aborted) throw error;
    throw notFetched(address, networkProblem(error), error);
  });
  const { status, body } = response;
  const continues = status === 206 && firstByte(response) === start;
  const encoding = response.headers.get("content-encoding") ?? "identity";
  if ((continues || status === 200) && body && encoding === "identity") {
    return { body: body as ReadableStream<Uint8Array>, from: continues ? start : 0 };
  }
  await body?.cancel();
  if (start > 0 && (status === 416 || status === 206)) return request(address, 0, options);
  if (encoding !== "identity") throw notFetched(address, `the server sends it encoded as ${encoding}`);
  throw notFetched(address, `the server answers ${status} ${response.statusText}`.trim());
}

/** Of a part of a file, from "bytes 100-199/200". */
function firstByte(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
}

function networkProblem(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message || (cause as NodeJS.ErrnoException).code || error.message;
}

function notFetched(address: string, problem: string, cause?: unknown): ClaimbenchError {
  return new ClaimbenchError("data-not-fetched", `${address}: ${problem}`, cause === undefined ? {} : { cause });
}

async function lengthOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
