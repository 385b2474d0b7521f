import type { Agreement, Outcome } from "../../judge/compare/claims.ts";
import type { Comparison } from "../../judge/compare/compare.ts";
import { AGREEMENT_WORDS, OUTCOME_WORDS } from "../../judge/compare/outcome-words.ts";
import { formatCount, formatPercent } from "../../judge/wording.ts";
import { contentPolicy } from "../content-policy.ts";
import { styleSheet, template } from "../templates.ts";
import type { TrailLink } from "../trail-link.ts";
import { listWords } from "../words/quantities.ts";
import { effectFigures } from "./effect-figures.ts";
import { letterOf } from "./letters.ts";
import { matrixClaim } from "./matrix.ts";
import { differingTable, pairsTable, sameTable, samplesTable, testsTable, timesTables } from "./tables.ts";

const AGREEMENTS: readonly Agreement[] = ["agree", "disagree", "not-comparable", "not-measured", "one-machine"];
const OUTCOMES: readonly Outcome[] = ["bit-equal", "rounding", "not-told-apart", "small", "beyond", "not-tested"];

/**
 * A comparison as one page, without scripts, that needs nothing beside it.
 *
 * @param trail links at the head of the page, where it is one of several.
 */
export function renderComparisonPage(comparison: Comparison, trail: readonly TrailLink[] = []): string {
  const { machines, claims, counts, notes, confidence } = comparison;
  const letters = new Map(machines.map(({ name }, i) => [name, letterOf(i)]));
  const letter = (name: string) => letters.get(name) ?? name;
  const { figures, more } = effectFigures(claims, letter);
  return template("compare-page")({
    style: styleSheet("compare"),
    policy: contentPolicy(),
    trail,
    title: titleOf(comparison),
    summary: summaryOf(comparison),
    machines: machines.map(({ name, hardwareClass, run, suite }, i) => ({
      letter: letterOf(i),
      name,
      run: `${hardwareClass}; ${suite.id}${suite.profile === null ? "" : `, profile ${suite.profile}`}; run ${run.id}`,
    })),
    notes,
    counts: AGREEMENTS.map((agreement) => ({
      count: counts.agreements[agreement],
      words: AGREEMENT_WORDS[agreement],
    })).filter(({ count }, i) => count > 0 || i < 2),
    claims: claims.map((claim) => matrixClaim(claim, letter)),
    figures,
    moreFigures: more,
    level: formatPercent(1 - confidence),
    outcomeCounts: OUTCOMES.filter((outcome) => counts.outcomes[outcome] > 0)
      .map((outcome) => `${counts.outcomes[outcome]} ${OUTCOME_WORDS[outcome]}`)
      .join(", "),
    tests: testsTable(comparison, letter),
    byMeasurement: samplesTable(comparison),
    byPair: pairsTable(comparison),
    times: timesTables(comparison),
    differing: differingTable(comparison),
    same: sameTable(comparison),
  });
}

function titleOf({ machines }: Comparison): string {
  const titles = [...new Set(machines.map(({ suite }) => suite.title))];
  return `${listWords(titles, 3)}: ${machines.length} machines compared`;
}

/** "On 5 machines, 4 of 5 claims have one verdict. …" */
function summaryOf({ machines, claims, counts }: Comparison): string {
  const { agree, disagree } = counts.agreements;
  const compared = agree + disagree;
  const contradicting = claims.filter(({ opposite }) => opposite).length;
  const verdicts =
    compared === 0
      ? "No claim can be compared."
      : disagree === 0
        ? `All ${formatCount(compared, "claim")} that can be compared have one verdict.`
        : `${disagree} of ${formatCount(compared, "claim")} ${disagree === 1 ? "has" : "have"} more than one verdict${contradicting > 0 ? `; ${contradicting} of them both pass and fail` : ""}.`;
  const left = claims.length - compared;
  const leftOut = left > 0 ? ` ${formatCount(left, "claim")} cannot be compared.` : "";
  const { beyond } = counts.outcomes;
  const effects = `${beyond === 0 ? "No effect differs" : beyond === 1 ? "1 effect differs" : `${beyond} effects differ`} beyond the seed spread.`;
  return `${machines.length} machines. ${verdicts}${leftOut} ${effects}`;
}
