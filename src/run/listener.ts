import type { CurvePoint, Trial } from "../spec/run.types.ts";

/** One training run: an arm at a seed. */
export interface TrialId {
  readonly arm: string;
  readonly seed: number;
}

/** A trial of the plan, for progress. */
export interface PlannedShare extends TrialId {
  /** Its estimated part of the run's work, 0 to 1. */
  readonly share: number;
}

/** What a run tells while it goes on; every hook is optional, none may throw. */
export interface RunListener {
  /** Before anything trains. */
  onPlan?(
    trials: readonly PlannedShare[],
    placement: { workers: number; threadsPerWorker: number; engine: string },
  ): void;
  /** Some claims are open, and the suite adds seeds until they are decided. @param look how many seeds there will be. */
  onSeedsAdded?(trials: readonly PlannedShare[], look: { seeds: number; open: readonly string[] }): void;
  onTrialStart?(trial: TrialId): void;
  /** After each epoch. `fraction` is the share of the trial's work (training and measuring) done, 0 to 1, an estimate. */
  onProgress?(trial: TrialId, progress: { fraction: number; point?: CurvePoint; measuring?: string }): void;
  /** A file of the store was damaged and has been set aside; what it held is computed again. */
  onDamaged?(file: string, why: string): void;
  /** Its worker died; it is run once more, from where it was. */
  onTrialRetry?(trial: TrialId, reason: string): void;
  onTrialEnd?(trial: Trial, counts: { finished: number; total: number }): void;
  /** The record was written; called after each trial and at the end. */
  onRecord?(file: string): void;
}
