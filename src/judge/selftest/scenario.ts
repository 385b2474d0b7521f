import type { Arm, PublishedEntry, ResolvedAssertion, Sample, SampleReference } from "../../spec/run.types.ts";
import type { Draws } from "./draws.ts";

/**
 * An assertion and a law of its samples. The effect is how far the truth lies from the assertion's bound, on the claimed
 * side, in standard deviations of one arm over seeds; 0, on the bound itself, is where an error is likeliest. For most
 * kinds that is the same distribution under both names.
 */
export interface Scenario {
  /** As a suite writes it. */
  readonly kind: string;
  /** What the samples are like. */
  readonly law: string;
  readonly assertion: ResolvedAssertion;
  readonly measure: Readonly<Record<string, Arm["measure"]>>;
  /** What one seed gives. */
  sample(seed: number, effect: number, draws: Draws): readonly Sample[];
  /** Drawn anew with every run, where the paper's own value is a sample too. */
  published?(draws: Draws): Readonly<Record<string, PublishedEntry>>;
  /** Verdicts that are wrong at effect 0, with how many tails of (1 − confidence) / 2 each may take. */
  readonly wrongAtZero: Readonly<Partial<Record<"pass" | "fail", number>>>;
  /** What an effect above 0 should come to; pass but for kinds that look for a departure. */
  readonly found: "pass" | "fail";
  readonly effects: readonly number[];
  /** Why too many errors are to be expected: a limit that is told and does not count. */
  readonly limit?: string;
}

export const EFFECTS = [0.5, 1, 2, 4] as const;

/** A reference to a measurement x of an arm. */
export function of(arm: string, measurement = "x"): SampleReference {
  return { arm, measurement };
}

export function value(arm: string, seed: number, number: number, measurement = "x"): Sample {
  return { arm, seed, measurement, value: number };
}

/** Arms that measure something that has no maximisers. */
export function arms(...names: readonly string[]): Scenario["measure"] {
  return Object.fromEntries(names.map((name) => [name, { x: { metric: "distance" as const } }]));
}

/** φ over seeds: log-normal, one spread a factor of e. @param shift in spreads. */
export function phi(draws: Draws, shift = 0): number {
  return 10 * Math.exp(draws.normal() + shift);
}

export const ACCURACY_SPREAD = 0.01;

/** An accuracy over seeds: normal. @param shift in spreads. */
export function accuracy(draws: Draws, shift = 0): number {
  return 0.9 + ACCURACY_SPREAD * (draws.normal() + shift);
}
