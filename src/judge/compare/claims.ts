import { holm } from "../../stats/multiplicity.ts";
import { ROUNDING } from "../captured/spread.ts";
import type { VerdictStatus } from "../verdict.ts";
import { type SpecDifference, specDifferences } from "./claim-spec.ts";
import { type ApartPair, type EffectTest, type NamedEffect, pairsApart, testEffects } from "./effect-test.ts";
import { type EffectCell, type EffectIdentity, effectsOf, type FoundEffect } from "./effects.ts";
import type { Machine } from "./machine.ts";

/**
 * agree: one verdict on all machines that measured the claim, two at least; disagree: more than one; not-comparable: they do
 * not mean the same by it; not-measured: fewer than two measured it; one-machine: only one has it.
 */
export type Agreement = "agree" | "disagree" | "not-comparable" | "not-measured" | "one-machine";

export interface ComparedClaim {
  readonly claim: string;
  readonly statement: string;
  readonly registry: string | null;
  /** Told and not gated. */
  readonly finding: boolean;
  readonly agreement: Agreement;
  /** Whether one machine passes what another fails. */
  readonly opposite: boolean;
  /** By machine; null where its record does not have the claim. */
  readonly verdicts: readonly (ClaimCell | null)[];
  /** Why it is not comparable. */
  readonly differences: readonly SpecDifference[];
  readonly effects: readonly ComparedEffect[];
}

export interface ClaimCell {
  readonly status: VerdictStatus;
  /** Whether data made up by a generator stands in for what the claim is about. */
  readonly surrogate: boolean;
  readonly reason: string;
}

/**
 * bit-equal: the same at every seed; rounding: less than a millionth apart; not-told-apart: no farther than the seeds
 * explain; small: told apart, but by less than the standard deviation over seeds; beyond: told apart by more than it.
 */
export type Outcome = "bit-equal" | "rounding" | "not-told-apart" | "small" | "beyond" | "not-tested";

export interface ComparedEffect extends EffectIdentity {
  /** By machine; null where it was not measured or is not in the record. */
  readonly cells: readonly (EffectCell | null)[];
  readonly outcome: Outcome;
  /** null where the effects were not tested. */
  readonly test: (EffectTest & { readonly adjustedP: number; readonly apart: readonly ApartPair[] }) | null;
  /** Why not. */
  readonly notTested: string | null;
}

/**
 * Every claim of any machine, in the order of the record with most claims, then what others add.
 *
 * @param level of the tests, such as 0.05, for all effects together.
 */
export function compareClaims(machines: readonly Machine[], level: number): ComparedClaim[] {
  return adjusted(
    claimIds(machines).map((claim) => compareClaim(machines, claim)),
    level,
  );
}

function claimIds(machines: readonly Machine[]): string[] {
  const lists = machines
    .map(({ verdicts }) => verdicts.map(({ claim }) => claim))
    .toSorted((a, b) => b.length - a.length || (a.join("\n") < b.join("\n") ? -1 : 1));
  return [...new Set(lists.flat())];
}

type Untested = Omit<ComparedClaim, "effects"> & {
  readonly effects: readonly (EffectIdentity & {
    readonly cells: readonly (EffectCell | null)[];
    readonly named: readonly NamedEffect[];
    readonly tested: EffectTest | { readonly notTested: string };
  })[];
};

function compareClaim(machines: readonly Machine[], claim: string): Untested {
  const having = machines.filter(({ verdicts }) => verdicts.some((verdict) => verdict.claim === claim));
  const verdicts = machines.map((machine) => machine.verdicts.find((verdict) => verdict.claim === claim));
  const stated = having[0]?.record.suite.claims.find(({ id }) => id === claim);
  const differences = specDifferences(having, claim);
  const measured = verdicts.flatMap((verdict) =>
    verdict && verdict.status !== "not-measured" ? [verdict.status] : [],
  );
  const statuses = new Set(measured);
  const comparable = having.length > 1 && differences.length === 0;
  return {
    claim,
    statement: stated?.statement || claim,
    registry: stated?.registry ?? null,
    finding: verdicts.some((verdict) => verdict?.finding),
    agreement:
      having.length === 1
        ? "one-machine"
        : differences.length > 0
          ? "not-comparable"
          : measured.length < 2
            ? "not-measured"
            : statuses.size === 1
              ? "agree"
              : "disagree",
    opposite: comparable && statuses.has("pass") && statuses.has("fail"),
    verdicts: verdicts.map((verdict) =>
      verdict ? { status: verdict.status, surrogate: verdict.surrogate, reason: verdict.reason } : null,
    ),
    differences,
    effects: compareEffects(
      machines,
      verdicts,
      having.length === 1
        ? "only one machine has the claim"
        : comparable
          ? null
          : "the machines do not mean the same by the claim",
    ),
  };
}

/** @param whyNot they cannot be tested. */
function compareEffects(
  machines: readonly Machine[],
  verdicts: readonly (Machine["verdicts"][number] | undefined)[],
  whyNot: string | null,
): Untested["effects"] {
  const identities = new Map<string, EffectIdentity>();
  const found = verdicts.map((verdict) => {
    const effects = new Map<string, FoundEffect>();
    for (const { identity, found: effect } of verdict ? effectsOf(verdict) : []) {
      if (!identities.has(identity.key)) identities.set(identity.key, identity);
      if (effect) effects.set(identity.key, effect);
    }
    return effects;
  });
  return [...identities.values()].map((identity) => {
    const named = machines.flatMap(({ name }, i): NamedEffect[] => {
      const effect = found[i]?.get(identity.key);
      return effect ? [{ machine: name, ...effect }] : [];
    });
    const cells = machines.map((_, i) => found[i]?.get(identity.key)?.cell ?? null);
    return { ...identity, cells, named, tested: whyNot === null ? testEffects(named) : { notTested: whyNot } };
  });
}

/** Adjusts p for all effects tested (Holm), and says what each came to. */
function adjusted(claims: readonly Untested[], level: number): ComparedClaim[] {
  const tests = claims.flatMap(({ effects }) =>
    effects.flatMap(({ tested }) => ("notTested" in tested ? [] : [tested])),
  );
  const pValues = holm(tests.map(({ p }) => p));
  const adjustedP = new Map(tests.map((test, i) => [test, pValues[i] as number]));
  return claims.map((claim) => ({
    ...claim,
    effects: claim.effects.map(({ named, tested, ...effect }): ComparedEffect => {
      if ("notTested" in tested) return { ...effect, outcome: "not-tested", test: null, notTested: tested.notTested };
      const p = adjustedP.get(tested) as number;
      const apart = p < level ? pairsApart(named, tested, level) : [];
      const test = { ...tested, adjustedP: p, apart };
      return { ...effect, outcome: outcomeOf(test, named, level), test, notTested: null };
    }),
  }));
}

function outcomeOf(
  test: EffectTest & { readonly adjustedP: number },
  named: readonly NamedEffect[],
  level: number,
): Outcome {
  if (test.bitEqual) return "bit-equal";
  // Logarithms apart by so much are ratios apart by as large a share.
  const sizes = named.map(({ cell }) => (cell.effect.scale === "ratio" ? 1 : Math.abs(cell.effect.estimate)));
  if (test.distance <= ROUNDING * Math.max(...sizes)) return "rounding";
  if (test.adjustedP >= level) return "not-told-apart";
  return test.inSpreads !== null && test.inSpreads < 1 ? "small" : "beyond";
}
