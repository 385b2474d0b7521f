import type { VerdictStatus } from "../../judge/verdict.ts";
import { STATUSES } from "../words/verdict-words.ts";
import type { ClaimSummary } from "./run-summary.ts";

/** How many gated claims have each verdict, those that occur, in the order of the verdicts; findings on their own. */
export function verdictCounts(claims: readonly Pick<ClaimSummary, "status" | "finding">[]): {
  readonly counts: readonly { readonly status: VerdictStatus; readonly count: number }[];
  readonly findings: number;
} {
  const gated = claims.filter(({ finding }) => !finding);
  const counts = STATUSES.map((status) => ({ status, count: gated.filter((each) => each.status === status).length }));
  return { counts: counts.filter(({ count }) => count > 0), findings: claims.length - gated.length };
}
