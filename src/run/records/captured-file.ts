import { readdir, readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { CapturedBaseline } from "../../spec/captured.types.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { readCaptured } from "../../spec/read-captured.ts";
import { makeFolder } from "../make-folder.ts";
import { replaceWhole } from "../store/durable-write.ts";
import { pathSegments } from "./path-segments.ts";

/** Where the baseline of a suite on a class of hardware is kept: <folder>/<class>/<suite id>[.profile].json. */
export function capturedFile(
  folder: string,
  hardwareClass: string,
  { id, profile }: { readonly id: string; readonly profile?: string },
): string {
  const place = join(folder, hardwareClass, ...pathSegments(id));
  return `${place}${profile === undefined ? "" : `.${profile}`}.json`;
}

/**
 * @param shown how the file is named in errors.
 * @returns undefined where there is none.
 * @throws ClaimbenchError `captured-not-readable`; with the place in the file where it is damaged.
 */
export async function readCapturedFile(file: string, shown: string): Promise<CapturedBaseline | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ClaimbenchError("captured-not-readable", `cannot read ${shown}: ${(cause as Error).message}`, { cause });
  }
  return readCaptured(text, shown);
}

/** Writes the whole file or none. @throws ClaimbenchError `captured-not-writable`. */
export async function writeCapturedFile(file: string, captured: CapturedBaseline): Promise<void> {
  try {
    await makeFolder(dirname(file));
    await replaceWhole(file, `${JSON.stringify(captured, null, 2)}\n`, false);
  } catch (cause) {
    throw new ClaimbenchError("captured-not-writable", `cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
}

/** Files of captured baselines below a folder, as paths within it, sorted; none where there is no such folder. */
export async function capturedFilesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    // Files of a class lie in its folder; published values lie beside those folders.
    return names.filter((name) => name.endsWith(".json") && name.includes(sep)).sort();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new ClaimbenchError("captured-not-readable", `cannot read ${folder}: ${(cause as Error).message}`, { cause });
  }
}
