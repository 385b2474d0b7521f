import type { ComparedClaim, ComparedEffect } from "../../judge/compare/claims.ts";
import { agreementWords, effectWords } from "../../judge/compare/outcome-words.ts";
import { digitsOf, formatInterval, formatNumber } from "../../judge/wording.ts";
import { type VerdictWords, verdictWords } from "../words/verdict-words.ts";
import { letterOf } from "./letters.ts";

/** A claim's rows of the matrix. */
export interface MatrixClaim {
  readonly id: string;
  readonly registry: string | null;
  readonly statement: string;
  readonly finding: boolean;
  readonly surrogate: boolean;
  readonly agreement: ComparedClaim["agreement"];
  readonly agreementWords: string;
  readonly cells: readonly { readonly letter: string; readonly verdict: VerdictWords | null }[];
  readonly effects: readonly MatrixEffect[];
}

interface MatrixEffect {
  readonly expression: string;
  readonly outcome: ComparedEffect["outcome"];
  readonly words: string;
  /** Without an estimate where the machine has none. */
  readonly cells: readonly {
    readonly letter: string;
    readonly estimate: string | null;
    readonly interval: string;
    readonly n: number;
  }[];
}

/** @param letter of a machine's name. */
export function matrixClaim(claim: ComparedClaim, letter: (name: string) => string): MatrixClaim {
  const { agreement, verdicts, differences } = claim;
  const lettered = differences.map(({ what, groups }) => ({ what, groups: groups.map((names) => names.map(letter)) }));
  const isCompared = agreement === "agree" || agreement === "disagree";
  return {
    id: claim.claim,
    registry: claim.registry,
    statement: claim.statement,
    finding: claim.finding,
    surrogate: verdicts.some((verdict) => verdict?.surrogate),
    agreement,
    agreementWords: agreementWords({ ...claim, differences: lettered }),
    cells: verdicts.map((cell, i) => ({ letter: letterOf(i), verdict: cell && verdictWords(cell.status) })),
    effects: claim.effects.map((effect) => ({
      expression: effect.expression,
      outcome: effect.outcome,
      words: isCompared ? effectWords(effect, letter) : "",
      cells: effect.cells.map((cell, i) => ({
        letter: letterOf(i),
        estimate: cell ? formatNumber(cell.effect.estimate, [], digitsOf(cell.effect.scale)) : null,
        interval: cell?.effect.interval
          ? formatInterval(cell.effect.interval, [], digitsOf(cell.effect.scale))
          : "no interval",
        n: cell?.effect.n ?? 0,
      })),
    })),
  };
}
