import type { Optimizer } from "../spec/suite.types.ts";

interface SharedConstants {
  /** λ of an L2 penalty; λ θ is added to the gradient after clipping. */
  readonly weightDecay: number;
  /** Longest gradient; absent: no limit. */
  readonly clipNorm: number | undefined;
  /** Vectors of state kept for every parameter besides θ, such as moments; they start at 0. */
  readonly stateCount: number;
  /** How many numbers `schedule` gives. */
  readonly scheduleLength: number;
  /** The numbers of one update, the learning rate (or what stands for it) first. @param update counted from 1. */
  schedule(update: number): number[];
}

/** An optimiser's numbers, defaults filled in; the rules themselves are each engine's. */
export type UpdateConstants = SharedConstants &
  (
    | { readonly rule: "adam"; readonly beta1: number; readonly beta2: number }
    | { readonly rule: "sgd"; readonly momentum: number }
    | { readonly rule: "adagrad"; readonly epsilon: number }
  );

/**
 * - adam (Kingma & Ba 2015, algorithm 1) with scaled moments M = m / (1 − β₁), V = v / (1 − β₂): M ← β₁M + g,
 *   V ← β₂V + g²; the bias corrections go into the schedule's two numbers a, b: θ ← θ − a M / (√V + b).
 * - sgd: v ← m v + g, θ ← θ − lr v (PyTorch's form, no dampening); without momentum there is no state.
 * - adagrad: s ← s + g², θ ← θ − lr g / (√s + ε) (Duchi et al. 2011, as PyTorch has it).
 *
 * @param optimizer with or without defaults filled in.
 */
export function updateConstants(optimizer: Optimizer): UpdateConstants {
  if ("adam" in optimizer) {
    const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, clipNorm } = optimizer.adam;
    const schedule = (update: number) => {
      const first = (1 - beta1) / (1 - beta1 ** update);
      const second = Math.sqrt((1 - beta2) / (1 - beta2 ** update));
      return [(learningRate * first) / second, epsilon / second];
    };
    return { rule: "adam", beta1, beta2, weightDecay, clipNorm, stateCount: 2, scheduleLength: 2, schedule };
  }
  if ("sgd" in optimizer) {
    const { learningRate, momentum = 0, weightDecay = 0, clipNorm } = optimizer.sgd;
    const stateCount = momentum === 0 ? 0 : 1;
    return {
      rule: "sgd",
      momentum,
      weightDecay,
      clipNorm,
      stateCount,
      scheduleLength: 1,
      schedule: () => [learningRate],
    };
  }
  const { learningRate, epsilon = 1e-10, weightDecay = 0, clipNorm } = optimizer.adagrad;
  return {
    rule: "adagrad",
    epsilon,
    weightDecay,
    clipNorm,
    stateCount: 1,
    scheduleLength: 1,
    schedule: () => [learningRate],
  };
}
