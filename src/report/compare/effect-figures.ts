import type { ComparedClaim, ComparedEffect } from "../../judge/compare/claims.ts";
import { effectWords } from "../../judge/compare/outcome-words.ts";
import { digitsOf, formatNumber } from "../../judge/wording.ts";
import { intervalChart } from "../charts/interval.ts";
import { sentence } from "../words/sentence.ts";
import { letterOf } from "./letters.ts";

/** An effect's intervals, machine by machine. */
export interface EffectFigure {
  readonly title: string;
  /** SVG. */
  readonly chart: string;
  readonly note: string;
}

/** Charts cost some thousand characters each. */
const MOST_FIGURES = 24;

/** Of the effects that machines differ in: told apart, or of a claim with different verdicts. The farthest apart come first. */
export function effectFigures(
  claims: readonly ComparedClaim[],
  letter: (name: string) => string,
): { readonly figures: readonly EffectFigure[]; readonly more: string | null } {
  const different = claims.flatMap((claim) =>
    claim.effects
      .filter(
        (effect) =>
          effect.test !== null &&
          effect.test.distance > 0 &&
          (effect.outcome === "beyond" || effect.outcome === "small" || claim.agreement === "disagree"),
      )
      .map((effect) => ({ claim, effect })),
  );
  const sizeOf = ({ effect }: { effect: ComparedEffect }) => effect.test?.inSpreads ?? Number.MAX_VALUE;
  const shown = different.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST_FIGURES);
  const left = different.length - shown.length;
  return {
    figures: shown.map(({ claim, effect }) => effectFigure(claim, effect, letter)),
    more: left > 0 ? `The ${MOST_FIGURES} that are farthest apart; ${left} more are in the table.` : null,
  };
}

function effectFigure(claim: ComparedClaim, effect: ComparedEffect, letter: (name: string) => string): EffectFigure {
  const found = effect.cells.flatMap((cell, i) =>
    cell ? [{ letter: letterOf(i), effect: cell.effect, status: cell.status }] : [],
  );
  // Where no machine has a ratio, all have the difference in its stead.
  const logarithmic = found.every((each) => each.effect.scale === "ratio");
  const rows = found.map(({ letter: name, effect: { estimate, interval, scale }, status }) => ({
    label: `${name}  ${formatNumber(estimate, [], digitsOf(scale))}`,
    estimate,
    interval,
    colour: `var(--${status})`,
    mark: "ours" as const,
  }));
  const axis = `${effect.subject}${logarithmic ? ", logarithmic" : ""}`;
  return {
    title: `${claim.claim}: ${effect.expression}`,
    chart: intervalChart({
      rows,
      logarithmic,
      axis,
      region: {},
      label: `${claim.claim}, ${axis}: ${rows.map(({ label }) => label).join("; ")}`,
    }),
    note: sentence(effectWords(effect, letter)),
  };
}
