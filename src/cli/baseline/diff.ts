import { resolve } from "node:path";
import { whyIncomplete } from "../../judge/captured/capture.ts";
import { type BaselineComparison, compareWithCaptured, gateStatus } from "../../judge/captured/compare.ts";
import { hardwareClass } from "../../judge/captured/hardware-class.ts";
import type { ClaimVerdict } from "../../judge/verdict.ts";
import { capturedFile, readCapturedFile } from "../../run/records/captured-file.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { EXIT } from "../exit-code.ts";
import { baselinesOfOtherClasses } from "./gate.ts";

/**
 * A run beside the baseline of its class of hardware, or beside the one in a given file, whatever its class.
 *
 * @throws ClaimbenchError `no-baseline` where there is none; it names those of other classes.
 */
export async function baselineDiff(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  { from, against, cwd }: { readonly from: string; readonly against?: string; readonly cwd: string },
): Promise<{ status: "same" | "drifted" | "not-measured"; file: string; comparison: BaselineComparison }> {
  const { id } = hardwareClass(record.provenance);
  const file = against ?? capturedFile(from, id, record.suite);
  const captured = await readCapturedFile(resolve(cwd, file), file);
  if (!captured) {
    const others = against === undefined ? await baselinesOfOtherClasses(record, from, cwd) : [];
    throw new ClaimbenchError("no-baseline", [`there is no baseline ${file}`, ...others].join("\n  "), {
      hint: "claimbench baseline capture writes one",
      exitCode: EXIT.notMeasured,
    });
  }
  const comparison = compareWithCaptured(record, verdicts, captured);
  const incomplete = whyIncomplete(record);
  const status = gateStatus(comparison);
  if (status === "no-baseline" || (status === "same" && incomplete !== undefined)) {
    return { status: "not-measured", file, comparison: withNote(comparison, incomplete) };
  }
  return { status, file, comparison: withNote(comparison, incomplete) };
}

function withNote(comparison: BaselineComparison, incomplete: string | undefined): BaselineComparison {
  if (incomplete === undefined) return comparison;
  return { ...comparison, notes: [...comparison.notes, `only a part was compared: ${incomplete}`] };
}
