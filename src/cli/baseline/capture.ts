import { resolve } from "node:path";
import { capture, holdsTheSame, whyNoBaseline } from "../../judge/captured/capture.ts";
import { type BaselineComparison, compareWithCaptured } from "../../judge/captured/compare.ts";
import { hardwareClass } from "../../judge/captured/hardware-class.ts";
import type { ClaimVerdict } from "../../judge/verdict.ts";
import { capturedFile, readCapturedFile, writeCapturedFile } from "../../run/records/captured-file.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { baselineText } from "./text.ts";

/** What became of the file of a baseline. */
export interface Captured {
  /** same: it holds these values already and was left as it is. */
  readonly state: "written" | "updated" | "same";
  readonly file: string;
  readonly hardwareClass: string;
  /** With the baseline that was there. */
  readonly comparison?: BaselineComparison;
}

/**
 * Makes a run the captured baseline of its class of hardware. One that is there is changed only with `update`.
 *
 * @param folder of captured baselines, from cwd.
 * @throws ClaimbenchError `not-a-baseline` for a run that can be none, `baseline-exists` with what differs.
 */
export async function captureBaseline(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  folder: string,
  { update, cwd }: { readonly update: boolean; readonly cwd: string },
): Promise<Captured> {
  const unfit = whyNoBaseline(record);
  if (unfit !== undefined) {
    throw new ClaimbenchError("not-a-baseline", `this run cannot be a baseline: ${unfit}`, {
      hint: "capture from a complete run of two seeds or more",
    });
  }
  const { id } = hardwareClass(record.provenance);
  const file = capturedFile(folder, id, record.suite);
  const base = { file, hardwareClass: id };
  const existing = await readCapturedFile(resolve(cwd, file), file);
  const captured = capture(record, verdicts);
  if (!existing) {
    await writeCapturedFile(resolve(cwd, file), captured);
    return { ...base, state: "written" };
  }
  const comparison = compareWithCaptured(record, verdicts, existing);
  if (holdsTheSame(existing, captured)) return { ...base, state: "same", comparison };
  if (!update) {
    throw new ClaimbenchError(
      "baseline-exists",
      `${file} exists and holds other values\n${baselineText(comparison).trimEnd()}`,
      { hint: "give --update to replace it" },
    );
  }
  await writeCapturedFile(resolve(cwd, file), captured);
  return { ...base, state: "updated", comparison };
}
