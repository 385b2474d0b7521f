import type { ClaimVerdict } from "../../judge/verdict.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import type { VerdictWords } from "../words/verdict-words.ts";
import type { ClaimView } from "./claim.ts";

/** From a table or figure of the paper to a claim about it. */
export interface ClaimLink {
  readonly anchor: string;
  readonly verdict: VerdictWords;
  readonly words: string;
}

/**
 * @param views of the verdicts, in their order.
 * @param isMeant whether a claim that points at this published entry is one of them.
 */
export function claimLinks(
  { suite }: RunRecord,
  verdicts: readonly ClaimVerdict[],
  views: readonly ClaimView[],
  isMeant: (pointer: string) => boolean,
): ClaimLink[] {
  return verdicts.flatMap(({ claim: id }, i) => {
    const view = views[i];
    const about = suite.claims.find((claim) => claim.id === id)?.published.some(isMeant);
    if (!view || !about) return [];
    return [{ anchor: view.anchor, verdict: view.verdict, words: [view.registry, id].filter(Boolean).join(" ") }];
  });
}
