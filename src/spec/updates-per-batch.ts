import type { TrainingObjective } from "./suite.types.ts";

/** Updates that one batch gives. */
export function updatesPerBatch(objective: TrainingObjective | undefined): number {
  return objective && "proximal" in objective ? objective.proximal.steps : 1;
}
