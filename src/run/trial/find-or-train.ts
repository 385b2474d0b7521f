import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { TrialTools } from "./trial-tools.ts";

/**
 * What another trial left in the store, else what is there once it was trained; nobody else trains it at the same time.
 *
 * @returns undefined where the training left nothing, "stopped" where it was told to leave off.
 */
export async function findOrTrain<Found>(
  { keys }: PlannedTrial,
  find: () => Promise<Found | undefined>,
  train: () => Promise<unknown>,
  { results, stopping }: Pick<TrialTools, "results" | "stopping">,
): Promise<Found | undefined | "stopped"> {
  const found = await find();
  if (found !== undefined) return found;
  const lease = await results.store.lease(keys.training, stopping);
  if (!lease) return "stopped";
  try {
    const since = await find();
    if (since !== undefined) return since;
    await train();
    return (await find()) ?? (stopping() ? "stopped" : undefined);
  } finally {
    await lease.release();
  }
}
