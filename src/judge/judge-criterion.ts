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
  const excluded = values.filter((pair) => !usable.includes(pair));
  const scale = usable.length > 0 ? criterion.scale : "difference";
  const found = estimate(scale, usable.length > 0 ? usable : values, confidence);
  const compared = scale === criterion.scale ? boundsOf(criterion.region) : [0];
  const effectWords = formatEffect(found.effect, confidence, [...compared, ...minimumOf(criterion)]);
  const inconclusive = (reason: string, settle: string, side: Side): Finding => ({
    result: { status: "inconclusive", expression, reason, effect: found.effect, values, settle },
    side,
  });

  if (scale !== criterion.scale) {
    const reason = `${gaps}no seed gives a ratio: ${notPositiveWords(criterion, excluded)}; ${effectWords}`;
    return inconclusive(reason, settlePositive(excluded), "neither");
  }
  const decision = criterion.equivalence
    ? decideEquivalence(found, estimate(scale, usable, record.suite.confidence), criterion, record.suite.confidence)
    : decide(found, criterion, confidence);
  if (excluded.length > 0) {
    const reason = `${gaps}a ratio takes positive values only: ${notPositiveWords(criterion, excluded)}; without, ${effectWords}, ${decision.why}`;
    return inconclusive(reason, settlePositive(excluded), decision.side);
  }
  if (missing.length > 0) {
    const reason = `${gaps}what is left may be biased: ${effectWords}, ${decision.why}`;
    return inconclusive(reason, `values at ${formatSeeds(missing)}`, decision.side);
  }
  const { status, side, why, settle } = decision;
  const reason = `${effectWords}: ${why}${notesWords(observations.notes)}`;
  return {
    result: { status, expression, reason, effect: found.effect, values, ...(settle === undefined ? {} : { settle }) },
    side,
  };
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
