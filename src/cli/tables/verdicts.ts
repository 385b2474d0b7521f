import pc from "picocolors";
import type { ClaimVerdict, SingleResult, VerdictStatus } from "../../judge/verdict.ts";
import { VERDICT_SYMBOLS } from "../../report/words/verdict-words.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { wrap } from "../text/wrap.ts";

const ORDER: readonly VerdictStatus[] = ["pass", "fail", "inconclusive", "not-measured"];

const SEEDS_ENDED = {
  decided: "more would decide no claim",
  maximum: "the suite allows no more",
  budget: "the budget was spent",
};

/** The verdicts of a run as text: a block a claim, then the counts. */
export function renderVerdicts(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  columns: number,
  colour: boolean,
): string {
  const colours = pc.createColors(colour);
  const paint: Record<VerdictStatus, (text: string) => string> = {
    pass: colours.green,
    fail: colours.red,
    inconclusive: colours.yellow,
    "not-measured": colours.magenta,
  };
  const width = Math.max(40, Math.min(columns, 120));
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const claim = record.suite.claims.find(({ id }) => id === verdict.claim);
    const registry = claim?.registry ? ` ${colours.dim(claim.registry)}` : "";
    const marks = [
      ...(verdict.finding ? ["finding, not gated"] : []),
      ...(verdict.surrogate ? ["surrogate data"] : []),
    ];
    const marked = marks.length > 0 ? ` ${colours.magenta(`(${marks.join("; ")})`)}` : "";
    lines.push(
      `${paint[verdict.status](`${VERDICT_SYMBOLS[verdict.status]} ${verdict.status}`)}  ${colours.bold(verdict.claim)}${registry}${marked}`,
    );
    for (const assertion of verdict.assertions) {
      for (const result of assertion.results) {
        const names = [result.label, result.maximiser].filter((name) => name !== undefined);
        const of = result.status === "not-measured" || names.length === 0 ? "" : ` (${names.join(", ")})`;
        const mark =
          assertion.results.length + verdict.assertions.length > 2
            ? `${paint[result.status](VERDICT_SYMBOLS[result.status])} `
            : "";
        lines.push(...wrap(`${mark}${assertion.expression}${of}: ${effectText(result)}`, width, "    ", "      "));
      }
    }
    if (verdict.status !== "pass") lines.push(...wrap(verdict.reason, width, "    ", "    ").map(colours.dim));
  }
  const counts = ORDER.flatMap((status) => {
    const count = verdicts.filter((verdict) => verdict.status === status && !verdict.finding).length;
    return count === 0 ? [] : [paint[status](`${count} ${status}`)];
  });
  const findings = verdicts.filter(({ finding }) => finding).length;
  if (findings > 0) counts.push(`${findings} finding${findings === 1 ? "" : "s"}`);
  const surrogates = verdicts.filter(({ surrogate }) => surrogate).length;
  if (surrogates > 0) counts.push(colours.magenta(`${surrogates} on surrogate data`));
  lines.push("", ...wrap(counts.join(" · "), width, "", ""));
  const { seedsEnded } = record.run;
  const { seeds, sequential } = record.suite;
  if (seedsEnded && sequential)
    lines.push(`${seeds.length} seeds of at most ${sequential.max}: ${SEEDS_ENDED[seedsEnded]}`);
  return `${lines.join("\n")}\n`;
}

function effectText(result: SingleResult): string {
  if (result.status === "not-measured") return "not measured";
  const { estimate, interval, n } = result.effect;
  const range = interval ? ` [${number(interval.lower)}, ${number(interval.upper)}]` : "";
  return `${number(estimate)}${range}, n = ${n}`;
}

/** Four significant digits, without exponents where they can be avoided. */
function number(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6 || magnitude < 1e-5) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}
