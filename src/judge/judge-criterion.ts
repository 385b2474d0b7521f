import { grouped } from "../spec/grouped.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { type Criterion, formatReference } from "./criterion.ts";
import { type Decision, decide, type Side } from "./decide.ts";
import { type Estimate, estimate, usableValues } from "./estimate.ts";
import { type Observations, observe } from "./observe.ts";
import { boundsOf } from "./region.ts";
import type { SeedValues, SingleResult } from "./verdict.ts";
import {
  formatCount,
  formatEffect,
  formatNumber,
  formatPercent,
  formatRemarks,
  formatSeeds,
  type SeedRemark,
} from "./wording.ts";

/** A result, and on which side of the bound its estimate is. */
export interface Finding {
  readonly result: SingleResult;
  readonly side: Side;
}

/**
 * Judges one set of samples. A planned seed without values leaves a remainder that may be biased (the trials that
 * diverge are not a random choice), so its result is inconclusive at best; with fewer than two pairs left of several it
 * is not measured.
 */
export function judgeCriterion(record: RunRecord, criterion: Criterion): Finding {
  const { expression } = criterion;
  const { seeds } = record.suite;
  const confidence = criterion.equivalence ? 2 * record.suite.confidence - 1 : record.suite.confidence;
  const observations = observe(record, criterion);
  const { values, missing } = observations;
  const gaps = missing.length === 0 ? "" : `${gapWords(observations, seeds.length)}; `;
  if (values.length === 0 || (values.length === 1 && missing.length > 0)) {
    const left = values.length === 0 ? "nothing is left to judge" : "one seed is left, which gives no interval";
    return { result: { status: "not-measured", expression, reason: `${gaps}${left}` }, side: "neither" };
  }

  const usable = usableValues(criterion.scale, values);
  if (usable.length === 0) return withoutRatio(criterion, values, confidence, gaps);
  const found = estimate(criterion.scale, usable, confidence);
  const decision = criterion.equivalence
    ? decideEquivalence(
        found,
        estimate(criterion.scale, usable, record.suite.confidence),
        criterion,
        record.suite.confidence,
      )
    : decide(found, criterion, confidence);
  const effectWords = formatEffect(found.effect, confidence, [...boundsOf(criterion.region), ...minimumOf(criterion)]);
  const base = { expression, effect: found.effect, values };
  const inconclusive = (reason: string, settle: string): Finding => ({
    result: { ...base, status: "inconclusive", reason: `${gaps}${reason}, ${decision.why}`, settle },
    side: decision.side,
  });

  const excluded = values.filter((pair) => !usable.includes(pair));
  if (excluded.length > 0) {
    const reason = `a ratio takes positive values only: ${notPositiveWords(criterion, excluded)}; without, ${effectWords}`;
    return inconclusive(reason, settlePositive(excluded));
  }
  if (missing.length > 0) {
    return inconclusive(`what is left may be biased: ${effectWords}`, `values at ${formatSeeds(missing)}`);
  }
  const { status, side, why, settle } = decision;
  const reason = `${effectWords}: ${why}${notesWords(observations.notes)}`;
  return { result: { ...base, status, reason, ...(settle === undefined ? {} : { settle }) }, side };
}

/** Of a ratio without one pair of positive values the difference is told, and nothing decided. */
function withoutRatio(criterion: Criterion, values: readonly SeedValues[], confidence: number, gaps: string): Finding {
  const { effect } = estimate("difference", values, confidence);
  const effectWords = formatEffect(effect, confidence, [0, ...minimumOf(criterion)]);
  const reason = `${gaps}no seed gives a ratio: ${notPositiveWords(criterion, values)}; ${effectWords}`;
  const { expression } = criterion;
  const settle = settlePositive(values);
  return { result: { status: "inconclusive", expression, reason, effect, values, settle }, side: "neither" };
}

function gapWords({ missing, remarks }: Observations, planned: number): string {
  const count = missing.length === planned && planned > 1 ? `all ${planned}` : `${missing.length} of ${planned}`;
  return `${count} seed${planned === 1 ? "" : "s"} missing: ${formatRemarks(remarks)}`;
}

function notPositiveWords({ operands }: Criterion, values: readonly SeedValues[]): string {
  const remarks = values.flatMap((pair) => {
    const named = [pair.first, ...(pair.second === undefined ? [] : [pair.second])];
    return named.flatMap((value, i): SeedRemark[] => {
      const reference = operands[i]?.reference;
      if (value > 0 || !reference) return [];
      return [{ seed: pair.seed, subject: formatReference(reference), remark: `is ${formatNumber(value)}` }];
    });
  });
  return formatRemarks(remarks);
}

function settlePositive(excluded: readonly SeedValues[]): string {
  return `positive values at ${formatSeeds(excluded.map(({ seed }) => seed))}`;
}

function minimumOf({ minimum }: Criterion): number[] {
  return minimum ? [minimum.estimate] : [];
}

/**
 * That two are equivalent takes the narrow interval of two one-sided tests; that they are not takes the whole one.
 *
 * @param confidence of the whole one.
 */
function decideEquivalence(narrow: Estimate, whole: Estimate, criterion: Criterion, confidence: number): Decision {
  const decision = decide(narrow, criterion, 2 * confidence - 1);
  if (decision.status !== "fail") return decision;
  const refuted = decide(whole, criterion, confidence);
  if (refuted.status === "fail") return decision;
  return { ...refuted, why: `${decision.why}, but that at ${formatPercent(confidence)} does not` };
}

/** "; the best break is at 4 in 3 of 5 seeds" */
function notesWords(notes: readonly string[]): string {
  const groups = [...grouped(notes, (note) => note)].toSorted(([, a], [, b]) => b.length - a.length);
  const [most] = groups;
  return most ? `; the best break is at ${most[0]} in ${most[1].length} of ${formatCount(notes.length, "seed")}` : "";
}
