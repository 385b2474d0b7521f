import { ClaimbenchError } from "../../spec/error.ts";

/** Why a trial failed, as its record says it: with the stack where nobody foresaw it. */
export function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof ClaimbenchError ? error.message : (error.stack ?? error.message);
}
