import { comparePublished } from "../judge/published.ts";
import type { ClaimVerdict } from "../judge/verdict.ts";
import type { Claim, RunRecord } from "../spec/run.types.ts";
import { variantOf } from "./arms.ts";
import { type AssertionView, assertionView, sentence } from "./assertion.ts";
import { scaleWords } from "./scale-words.ts";
import { type VerdictWords, verdictWords } from "./verdict-words.ts";

/** The section of one claim. */
export interface ClaimView {
  readonly id: string;
  readonly anchor: string;
  readonly registry: string | null;
  readonly statement: string;
  readonly variant: string;
  readonly source: string;
  readonly verdict: VerdictWords;
  /** Of several assertions taken together; one has its reason beside it. */
  readonly reason: string | null;
  readonly assertions: readonly AssertionView[];
  readonly note: string | null;
  readonly published: readonly {
    readonly quantity: string;
    readonly source: string;
    readonly wording: string;
    readonly note: string | null;
  }[];
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
    reason:
      assertions.length === 1
        ? null
        : `${deciding} of ${assertions.length} assertions: ${verdictWords(verdict.status).words}.`,
    assertions: assertions.map((assertion, i) =>
      assertionView(assertion, verdict, published, `${verdict.claim}, assertion ${i + 1} of ${assertions.length}`),
    ),
    note: claim?.note === undefined ? null : sentence(claim.note),
    published: published.map(({ entry, wording }) => ({
      quantity: entry.quantity,
      source: entry.source,
      wording: sentence(wording),
      note: entry.note === undefined ? null : sentence(entry.note),
    })),
    scale: scaleWords(record, verdict),
  };
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
