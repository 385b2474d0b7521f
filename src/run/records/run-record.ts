import { basename, isAbsolute } from "node:path";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { FailedTrial, RunRecord, Sample, Suite, Trial } from "../../spec/run.types.ts";
import type { DataFiles, PluginCode } from "../../spec/suite.types.ts";
import type { PreparedSuite } from "../prepare-suite.ts";
import { claimbenchFacts, operatingSystem } from "./provenance.ts";

/** A trial that ended, with its samples. */
export interface EndedTrial {
  readonly trial: Trial;
  readonly samples: readonly Sample[];
}

/** A record of what has ended; the rest counts as not run. In the plan's order, whichever trial ended first. */
export function assembleRecord(
  suite: Suite,
  { trials, absent }: Pick<PreparedSuite, "trials" | "absent">,
  ended: ReadonlyMap<PlannedTrial, EndedTrial>,
  rest: Pick<RunRecord, "run" | "provenance" | "published">,
): RunRecord {
  return {
    format: "claimbench-run/1",
    ...rest,
    suite: withoutFolders(suite),
    trials: [...trials.map((trial) => ended.get(trial)?.trial ?? notRun(trial)), ...absent],
    samples: trials.flatMap((trial) => ended.get(trial)?.samples ?? []),
  };
}

export async function provenanceOf({ engine, placement, dataSets, hardware }: PreparedSuite) {
  return {
    claimbench: await claimbenchFacts(),
    node: process.version,
    engine: engine.facts,
    hardware,
    operatingSystem: operatingSystem(),
    ...placement,
    dataSets: [...dataSets],
  } satisfies RunRecord["provenance"];
}

export function notRun({ arm, seed }: PlannedTrial): FailedTrial {
  return { state: "not-run", arm: arm.name, seed, reason: "the run ended before it" };
}

/** A record holds no absolute path: of a data file or plugin given by one only the name stays. */
function withoutFolders(suite: Suite): Suite {
  const short = (path: string) => (isAbsolute(path) ? basename(path) : path);
  const shortened = (file: DataFiles["files"]["train"]) =>
    typeof file === "string" ? short(file) : { x: short(file.x), y: short(file.y) };
  const named = <Part>(part: Part): Part => {
    const { code } = part as { code?: PluginCode };
    return code ? { ...part, code: { ...code, module: short(code.module) } } : part;
  };
  const arms = suite.arms.map(({ data, measure, ...arm }) => ({
    ...arm,
    data:
      "files" in data
        ? { files: { train: shortened(data.files.train), test: shortened(data.files.test) } }
        : named(data),
    measure: Object.fromEntries(Object.entries(measure).map(([name, measurement]) => [name, named(measurement)])),
  }));
  return { ...suite, arms };
}
