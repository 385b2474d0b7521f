import type { TrainingObjective } from "../spec/suite.types.ts";

/** Work of an update, in gradients of its batch. */
export function gradientsPerUpdate(objective: TrainingObjective | undefined): number {
  if (!objective || "proximal" in objective) return 1;
  // The first of its two passes goes on to the inputs.
  return "adversarial" in objective ? 2.3 : 2;
}
