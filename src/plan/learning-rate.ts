import type { Schedule } from "../spec/suite.types.ts";
import { type EpochSizes, epochOfUpdate, updatesUntil } from "./training-plan.ts";

/**
 * What the optimiser's learning rate is multiplied by at an update, counted from 1. Schedules count in epochs, whose updates
 * become fewer where the batch grows.
 *
 * @param plan with `maxEpochs`, where a cosine ends.
 */
export function learningRateFactors(
  schedule: Schedule | undefined,
  plan: EpochSizes & { readonly maxEpochs: number },
): (update: number) => number {
  if (!schedule) return () => 1;
  const { warmUpEpochs = 0, decay } = schedule;
  const warmUp = updatesUntil(plan, warmUpEpochs);
  const decayed = decayOf(decay, warmUp, plan);
  return (update) => (update <= warmUp ? update / warmUp : decayed(update));
}

function decayOf(
  decay: Schedule["decay"],
  warmUp: number,
  plan: EpochSizes & { readonly maxEpochs: number },
): (update: number) => number {
  if (decay === undefined) return () => 1;
  if (decay === "cosine") {
    const length = Math.max(1, updatesUntil(plan, plan.maxEpochs) - warmUp);
    return (update) => (1 + Math.cos(Math.PI * Math.min(1, (update - 1 - warmUp) / length))) / 2;
  }
  return (update) => decay.factor ** Math.floor((epochOfUpdate(plan, update) - 1) / decay.everyEpochs);
}
