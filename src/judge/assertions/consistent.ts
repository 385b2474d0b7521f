import type { PublishedValue, ResolvedConsistent, RunRecord } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, plainStatistic, quantityOf, single } from "../criterion.ts";
import { estimate } from "../estimate.ts";
import type { Finding } from "../judge-criterion.ts";
import { observe } from "../observe.ts";
import { publishedPrediction } from "../published-prediction.ts";
import { formatCount, formatInterval, formatNumber, formatRemarks } from "../wording.ts";

/** @returns also why there is no prediction, where the published value allows none. */
export function consistentCriterion(
  record: RunRecord,
  { of, pointer, arm }: ResolvedConsistent,
): Criterion & { readonly unpredicted?: string } {
  const published = record.published[pointer]?.arms[arm];
  const { seeds, confidence } = record.suite;
  const prediction = publishedPrediction(published, seeds.length, confidence)?.interval;
  return {
    expression: `${formatReference(of)} consistent with ${pointer} ${arm}`,
    subject: `${plainArm(of)}, ${quantityOf(of)}`,
    operands: [single(of)],
    statistic: plainStatistic,
    scale: "mean",
    region: { kind: "within", lowest: prediction?.lower ?? Number.NaN, highest: prediction?.upper ?? Number.NaN },
    ...(prediction ? {} : { unpredicted: whyUnpredicted(published, { pointer, arm }) }),
  };
}

function whyUnpredicted(
  published: PublishedValue | undefined,
  { pointer, arm }: Pick<ResolvedConsistent, "pointer" | "arm">,
): string {
  if (!published) return `nothing is published of ${arm} at ${pointer}`;
  if (published.n === 1) return "the published value is of one trial, which has no spread";
  return "the published value lacks its spread, or of how many trials it is";
}

/** consistent: the mean lies where the published one says that the mean of so many trials falls. */
export function judgeConsistent(record: RunRecord, assertion: ResolvedConsistent): Finding {
  const criterion = consistentCriterion(record, assertion);
  const { expression, region, unpredicted } = criterion;
  const { confidence } = record.suite;
  const { values, missing, remarks } = observe(record, criterion);
  const absent = (reason: string): Finding => ({
    result: { status: "not-measured", expression, reason },
    side: "neither",
  });
  if (unpredicted !== undefined || region.kind !== "within") return absent(unpredicted ?? "");
  if (values.length === 0) return absent(`${formatRemarks(remarks)}; nothing is left to judge`);
  const { effect } = estimate("mean", values, confidence);
  const { lowest: lower, highest: upper } = region;
  const inside = lower <= effect.estimate && effect.estimate <= upper;
  const side = inside ? "claimed" : "other";
  const published = record.published[assertion.pointer]?.arms[assertion.arm];
  const reason = `our mean ${formatNumber(effect.estimate, [lower, upper], 4)} lies ${inside ? "in" : "outside"} ${formatInterval({ lower, upper }, [effect.estimate], 4)}, expected of ${formatCount(record.suite.seeds.length, "trial")} from the published ${published?.mean} ± ${published?.std} (${formatCount(published?.n ?? 0, "trial")})`;
  const base = { expression, effect, values };
  if (missing.length > 0) {
    const settle = "values of all trials";
    return {
      result: { ...base, status: "inconclusive", reason: `${formatRemarks(remarks)}; ${reason}`, settle },
      side,
    };
  }
  return { result: { ...base, status: inside ? "pass" : "fail", reason }, side };
}
