import { formatCount, formatNumber, formatPercent } from "../wording.ts";
import type { SpecDifference } from "./claim-spec.ts";
import type { Agreement, ComparedClaim, ComparedEffect, Outcome } from "./claims.ts";

/** Agreements in words, as they stand behind a count or in a cell. */
export const AGREEMENT_WORDS: Readonly<Record<Agreement, string>> = {
  agree: "agree",
  disagree: "disagree",
  "not-comparable": "not comparable",
  "not-measured": "not measured on two machines",
  "one-machine": "on one machine only",
};

/** Outcomes in words. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  "bit-equal": "bit-equal",
  rounding: "equal within rounding",
  "not-told-apart": "not told apart",
  small: "told apart, within the seed spread",
  beyond: "beyond the seed spread",
  "not-tested": "not tested",
};

/** "verdicts agree", "pass and fail: verdicts disagree", "not comparable: arm SB: regime (A, B | C)". */
export function agreementWords({ agreement, opposite, differences }: ComparedClaim): string {
  if (agreement === "one-machine") return "in one record only";
  if (agreement === "not-measured") return "not measured on two machines";
  if (agreement === "not-comparable") return `not comparable: ${differences.map(differenceWords).join("; ")}`;
  return agreement === "agree" ? "verdicts agree" : opposite ? "verdicts contradict" : "verdicts disagree";
}

/** "arm SB: regime (A, B | C)" */
export function differenceWords({ what, groups }: SpecDifference): string {
  return `${what} (${groups.map((names) => names.join(", ")).join(" | ")})`;
}

const MOST_PAIRS = 4;

/** What the machines' effects are to each other, with the numbers of its test, in a sentence without its full stop. */
export function effectWords({ outcome, test, notTested }: ComparedEffect, nameOf = (name: string) => name): string {
  if (!test) return `${OUTCOME_WORDS[outcome]}: ${notTested}`;
  if (outcome === "bit-equal") return `${OUTCOME_WORDS[outcome]} on ${formatCount(test.machines.length, "machine")}`;
  const design = test.design === "paired" ? `paired by ${formatCount(test.seeds.length, "seed")}` : "independent";
  const statistics = `${design}; Q ${formatQ(test.q)}, I² ${formatPercent(Math.round(100 * test.iSquared) / 100)}, p ${formatP(test.adjustedP)}`;
  const apart = test.apart.slice(0, MOST_PAIRS).map(({ machines }) => machines.map(nameOf).join(" from "));
  const left = test.apart.length - apart.length;
  const pairs = apart.length === 0 ? "" : `; apart: ${apart.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
  return `${OUTCOME_WORDS[outcome]}${distanceWords(test, nameOf)} (${statistics}${pairs})`;
}

function distanceWords(
  { farthest, inSpreads }: NonNullable<ComparedEffect["test"]>,
  nameOf: (name: string) => string,
): string {
  if (inSpreads === null || inSpreads === 0) return "";
  return `: ${farthest.map(nameOf).join(" to ")} ${formatNumber(inSpreads, [], 2)} seed spreads`;
}

/** Two decimals at most; what is too large to mean anything as "over 1e6". */
export function formatQ(q: number): string {
  return q > 1e6 ? "over 1e6" : formatNumber(q);
}

/** Two digits; "under 1e-9" where more would mean nothing. */
export function formatP(p: number): string {
  return p < 1e-9 ? "under 1e-9" : formatNumber(p, [], 2);
}
