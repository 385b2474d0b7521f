import type { PlannedTrial } from "../../plan/plan-trials.ts";
import { measureMissing } from "./measure-missing.ts";
import { trainTrial } from "./train-trial.ts";
import type { TrialTools } from "./trial-tools.ts";

/**
 * Trains a trial from the furthest state that is in the store, measures what has not been measured, and leaves all of it in
 * the store. Nobody else runs it, or a trial that shares its training, at the same time.
 *
 * @returns "stopped" when it left off before its end.
 */
export async function runTrial(trial: PlannedTrial, tools: TrialTools): Promise<"done" | "stopped"> {
  const lease = await tools.results.store.lease(trial.keys.training, tools.stopping);
  if (!lease) return "stopped";
  try {
    const stored = (await tools.results.trial(trial)) ?? (await trainTrial(trial, tools));
    if (stored === "stopped") return "stopped";
    return stored.state === "diverged" ? "done" : await measureMissing(trial, stored, tools);
  } finally {
    await lease.release();
  }
}
