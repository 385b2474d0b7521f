import type { LoadedData } from "../../data/load.ts";
import type { Engine, Model } from "../../engine/engine.ts";
import type { PluginMetrics } from "../../measure/plugin-metric.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { CurvePoint } from "../../spec/run.types.ts";
import type { Results } from "../results.ts";

/** What a trial is run with. */
export interface TrialTools {
  readonly engine: Engine;
  readonly model: Model;
  /** What a trial trains on: its own or, where another arm's training has to be made up for, that arm's. */
  dataOf(trial: PlannedTrial): Promise<LoadedData>;
  readonly results: Results;
  readonly plugins: PluginMetrics;
  /** The processor or GPU here. */
  readonly machine: string;
  /** Milliseconds since some fixed time. */
  clock(): number;
  onProgress(progress: { fraction: number; point?: CurvePoint; measuring?: string }): void;
  /** Whether to leave off as soon as what was done is safe. */
  stopping(): boolean;
}
