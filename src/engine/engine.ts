import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../data/samples.ts";
import type { ParameterLayout } from "../networks/layout.ts";
import type { ResolvedNetwork } from "../networks/shapes.ts";
import type { EngineFacts } from "../spec/run.types.ts";
import type { Optimizer, TrainingObjective } from "../spec/suite.types.ts";

/** What computes: gives models, knows its device. Everything passes through flat float32 vectors θ ∈ Rⁿ. */
export interface Engine {
  readonly facts: EngineFacts;
  /** @throws ClaimbenchError when a layer cannot be run. */
  load(network: ResolvedNetwork): Model;
  /**
   * Where the operators of a training step run, for engines that may leave some to the CPU; absent for others.
   *
   * @returns operators by name; `device` is empty where nothing ran on the device.
   */
  placementOf?(
    network: ResolvedNetwork,
    objective?: TrainingObjective,
  ): Promise<{ readonly device: readonly string[]; readonly cpu: readonly string[] }>;
  /** @param matrix float32 [rows, columns], row by row; kept, not copied. */
  linearMap(matrix: Float32Array<ArrayBuffer>, rows: number, columns: number): Promise<LinearMap>;
}

/** A fixed matrix M [rows, columns], multiplied from both sides. */
export interface LinearMap {
  /** Writes M v into `into` [rows]. @param vector [columns] */
  multiply(vector: Float32Array, into: Float32Array): Promise<void>;
  /** Writes wᵀ M into `into` [columns]. @param weights [rows] */
  combineRows(weights: Float32Array, into: Float32Array): Promise<void>;
  release(): Promise<void>;
}

export interface Model {
  readonly network: ResolvedNetwork;
  /** Multiply-adds that are worth one call of {@link Trainer.update}: a few tenths of a second, or state would be copied too often. */
  readonly workPerCall: number;
  readonly layout: ParameterLayout;
  /** Draws x₀, Float32Array[n]. */
  initialise(random: RandomGenerator): Float32Array<ArrayBuffer>;
  /** @param random draws dropout masks and noise, update by update. */
  trainer(samples: Samples, optimizer: Optimizer, random: RandomGenerator, options?: TrainerOptions): Trainer;
  /**
   * @param evaluationBatch most samples per evaluation; the samples are cut into nearly equal parts.
   * @param running running statistics at which batch norm with `statistics: "running"` normalises; needed only there.
   */
  objective(samples: Samples, evaluationBatch: number, running?: Float32Array): Objective;
  /** Frees the runtime's sessions. */
  dispose(): Promise<void>;
}

export interface TrainerOptions {
  /**
   * Samples whose gradient is taken at a time; a batch's gradient is their mean, and batch-norm statistics are over each
   * micro-batch. Without it, over the whole batch at once.
   */
  readonly microBatch?: number;
  /**
   * What an update descends; the batch's mean loss when absent. Adversarial samples are not clipped to the data's range.
   * With micro-batches, batch-norm statistics of every pass are over each of them, and `sam`'s norm is that of the whole
   * batch's gradient.
   */
  readonly objective?: TrainingObjective;
}

/** θ, the optimiser's state vectors (each of θ's length), running statistics and the updates made: all a training run needs to go on. */
export interface TrainingState {
  theta: Float32Array<ArrayBuffer>;
  /** Running means and variances, laid out by `layout.running`; empty where no layer keeps any. */
  running: Float32Array<ArrayBuffer>;
  moments: Float32Array<ArrayBuffer>[];
  updates: number;
}

export interface Trainer {
  /** State before the first update. @param theta x₀; copied. */
  start(theta: Float32Array): TrainingState;
  /**
   * Makes consecutive updates; `state` then holds new vectors. A caller may put other vectors in their place, but not
   * write into them: an engine may have copies on its device.
   *
   * @param indices positions of samples, [batches × batch]. A batch is an update, or as many as its objective has steps.
   * @param rateFactor what the learning rate is multiplied by at an update, counted from 1.
   * @returns mean loss of each update's batch before it, nats, [updates]: of what the objective says, at θ, without a
   * proximal term.
   */
  update(
    state: TrainingState,
    indices: Int32Array,
    batch: number,
    rateFactor?: (update: number) => number,
  ): Promise<Float32Array>;
  /** Lets go of its samples: what a device holds of them is freed. To be called when no update will follow. */
  release(): Promise<void>;
}

export interface Evaluation {
  /** Mean cross-entropy, nats. */
  readonly loss: number;
  /** Share classified correctly, 0 to 1. */
  readonly accuracy: number;
}

/** f: Rⁿ → R, the mean loss over fixed samples in fixed evaluation batches, as a pure function of θ. */
export interface Objective {
  readonly dimension: number;
  evaluate(theta: Float32Array): Promise<Evaluation>;
  /**
   * Writes ∇f(θ) into `gradient` [n].
   *
   * @param patternsAt θ₀ [n]: f is then that of the network whose ReLUs pass the units, and whose max-pools take the
   * positions, that they do at θ₀. Near θ₀ it is f itself, but smooth everywhere.
   * @returns f(θ).
   */
  lossAndGradient(theta: Float32Array, gradient: Float32Array, patternsAt?: Float32Array): Promise<number>;
}
