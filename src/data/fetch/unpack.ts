import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar";
import { ClaimbenchError } from "../../spec/error.ts";
import { checksumOfFile } from "../checksum.ts";
import type { Download, FileFacts } from "../data-sets.ts";
import { isFileError } from "./file-error.ts";

/**
 * Takes the files that a download holds out of it and, when they are right, puts them in the folder.
 *
 * @throws ClaimbenchError `data-archive`; what the file system throws.
 */
export async function unpack(archive: string, { name, packing, holds }: Download, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, ".unpacking-"));
  try {
    const unpacked = (file: FileFacts) => join(temporary, packing === "gzip" ? "" : packing.tarFolder, file.name);
    try {
      if (packing === "gzip") for (const file of holds) await gunzipTo(archive, unpacked(file), file.bytes);
      else await untar(archive, temporary, new Map(holds.map((file) => [`${packing.tarFolder}/${file.name}`, file])));
    } catch (error) {
      if (isFileError(error)) throw error;
      throw wrong(name, `it cannot be unpacked: ${(error as Error).message}`, error);
    }
    for (const file of holds) await check(unpacked(file), file, name);
    for (const file of holds) await rename(unpacked(file), join(folder, file.name));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function gunzipTo(archive: string, path: string, bytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  let there = 0;
  const limited = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      there += chunk.length;
      if (there > bytes) throw new Error(`it holds more than ${bytes} bytes`);
      yield chunk;
    }
  };
  await pipeline(createReadStream(archive), createGunzip(), limited, createWriteStream(path));
}

/** Only files that are expected, and of the expected size, are written. */
function untar(archive: string, folder: string, expected: ReadonlyMap<string, FileFacts>): Promise<void> {
  return extract({
    file: archive,
    cwd: folder,
    strict: true,
    preserveOwner: false,
    filter(path, entry) {
      const file = expected.get(normalize(path).replaceAll("\\", "/"));
      return file !== undefined && "type" in entry && entry.type === "File" && entry.size === file.bytes;
    },
  });
}

async function check(path: string, { name, bytes, sha256 }: FileFacts, archive: string): Promise<void> {
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size !== bytes) throw wrong(archive, `it holds no ${name} of ${bytes} bytes`);
  const found = await checksumOfFile(path, { sha256 });
  if (!("sha256" in found) || found.sha256 !== sha256) throw wrong(archive, `its ${name} has a wrong SHA-256`);
}

function wrong(archive: string, problem: string, cause?: unknown): ClaimbenchError {
  return new ClaimbenchError("data-archive", `${archive}: ${problem}`, cause === undefined ? {} : { cause });
}
