import { join, resolve } from "node:path";
import { hardwareClass } from "../../judge/captured/hardware-class.ts";
import { capturedFilesIn, readCapturedFile } from "../../run/records/captured-file.ts";
import type { CapturedBaseline } from "../../spec/captured.types.ts";

/** A captured baseline in short. */
export interface ListedBaseline {
  readonly file: string;
  readonly suite: string;
  readonly profile?: string;
  readonly hardwareClass: string;
  readonly capturedFrom: string;
  readonly engine: string;
  readonly seeds: readonly number[];
  readonly arms: number;
  /** Quantities of all arms. */
  readonly values: number;
  readonly verdicts: CapturedBaseline["verdicts"];
}

/** The captured baselines of a folder. @throws ClaimbenchError where one is damaged, with its place. */
export async function listBaselines(folder: string, cwd: string): Promise<ListedBaseline[]> {
  const listed: ListedBaseline[] = [];
  for (const name of await capturedFilesIn(resolve(cwd, folder))) {
    const file = join(folder, name);
    const captured = await readCapturedFile(resolve(cwd, file), file);
    if (captured) listed.push(inShort(file, captured));
  }
  return listed;
}

export function renderBaselines(baselines: readonly ListedBaseline[]): string {
  if (baselines.length === 0) return "no captured baselines\n";
  return baselines.map(renderBaseline).join("");
}

function inShort(file: string, { suite, run, provenance, verdicts, samples }: CapturedBaseline): ListedBaseline {
  const seeds = new Set(samples.flatMap(({ values }) => Object.keys(values).map(Number)));
  return {
    file,
    suite: suite.id,
    ...(suite.profile ? { profile: suite.profile } : {}),
    hardwareClass: hardwareClass(provenance).id,
    capturedFrom: run.startedAt,
    engine: provenance.engine.version,
    seeds: [...seeds].toSorted((a, b) => a - b),
    arms: new Set(samples.map(({ arm }) => arm)).size,
    values: samples.length,
    verdicts,
  };
}

function renderBaseline({ file, suite, profile, capturedFrom, engine, seeds, arms, values, verdicts }: ListedBaseline) {
  const counts = new Map<string, number>();
  for (const status of Object.values(verdicts)) counts.set(status, (counts.get(status) ?? 0) + 1);
  const told = [...counts].map(([status, count]) => `${count} ${status}`).join(" · ");
  return `${suite}${profile ? ` (${profile})` : ""}, captured ${capturedFrom}, ${engine}
  ${file}
  ${seeds.length} seeds, ${arms} arms, ${values} measured values; claims: ${told || "none"}
`;
}
