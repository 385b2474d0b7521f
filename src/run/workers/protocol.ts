import type { EngineChoice } from "../../engine/device.ts";
import type { EngineSettings } from "../../engine/open-engine.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { CurvePoint } from "../../spec/run.types.ts";

/** A trial, complete: all a worker needs to run it. */
export interface TrialTask {
  readonly trial: PlannedTrial;
  readonly store: string;
  /** Folder that data files in the suite are relative to. */
  readonly suiteFolder: string;
  /** Folder to look for data sets in before others. */
  readonly dataFolder?: string;
  readonly engine: EngineChoice;
  readonly engineSettings: EngineSettings;
}

/** What a worker is told: to run a trial, or to leave off as soon as what it has done is in the store. */
export type RunnerMessage = { readonly kind: "run"; readonly task: TrialTask } | { readonly kind: "stop" };

/** What a worker sends back; the results are in the store. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly fraction: number; readonly point?: CurvePoint; readonly measuring?: string }
  /** A file of the store was damaged and has been set aside. */
  | { readonly kind: "damaged"; readonly file: string; readonly why: string }
  | { readonly kind: "done" }
  | { readonly kind: "stopped" }
  | { readonly kind: "error"; readonly message: string };
