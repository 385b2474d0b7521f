import type { ResolvedCorrelation, RunRecord } from "../../spec/run.types.ts";
import { spearmanInterval } from "../../stats/fisher-interval.ts";
import { spearman } from "../../stats/spearman.ts";
import { type Criterion, formatReference, plainStatistic, quantityOf, single } from "../criterion.ts";
import type { Finding } from "../judge-criterion.ts";
import { observe } from "../observe.ts";
import { formatOutside, formatRegion, placeOf } from "../region.ts";
import type { Effect } from "../verdict.ts";
import { formatEffect, formatRemarks } from "../wording.ts";

/** What is shown of a correlation; it is judged over all trials at once, not seed by seed. */
export function correlationCriterion({ pairs, above }: ResolvedCorrelation): Criterion {
  const [{ first, second }] = pairs;
  const arms = pairs.map((pair) => pair.first.arm).join(", ");
  const named = (reference: typeof first) => formatReference(reference).slice(reference.arm.length + 1);
  return {
    expression: `ρ of ${named(first)} with ${named(second)} over ${arms} > ${above}`,
    subject: `ρ of ${quantityOf(first)} with ${quantityOf(second)} over ${pairs.length} arms`,
    operands: pairs.flatMap((pair) => [single(pair.first), single(pair.second)]),
    statistic: plainStatistic,
    scale: "correlation",
    region: { kind: "above", bound: above },
  };
}

/** correlation: Spearman's ρ over the trials of all arms, with Fisher's interval. */
export function judgeCorrelation(record: RunRecord, assertion: ResolvedCorrelation): Finding {
  const { expression, region } = correlationCriterion(assertion);
  const { confidence } = record.suite;
  const found = assertion.pairs.map(({ first, second }) =>
    observe(record, { operands: [single(first), single(second)], statistic: plainStatistic }),
  );
  const values = found.flatMap((each) => each.values);
  const remarks = found.flatMap((each) => each.remarks);
  const gaps = remarks.length === 0 ? "" : `${formatRemarks(remarks)}; `;
  const correlation = spearman(
    values.map(({ first }) => first),
    values.map(({ second = Number.NaN }) => second),
  );
  if (!correlation) {
    const why = values.length < 3 ? `${values.length} trials are too few` : "one of the two does not vary";
    return { result: { status: "not-measured", expression, reason: `${gaps}${why}` }, side: "neither" };
  }
  const { rho } = correlation;
  const interval = spearmanInterval(rho, values.length, confidence);
  const effect: Effect = { scale: "correlation", estimate: rho, interval, n: values.length };
  const words = formatEffect(effect, confidence, [assertion.above], "trial");
  const side = rho > assertion.above ? "claimed" : rho < assertion.above ? "other" : "neither";
  const base = { expression, effect, values };
  const inconclusive = (why: string, settle: string): Finding => ({
    result: { ...base, status: "inconclusive", reason: `${gaps}${words}: ${why}`, settle },
    side,
  });
  if (!interval) return inconclusive("fewer than four trials give no interval", "more seeds or arms");
  if (remarks.length > 0) return inconclusive("what is left may be biased", "values of all trials");
  const place = placeOf(interval, region);
  if (place === "across") return inconclusive(`the interval contains ${assertion.above}`, "more seeds or arms");
  const where = place === "inside" ? formatRegion(region) : formatOutside(region, place);
  const status = place === "inside" ? "pass" : "fail";
  return { result: { ...base, status, reason: `${words}: the whole interval lies ${where}` }, side };
}
