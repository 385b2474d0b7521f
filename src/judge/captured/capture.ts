import canonicalize from "canonicalize";
import type { CapturedBaseline, CapturedSample } from "../../spec/captured.types.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import type { ClaimVerdict } from "../verdict.ts";
import { classesOfParts } from "./hardware-class.ts";
import { quantitiesOf } from "./quantity.ts";

/** Why a run has not all of its values, through no change of the program's, in words; undefined where it has. */
export function whyIncomplete({ run, trials }: RunRecord): string | undefined {
  if (run.status === "interrupted") return "the run was interrupted";
  if (run.shard) return "it is one shard of a suite; merge the shards first";
  const unfinished = trials.find(({ state }) => state === "crashed" || state === "not-run");
  if (!unfinished) return undefined;
  const became = unfinished.state === "crashed" ? "crashed" : "was not run";
  return `${unfinished.arm} at seed ${unfinished.seed} ${became}`;
}

/** Why a run is no baseline, in words; undefined where it can be one. */
export function whyNoBaseline(record: RunRecord): string | undefined {
  const incomplete = whyIncomplete(record);
  if (incomplete !== undefined) return incomplete;
  if (new Set(record.suite.seeds).size < 2) return "it has one seed, and one seed says nothing of the spread";
  const classes = classesOfParts(record);
  if (classes.length > 1) return `its parts ran on different classes of hardware: ${classes.join(", ")}`;
  if (quantitiesOf(record).length === 0) return "it has no values";
  return undefined;
}

/** A run as what later ones are compared with. The caller has made sure that it can be one. @see whyNoBaseline */
export function capture(record: RunRecord, verdicts: readonly ClaimVerdict[]): CapturedBaseline {
  const { run, suite, provenance } = record;
  return {
    format: "claimbench-captured/1",
    suite: { id: suite.id, ...(suite.profile ? { profile: suite.profile } : {}), sha256: suite.sha256 },
    run: { id: run.id, startedAt: run.startedAt },
    provenance,
    verdicts: Object.fromEntries(verdicts.map(({ claim, status }) => [claim, status])),
    samples: quantitiesOf(record).map(({ reference, values }) => ({
      ...reference,
      values: Object.fromEntries(
        [...values].toSorted(([a], [b]) => a - b).map(([seed, value]) => [String(seed), value]),
      ),
    })) as [CapturedSample, ...CapturedSample[]],
  };
}

/** By seed. */
export function capturedValues({ values }: CapturedSample): Map<number, number> {
  return new Map(Object.entries(values).map(([seed, value]) => [Number(seed), value]));
}

/** Whether two hold the same values and verdicts of the same suite file, whichever runs they are from. */
export function holdsTheSame(first: CapturedBaseline, second: CapturedBaseline): boolean {
  const content = ({ suite, verdicts, samples }: CapturedBaseline) => canonicalize({ suite, verdicts, samples });
  return content(first) === content(second);
}
