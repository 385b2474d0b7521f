import type { RunRecord } from "../../spec/run.types.ts";
import type { ClaimVerdict } from "../verdict.ts";

/** A record that takes part in a comparison, judged. Where it was made is called its machine, whatever sets it apart. */
export interface Machine {
  /** Unique in the comparison. */
  readonly name: string;
  /** What its file is called in messages. */
  readonly file: string;
  readonly record: RunRecord;
  readonly verdicts: readonly ClaimVerdict[];
}
