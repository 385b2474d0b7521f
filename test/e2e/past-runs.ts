import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { type Folder, readJson } from "./program.ts";
import { holds, open, tinySuite } from "./suites.ts";

/** The record of a run of the tiny suite. */
export async function tinyRecord(place: Folder): Promise<RunRecord> {
  place.write("suite.json", tinySuite({ claims: { holds, open } }));
  await place.run(["run", "suite.json", "--reports", "made"]);
  const [run = ""] = readdirSync(join(place.path, "made", "tiny"));
  return readJson(join(place.path, "made", "tiny", run, "run.json"));
}

export interface Past {
  readonly day: number;
  readonly cpu?: string;
  /** What the train accuracies were instead. */
  readonly accuracy?: number;
}

/** Records the run again, as of a day of June, below reports. */
export function record(place: Folder, of: RunRecord, { day, cpu, accuracy }: Past): void {
  const date = `2026-06-${String(day).padStart(2, "0")}`;
  const id = `${date}T02-17-00Z`;
  const { run, provenance, samples } = of;
  place.write(`reports/${cpu ? "elsewhere" : "tiny"}/${id}/run.json`, {
    ...of,
    run: { ...run, id, startedAt: `${date}T02:17:00.000Z`, endedAt: `${date}T02:18:00.000Z` },
    provenance: { ...provenance, hardware: { ...provenance.hardware, cpu: cpu ?? provenance.hardware.cpu } },
    samples: samples.map((sample) =>
      accuracy !== undefined && sample.measurement === "trainAccuracy" ? { ...sample, value: accuracy } : sample,
    ),
  });
}
