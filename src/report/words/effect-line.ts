import type { AssertionVerdict, Judged } from "../../judge/verdict.ts";
import { digitsOf, formatInterval, formatNumber } from "../../judge/wording.ts";
import { operandsOf } from "../../spec/operands.ts";
import type { ResolvedAssertion } from "../../spec/run.types.ts";
import { effectWords, isMeasured } from "./measured-result.ts";
import { referenceWords } from "./reference-words.ts";

/** What an assertion found, in one line. */
export interface EffectLine {
  readonly label: string;
  readonly effect: string;
  readonly interval: string;
}

/** One line an assertion; several maximisers give the range of what they found. */
export function effectLine({ assertion, judged, results }: AssertionVerdict): EffectLine {
  const label = `${assertion.kind === "not" ? "not: " : ""}${subjectWords(assertion, judged)}`;
  const measured = results.filter(isMeasured);
  const [first] = measured;
  if (!first) return { label, effect: "not measured", interval: "" };
  const digits = digitsOf(first.effect.scale);
  const { scale } = first.effect;
  if (measured.length === 1 || measured.some(({ effect }) => effect.scale !== scale)) {
    const { estimate, interval } = first.effect;
    if (measured.length > 1) return { label, effect: measured.map(effectWords).join("; "), interval: "" };
    const text = interval ? formatInterval(interval, [], digits) : "no interval";
    return { label, effect: `${scale} ${formatNumber(estimate, [], digits)}`, interval: text };
  }
  const estimates = measured.map(({ effect }) => effect.estimate);
  const ends = measured.flatMap(({ effect: { interval } }) => (interval ? [interval.lower, interval.upper] : []));
  const range = (values: readonly number[]) =>
    formatInterval({ lower: Math.min(...values), upper: Math.max(...values) }, [], digits);
  return {
    label,
    effect: `${scale}s ${range(estimates)}`,
    interval: `${ends.length === 0 ? "no interval" : range(ends)}; ${measured.length} ${first.label === undefined ? "maximisers" : "comparisons"}`,
  };
}

/** "LB / SB, sharpness, ε 0.001"; of one arm measured in two ways, what tells them apart. */
function subjectWords(assertion: ResolvedAssertion, { scale, subject }: Judged): string {
  const operands = operandsOf(assertion);
  const [first, second] = operands;
  const compared = scale === "ratio" || scale === "difference";
  if (compared && operands.length === 2 && first?.arm === second?.arm) {
    return operands.map(referenceWords).join(scale === "ratio" ? " / " : " − ");
  }
  const epsilons = [...new Set(operands.flatMap(({ epsilon }) => epsilon ?? []))];
  return epsilons.length === 0 ? subject : `${subject}, ε ${epsilons.join(" and ")}`;
}

/** Seeds used: "5", or "4–5" where the results differ. */
export function rangeOfCounts(assertions: readonly AssertionVerdict[]): string {
  const counts = assertions.flatMap(({ results }) =>
    results.map((result) => (isMeasured(result) ? result.effect.n : 0)),
  );
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least}–${most}`;
}
