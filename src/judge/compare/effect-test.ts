import { holm } from "../../stats/multiplicity.ts";
import { mean, pooledStandardDeviation, withinRange } from "../../stats/sample.ts";
import type { FoundEffect } from "./effects.ts";
import {
  type Heterogeneity,
  heterogeneityOfIndependent,
  heterogeneityOfPaired,
  type MachineEffect,
} from "./heterogeneity.ts";

/** An effect of a named machine. */
export interface NamedEffect extends FoundEffect {
  readonly machine: string;
}

/** Effects of machines beside each other. */
export interface EffectTest extends Heterogeneity {
  /** paired: the machines ran the same seeds, and are compared seed by seed; independent: each with its own standard error. */
  readonly design: "paired" | "independent";
  /** Seeds compared where paired. */
  readonly seeds: readonly number[];
  /** Machines that took part: those with a standard error. */
  readonly machines: readonly string[];
  /** The two that are farthest apart, lower estimate first. */
  readonly farthest: readonly [string, string];
  /** How far these are apart, on the judged scale. */
  readonly distance: number;
  /** Standard deviation over the seeds of one machine, pooled over machines, on the judged scale. null for a correlation. */
  readonly seedSpread: number | null;
  /** Distance in seed spreads; null for a correlation, or where the seeds do not vary. */
  readonly inSpreads: number | null;
  /** Whether every machine gave the same bits at each seed. */
  readonly bitEqual: boolean;
}

/** @returns why not, where there is nothing to test. */
export function testEffects(effects: readonly NamedEffect[]): EffectTest | { readonly notTested: string } {
  const scales = new Set(effects.map(({ cell }) => cell.effect.scale));
  if (scales.size > 1) return { notTested: `found on different scales: ${[...scales].toSorted().join(", ")}` };
  const usable = effects.filter(({ cell }) => cell.judged !== null);
  if (usable.length < 2) return { notTested: "fewer than two machines have a standard error" };
  const seeds = commonSeeds(usable);
  const facts = { machines: usable.map(({ machine }) => machine), bitEqual: allBitEqual(usable) };
  if (seeds.length >= 2) {
    const values = usable.map((effect) => valuesAt(effect, seeds));
    const found = heterogeneityOfPaired(values);
    return { ...found, design: "paired", seeds, ...facts, ...distances(usable, values.map(mean)) };
  }
  const independent = usable.map(machineEffect);
  const found = independentHeterogeneity(independent);
  if (!found) return { notTested: "a machine's seeds all gave the same, so its standard error is not known" };
  const estimates = independent.map(({ estimate }) => estimate);
  return { ...found, design: "independent", seeds: [], ...facts, ...distances(usable, estimates) };
}

/** Seeds of all machines, where they are the most of each machine's; else none. */
function commonSeeds(effects: readonly NamedEffect[]): number[] {
  const [first, ...others] = effects.map(({ values }) => values);
  const common = [...(first?.keys() ?? [])].filter((seed) => others.every((values) => values.has(seed)));
  const isMost = effects.every(({ values }) => 2 * common.length > values.size);
  return common.length >= 2 && isMost ? common.toSorted((a, b) => a - b) : [];
}

function allBitEqual(effects: readonly NamedEffect[]): boolean {
  const [first, ...others] = effects;
  if (!first || first.values.size === 0) return false;
  return others.every(
    ({ values }) =>
      values.size === first.values.size && [...values].every(([seed, value]) => first.values.get(seed) === value),
  );
}

function distances(effects: readonly NamedEffect[], estimates: readonly number[]) {
  const [lowest, highest] = [Math.min(...estimates), Math.max(...estimates)];
  const nameAt = (estimate: number) => effects[estimates.indexOf(estimate)]?.machine ?? "";
  const others = effects.filter((_, i) => estimates[i] === highest).map(({ machine }) => machine);
  const low = nameAt(lowest);
  // Of equal estimates the two are still two machines.
  const high = others.find((machine) => machine !== low) ?? nameAt(highest);
  const distance = withinRange(highest - lowest);
  const seedSpread = pooledStandardDeviation(effects.map(({ values }) => [...values.values()]));
  return {
    farthest: [low, high] as const,
    distance,
    seedSpread,
    inSpreads: distance === 0 ? 0 : seedSpread === null || seedSpread === 0 ? null : withinRange(distance / seedSpread),
  };
}

/** Two machines whose effects are not one. */
export interface ApartPair {
  readonly machines: readonly [string, string];
  /** Adjusted for all pairs of this effect (Holm). */
  readonly adjustedP: number;
}

/** Pairs of machines told apart at a level, the clearest first: by paired t tests, or by Cochran's Q of two. */
export function pairsApart(effects: readonly NamedEffect[], { design, seeds }: EffectTest, level: number): ApartPair[] {
  const usable = effects.filter(({ cell }) => cell.judged !== null);
  const pairs = usable.flatMap((a, i) => usable.slice(i + 1).map((b) => [a, b] as const));
  const adjusted = holm(pairs.map(([a, b]) => (design === "paired" ? pairedP(a, b, seeds) : independentP([a, b]))));
  return pairs
    .map(([a, b], i): ApartPair => ({ machines: [a.machine, b.machine], adjustedP: adjusted[i] as number }))
    .filter(({ adjustedP }) => adjustedP < level)
    .toSorted((a, b) => a.adjustedP - b.adjustedP);
}

function pairedP(a: NamedEffect, b: NamedEffect, seeds: readonly number[]): number {
  return heterogeneityOfPaired([a, b].map((effect) => valuesAt(effect, seeds))).p;
}

function independentP(pair: readonly NamedEffect[]): number {
  return independentHeterogeneity(pair.map(machineEffect))?.p ?? 1;
}

function valuesAt({ values }: NamedEffect, seeds: readonly number[]): number[] {
  return seeds.map((seed) => values.get(seed) as number);
}

function machineEffect({ cell }: NamedEffect): MachineEffect {
  const { estimate = 0, standardError = 0, degreesOfFreedom = null } = cell.judged ?? {};
  return { estimate, standardError, degreesOfFreedom: degreesOfFreedom ?? Number.POSITIVE_INFINITY };
}

/** @returns null where effects differ and one of them has seeds that all gave the same: its standard error is not known. */
function independentHeterogeneity(effects: readonly MachineEffect[]): Heterogeneity | null {
  const [first] = effects;
  if (effects.every(({ estimate }) => estimate === first?.estimate)) {
    return { q: 0, degreesOfFreedom: effects.length - 1, iSquared: 0, chiSquaredP: 1, p: 1 };
  }
  return effects.some(({ standardError }) => standardError === 0) ? null : heterogeneityOfIndependent(effects);
}
