import type { EngineChoice } from "../engine/device.ts";
import type { EngineSettings } from "../engine/open-engine.ts";
import type { TrainingPlan } from "../plan/training-plan.ts";
import type { TrialCost } from "../plan/trial-cost.ts";
import type { Arm, CurvePoint, Sample, Trial } from "../spec/run.types.ts";

/** One trial, complete: all a worker needs to run it. */
export interface TrialTask {
  readonly arm: Arm;
  readonly seed: number;
  readonly plan: TrainingPlan;
  readonly cost: TrialCost;
  /** What to say when it runs out of memory, for trials that may. */
  readonly memoryAdvice?: string;
  /** Folder that data files in the suite are relative to. */
  readonly suiteFolder: string;
  readonly engine: EngineChoice;
  readonly engineSettings: EngineSettings;
}

/** What a worker sends back. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly fraction: number; readonly point?: CurvePoint; readonly measuring?: string }
  | { readonly kind: "done"; readonly trial: Trial; readonly samples: readonly Sample[] }
  | { readonly kind: "error"; readonly message: string };
