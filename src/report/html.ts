import type { ClaimVerdict } from "../judge/verdict.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { claimViews } from "./claim/claim.ts";
import { contentPolicy } from "./content-policy.ts";
import { measuredOnce } from "./figures/drawn-once.ts";
import { paperFiguresView } from "./figures/paper-figures.ts";
import { measuredViews } from "./measured/measured.ts";
import { methodsView } from "./methods/methods.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { paperTablesView } from "./paper/tables.ts";
import { provenanceView } from "./provenance.ts";
import { samplesView } from "./samples-csv.ts";
import { summaryView } from "./summary.ts";
import { styleSheet, template } from "./templates.ts";
import type { TrailLink } from "./trail-link.ts";

/**
 * The report of a run: one page that needs nothing beside it, and can be read whole without its script.
 *
 * @param verdicts of `judge(record)`, in its order.
 * @param trail links at the head of the page, where it is one of several.
 */
export function renderHtml(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  trail: readonly TrailLink[] = [],
): string {
  const claims = claimViews(record, verdicts);
  const paperFigures = paperFiguresView(record, verdicts, claims);
  return template("page")({
    style: styleSheet(),
    script: PAGE_SCRIPT,
    policy: contentPolicy(PAGE_SCRIPT),
    trail,
    summary: summaryView(record, verdicts, claims),
    paperTables: paperTablesView(record, verdicts, claims),
    paperFigures,
    claims,
    samples: samplesView(record),
    measured: measuredOnce(measuredViews(record), paperFigures),
    methods: methodsView(record),
    provenance: provenanceView(record),
  });
}
