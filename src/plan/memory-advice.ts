import type { Arm } from "../spec/run.types.ts";
import { largestBatch, type TrainingPlan } from "./training-plan.ts";
import type { TrialSize } from "./trial-cost.ts";
import { trialMemory } from "./trial-memory.ts";

/** What a trial is estimated to need, and what would make it fit: "it is estimated to need 41 GiB of …". */
export function memoryAdvice(arm: Arm, plan: TrainingPlan, size: TrialSize, memoryBytes: number): string {
  const needed = trialMemory(arm, plan, size);
  const estimate = `it is estimated to need ${gibibytes(needed)} of this machine's ${gibibytes(memoryBytes)}`;
  const fitting = fittingMicroBatch(arm, plan, size, memoryBytes / 2);
  if (fitting === undefined) return `${estimate}; a smaller batch, network or number of evaluated samples needs less`;
  const micro: Arm = { ...arm, regime: { ...arm.regime, microBatch: fitting } };
  const normalises = arm.network.layers.some((layer) => "layer" in layer && layer.layer === "batch-norm");
  const ghost = normalises && !arm.regime.ghostBatchNorm ? ' (and "ghostBatchNorm": true, another regime)' : "";
  return `${estimate}; "microBatch": ${fitting}${ghost} would need ${gibibytes(trialMemory(micro, plan, size))}`;
}

/** The largest half, quarter … of the batch with which a trial fits; undefined when none does, or it fits as it is. */
function fittingMicroBatch(arm: Arm, plan: TrainingPlan, size: TrialSize, bytes: number): number | undefined {
  if (trialMemory(arm, plan, size) <= bytes) return undefined;
  let microBatch = Math.min(largestBatch(plan), arm.regime.microBatch ?? Number.POSITIVE_INFINITY);
  while (microBatch >= 4) {
    microBatch = Math.ceil(microBatch / 2);
    const smaller = { ...arm, regime: { ...arm.regime, microBatch } };
    if (trialMemory(smaller, plan, size) <= bytes) return microBatch;
  }
  return undefined;
}

function gibibytes(bytes: number): string {
  const value = bytes / 2 ** 30;
  return `${value < 10 ? value.toPrecision(2) : Math.round(value)} GiB`;
}
