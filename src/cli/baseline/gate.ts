import { resolve } from "node:path";
import { whyIncomplete, whyNoBaseline } from "../../judge/captured/capture.ts";
import { type BaselineComparison, compareWithCaptured, gateStatus } from "../../judge/captured/compare.ts";
import { classDifferences, hardwareClass } from "../../judge/captured/hardware-class.ts";
import type { ClaimVerdict } from "../../judge/verdict.ts";
import { capturedFile, capturedFilesIn, readCapturedFile } from "../../run/records/captured-file.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { EXIT } from "../exit-code.ts";
import { captureBaseline } from "./capture.ts";
import { baselineText } from "./text.ts";

/** What a run is to its captured baseline; written and updated: it is the baseline now. */
export type BaselineGateStatus = "same" | "drifted" | "written" | "updated" | "not-measured";

export interface BaselineGate {
  readonly status: BaselineGateStatus;
  /** In words, with line ends. */
  readonly text: string;
  /** The file of the baseline, where it was written now. */
  readonly written?: string;
  /** Where there was a baseline to compare with. */
  readonly comparison?: BaselineComparison;
}

export interface BaselineGateOptions {
  /** Whether this is a CI, where nobody would keep a baseline that is written. */
  readonly ci: boolean;
  /** Whether a baseline that differs, or is missing in CI, is to be written. */
  readonly update: boolean;
  readonly cwd: string;
}

/**
 * Holds a run against the captured baseline of its class of hardware, as snapshot tests do: a missing one is written and
 * said, in CI it leaves the run not measured; one that differs is changed only to update it.
 *
 * @param folder of captured baselines, from cwd.
 * @throws ClaimbenchError for a baseline that cannot be read, with its place, or written.
 */
export async function baselineGate(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  folder: string,
  { ci, update, cwd }: BaselineGateOptions,
): Promise<BaselineGate> {
  const incomplete = whyIncomplete(record);
  if (incomplete !== undefined) return notMeasured(`the run is not compared: ${incomplete}`);
  const { id } = hardwareClass(record.provenance);
  const file = capturedFile(folder, id, record.suite);
  const captured = await readCapturedFile(resolve(cwd, file), file);
  if (captured && !update) {
    const comparison = compareWithCaptured(record, verdicts, captured);
    const status = gateStatus(comparison);
    const text = baselineText(comparison);
    if (status === "drifted") return { status, text: `${text}  to accept it: --update\n`, comparison };
    return { status: status === "same" ? "same" : "not-measured", text, comparison };
  }
  const missing = `none was captured for ${nameOf(record)} on ${id}`;
  const unfit = whyNoBaseline(record);
  if (unfit !== undefined) {
    return notMeasured(`${captured ? "not updated" : missing}: this run cannot be a baseline: ${unfit}`);
  }
  if (!captured && ci && !update) {
    const others = await baselinesOfOtherClasses(record, folder, cwd);
    return notMeasured([`${missing}; capture one (claimbench baseline capture) and commit it`, ...others].join("\n  "));
  }
  const { state, comparison } = await captureBaseline(record, verdicts, folder, { update, cwd });
  const told = comparison ? baselineText(comparison) : `baseline: ${missing}\n`;
  return {
    status: state,
    text: state === "same" ? told : `${told}  ${state}: ${file}\n`,
    ...(state === "same" ? {} : { written: file }),
    ...(comparison ? { comparison } : {}),
  };
}

/** What a run ends with where its baseline decides and not its claims. */
export function baselineExitCode(statuses: readonly BaselineGateStatus[]): number {
  if (statuses.includes("drifted")) return EXIT.claimFails;
  return statuses.includes("not-measured") ? EXIT.notMeasured : EXIT.success;
}

/** A line for each, with what it differs in. */
export async function baselinesOfOtherClasses(record: RunRecord, folder: string, cwd: string): Promise<string[]> {
  const ours = hardwareClass(record.provenance);
  const classes = (await capturedFilesIn(resolve(cwd, folder))).map((file) => file.split(/[\\/]/, 1)[0] as string);
  const found: string[] = [];
  for (const other of new Set(classes)) {
    const file = capturedFile(folder, other, record.suite);
    const captured = await readCapturedFile(resolve(cwd, file), file);
    if (!captured) continue;
    const differences = classDifferences(ours, hardwareClass(captured.provenance));
    found.push(`there is one for ${other} (${differences.join("; ")})`);
  }
  return found;
}

function notMeasured(why: string): BaselineGate {
  return { status: "not-measured", text: `baseline: ${why}\n` };
}

function nameOf({ suite: { id, profile } }: RunRecord): string {
  return profile === undefined ? id : `${id} (${profile})`;
}
