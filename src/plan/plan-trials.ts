import { type ResolvedNetwork, resolvedNetwork } from "../networks/shapes.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { Arm, Suite } from "../spec/run.types.ts";
import { contentKey } from "./content-key.ts";
import { measuredEpochs } from "./measured-epochs.ts";
import { memoryAdvice } from "./memory-advice.ts";
import { type EngineIdentity, measurementKey, type TrainingInput, trainingInput, trialKey } from "./training-input.ts";
import { planTraining, type TrainingPlan } from "./training-plan.ts";
import { type TrialCost, type TrialSize, trialCost } from "./trial-cost.ts";
import { trialMemory } from "./trial-memory.ts";

/** What is known of an arm once its data was looked at. */
export interface ArmFacts extends TrialSize {
  /** SHA-256 of the data files, in the order they are read. */
  readonly dataFiles: readonly string[];
}

/** An arm with what it takes to train it. */
export interface PlannedArm {
  readonly arm: Arm;
  readonly plan: TrainingPlan;
  readonly cost: TrialCost;
  /** Memory, estimated. */
  readonly bytes: number;
  /** What to say when it runs out of memory, where it may. */
  readonly memoryAdvice?: string;
}

/** A trial with the keys of its results. */
export interface PlannedTrial extends PlannedArm {
  readonly seed: number;
  readonly input: TrainingInput;
  readonly keys: {
    readonly training: string;
    readonly trial: string;
    /** By measurement. */
    readonly measurements: Readonly<Record<string, string>>;
  };
  /** The trial that a warm start begins from, or begins within. */
  readonly source?: PlannedTrial;
  /** Trials whose minimisers measurements need, by measurement: where a path begins. */
  readonly ends: Readonly<Record<string, PlannedTrial>>;
  /** Epochs after which other trials need its state. */
  readonly keep: readonly number[];
}

/** The estimate is rough: a trial is refused when it needs so many times the machine's memory. */
const HOPELESS = 1.5;
/** And memory is named as what may have ended it from this share on. */
const WORTH_A_WORD = 0.25;

/** @throws ClaimbenchError `batch-size` or `out-of-memory`. */
export function planArms(suite: Suite, facts: ReadonlyMap<string, ArmFacts>, memoryBytes: number): PlannedArm[] {
  return suite.arms.map((arm) => {
    const size = facts.get(arm.name) as ArmFacts;
    const plan = planTraining(suite, arm, ({ name }) => facts.get(name)?.trainCount ?? 0);
    if (plan.batchSize < 1 || plan.batchSize > size.trainCount) {
      throw new ClaimbenchError(
        "batch-size",
        `arm ${arm.name}: a batch of ${arm.regime.batch} is ${plan.batchSize} samples; its training set has ${size.trainCount}`,
      );
    }
    const bytes = trialMemory(arm, plan, size);
    const advice = memoryAdvice(arm, plan, size, memoryBytes);
    if (bytes > HOPELESS * memoryBytes) throw new ClaimbenchError("out-of-memory", `arm ${arm.name}: ${advice}`);
    const mayNotFit = bytes > WORTH_A_WORD * memoryBytes;
    return { arm, plan, cost: trialCost(arm, plan, size), bytes, ...(mayNotFit ? { memoryAdvice: advice } : {}) };
  });
}

/** The trials that have to be trained before one is done. */
export function waitsFor({ source, ends }: PlannedTrial): PlannedTrial[] {
  return [...(source ? [source] : []), ...Object.values(ends)];
}

/** Epochs whose iterates measurements need. */
function measuredAlong({ measure }: Arm, { maxEpochs }: TrainingPlan): number[] {
  return Object.values(measure).flatMap((measurement) =>
    "everyEpochs" in measurement && measurement.everyEpochs !== undefined
      ? measuredEpochs(measurement.everyEpochs, maxEpochs)
      : [],
  );
}

/**
 * Every arm at every seed, seed by seed, so that an interrupted run has whole pairs.
 *
 * @param engine what computes each of them.
 */
export function planTrials(
  seeds: readonly number[],
  arms: readonly PlannedArm[],
  facts: ReadonlyMap<string, ArmFacts>,
  engine: EngineIdentity,
): PlannedTrial[] {
  const byName = new Map(arms.map((planned) => [planned.arm.name, planned]));
  const networks = new Map(arms.map(({ arm }) => [arm.name, resolvedNetwork(arm.network, arm.networkName)]));
  // Trials of one training share the list.
  const keepBy = new Map<string, number[]>();
  const trials = seeds.flatMap((seed) => {
    const made = new Map<string, PlannedTrial>();
    // The spec lets no arms wait for each other in a circle, so that this ends.
    const planTrial = (name: string): PlannedTrial => {
      const known = made.get(name);
      if (known) return known;
      const planned = byName.get(name) as PlannedArm;
      const { arm, plan } = planned;
      const { start } = arm.regime;
      const source = start && planTrial(start.arm);
      const network = networks.get(name) as ResolvedNetwork;
      const files = facts.get(name)?.dataFiles ?? [];
      const input = trainingInput(arm, network, plan, seed, files, engine, source?.keys.training);
      const training = contentKey(input);
      const key = trialKey(training, plan);
      const ends: Record<string, PlannedTrial> = {};
      const measurements: Record<string, string> = {};
      for (const [id, measurement] of Object.entries(arm.measure)) {
        if (measurement.metric === "path") {
          const end = planTrial(measurement.from);
          ends[id] = end;
          // What an arm is called is nothing to its values.
          measurements[id] = measurementKey(key, { ...measurement, from: end.keys.trial });
        } else measurements[id] = measurementKey(key, measurement);
      }
      const keep = keepBy.get(training) ?? [];
      keepBy.set(training, keep);
      const keys = { training, trial: key, measurements };
      const trial = { ...planned, seed, input, keys, keep, ends, ...(source ? { source } : {}) };
      keep.push(plan.maxEpochs, ...measuredAlong(arm, plan));
      if (start && source) keepBy.get(source.keys.training)?.push(start.epoch);
      made.set(name, trial);
      return trial;
    };
    return arms.map(({ arm }) => planTrial(arm.name));
  });
  return trials;
}
