import { join } from "node:path";
import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { DataFileFacts } from "../spec/run.types.ts";
import type { CifarFacts, FileFacts, Split } from "./data-sets.ts";
import { scalePixels } from "./pixels.ts";
import { readVerified } from "./read-verified.ts";
import type { LoadedSamples } from "./samples.ts";

/**
 * Reads the images at the given positions as [3, 32, 32] (red, green, blue), pixels scaled from 0…255 to [0, 1]. Files
 * without one of them are not read.
 *
 * @throws ClaimbenchError `data-label`, or as {@link readVerified}.
 */
export async function loadCifar(
  facts: CifarFacts,
  folder: string,
  split: Split,
  positions: Int32Array,
): Promise<LoadedSamples> {
  const { labelBytes, shape, classes } = facts;
  const pixels = elementCount(shape);
  const recordBytes = labelBytes + pixels;
  const x = new Float32Array(positions.length * pixels);
  const y = new Int32Array(positions.length);
  const files: DataFileFacts[] = [];
  for (const { file, records } of recordsByFile(facts.files[split], recordBytes, positions)) {
    const path = join(folder, file.name);
    const bytes = await readVerified(path, file);
    for (const { record, sample } of records) {
      const start = record * recordBytes;
      const label = bytes[start + labelBytes - 1] as number;
      if (label >= classes) throw wrongLabel(path, record, label, classes);
      y[sample] = label;
      scalePixels(bytes.subarray(start + labelBytes, start + recordBytes), x, sample * pixels);
    }
    files.push({ name: file.name, sha256: file.sha256 });
  }
  return { samples: { x, y, count: positions.length, shape }, files };
}

interface WantedRecord {
  /** Counted in its file. */
  readonly record: number;
  /** Counted in the result. */
  readonly sample: number;
}

/** The records of each file that are wanted; files without any are left out. */
function recordsByFile(files: readonly FileFacts[], recordBytes: number, positions: Int32Array) {
  let first = 0;
  return files.flatMap((file) => {
    const start = first;
    first += file.bytes / recordBytes;
    const records: WantedRecord[] = [];
    for (const [sample, position] of positions.entries()) {
      if (position >= start && position < first) records.push({ record: position - start, sample });
    }
    return records.length > 0 ? [{ file, records }] : [];
  });
}

function wrongLabel(path: string, record: number, label: number, classes: number): ClaimbenchError {
  return new ClaimbenchError(
    "data-label",
    `${path}: the label of record ${record} is ${label}; the data set has classes 0 to ${classes - 1}`,
  );
}
