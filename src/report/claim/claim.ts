import { comparePublished } from "../../judge/published.ts";
import { placeOf } from "../../judge/region.ts";
import type { AssertionVerdict, ClaimVerdict, VerdictStatus } from "../../judge/verdict.ts";
import { formatPercent } from "../../judge/wording.ts";
import type { Claim, RunRecord } from "../../spec/run.types.ts";
import { variantOf } from "../arms.ts";
import { isPaperScale, scaleWords } from "../words/scale-words.ts";
import { sentence } from "../words/sentence.ts";
import { type VerdictWords, verdictWords } from "../words/verdict-words.ts";
import { type AssertionView, assertionView } from "./assertion.ts";
import { type PublishedView, publishedView } from "./published.ts";

/** The section of one claim. */
export interface ClaimView {
  readonly id: string;
  readonly anchor: string;
  readonly registry: string | null;
  readonly statement: string;
  readonly variant: string;
  readonly source: string;
  readonly verdict: VerdictWords;
  /** The verdict as a sentence. */
  readonly outcome: string;
  /** "finding, not gated", "surrogate data", "maximiser-dependent": what the verdict must not be read without. */
  readonly marks: readonly string[];
  /** Of a verdict that the suite's other claims changed: what it would be without them. */
  readonly alone: string | null;
  /** Of several assertions taken together; one has its reason beside it. */
  readonly reason: string | null;
  readonly assertions: readonly AssertionView[];
  readonly note: string | null;
  readonly published: readonly PublishedView[];
  readonly scale: string;
}

export function claimViews(record: RunRecord, verdicts: readonly ClaimVerdict[]): ClaimView[] {
  const taken = new Set<string>();
  return verdicts.map((verdict) => {
    const claim = record.suite.claims.find(({ id }) => id === verdict.claim);
    return claimView(record, verdict, claim, anchorOf(verdict.claim, taken));
  });
}

function claimView(record: RunRecord, verdict: ClaimVerdict, claim: Claim | undefined, anchor: string): ClaimView {
  const published = comparePublished(record, verdict);
  const { assertions } = verdict;
  const deciding = assertions.filter(({ status }) => status === verdict.status).length;
  return {
    id: verdict.claim,
    anchor,
    registry: claim?.registry ?? null,
    statement: claim?.statement || verdict.claim,
    variant: variantOf(verdict.claim),
    source: claim?.source ?? "",
    verdict: verdictWords(verdict.status),
    outcome: outcomeWords(record, verdict),
    marks: [
      ...(verdict.finding ? ["finding, not gated"] : []),
      ...(verdict.surrogate ? ["surrogate data"] : []),
      ...(assertions.some(({ maximiserDependent }) => maximiserDependent) ? ["maximiser-dependent"] : []),
      ...(verdict.alone === undefined ? [] : [`alone: ${verdictWords(verdict.alone).words}`]),
    ],
    alone: aloneWords(record, verdict),
    reason: assertions.length === 1 ? null : countWords(deciding, assertions.length, verdict.status),
    assertions: assertions.map((assertion, i) =>
      assertionView(assertion, verdict, published, `${verdict.claim}, assertion ${i + 1} of ${assertions.length}`),
    ),
    note: claim?.note === undefined ? null : sentence(claim.note),
    published: published.map((comparison) => publishedView(comparison, verdict)),
    scale: scaleWords(record, verdict),
  };
}

/** "Holds at this scale." */
function outcomeWords(record: RunRecord, { status, surrogate, assertions }: ClaimVerdict): string {
  const where = `${isPaperScale(record) ? "here" : "at this scale"}${surrogate ? ", on surrogate data" : ""}`;
  switch (status) {
    case "pass":
      return `Holds ${where}.`;
    case "fail":
      return `Does not hold ${where}.`;
    case "inconclusive":
      return assertions.every((each) => each.status === "pass" || isSmallerThanAsked(each))
        ? `Seen ${where}, but smaller than the claim asks: not decided.`
        : `Not decided ${where}: neither shown nor refuted.`;
    case "not-measured":
      return "Not measured, so nothing is said of it.";
  }
}

/** Whether all that is open of it is its size: the interval lies on the claimed side, the estimate falls short. */
function isSmallerThanAsked({ status, assertion, judged, results }: AssertionVerdict): boolean {
  if (status !== "inconclusive" || assertion.kind === "not" || judged.minimum === undefined) return false;
  return results.every(
    (result) =>
      result.status === "pass" ||
      (result.status === "inconclusive" &&
        result.effect.interval !== null &&
        placeOf(result.effect.interval, judged.region) === "inside"),
  );
}

function aloneWords({ suite }: RunRecord, { alone, confidence }: ClaimVerdict): string | null {
  if (alone === undefined) return null;
  const judged = suite.claims.filter(({ finding }) => !finding).length;
  // Looks share what the suite's level leaves: each has one of its own.
  const level = suite.sequential ? "" : `, with intervals at ${formatPercent(suite.confidence)}`;
  return `Alone it would be ${verdictWords(alone).words}${level}. The suite judges its ${judged} claims together (Holm), which asks for ${formatPercent(confidence)} of this one.`;
}

const COUNTED: Record<VerdictStatus, readonly [string, string]> = {
  pass: ["holds", "hold"],
  fail: ["fails", "fail"],
  inconclusive: ["is inconclusive", "are inconclusive"],
  "not-measured": ["is not measured", "are not measured"],
};

/** "1 of 3 assertions fails; the claim stands only if all hold." */
function countWords(deciding: number, all: number, status: VerdictStatus): string {
  const words = `${deciding} of ${all} assertions ${COUNTED[status][deciding === 1 ? 0 : 1]}`;
  return status === "pass" ? `${words}.` : `${words}; the claim stands only if all hold.`;
}

/** A readable fragment, unique in the page. */
function anchorOf(id: string, taken: Set<string>): string {
  const plain = `claim-${
    id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "unnamed"
  }`;
  let anchor = plain;
  for (let i = 2; taken.has(anchor); i += 1) anchor = `${plain}-${i}`;
  taken.add(anchor);
  return anchor;
}
