import type { ClaimVerdict } from "../judge/verdict.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { claimViews } from "./claim.ts";
import { measuredViews } from "./measured.ts";
import { methodsView } from "./methods.ts";
import { provenanceView } from "./provenance.ts";
import { summaryView } from "./summary.ts";
import { pageTemplate, styleSheet } from "./templates.ts";

/**
 * The report of a run: one page without scripts that needs nothing beside it.
 *
 * @param verdicts of `judge(record)`, in its order.
 */
export function renderHtml(record: RunRecord, verdicts: readonly ClaimVerdict[]): string {
  const claims = claimViews(record, verdicts);
  return pageTemplate()({
    style: styleSheet(),
    summary: summaryView(record, verdicts, claims),
    claims,
    measured: measuredViews(record),
    methods: methodsView(record),
    provenance: provenanceView(record),
  });
}
