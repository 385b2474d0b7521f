import type { ResolvedAssertion, SampleReference } from "../../spec/run.types.ts";
import { formatReference, plainArm } from "../criterion.ts";
import { formatPercent } from "../wording.ts";

/** What an assertion asks, as a sentence without its end. @param confidence of the suite. */
export function assertionWords(assertion: ResolvedAssertion, confidence: number): string {
  const level = formatPercent(confidence);
  switch (assertion.kind) {
    case "not":
      return `it is not so that ${assertionWords(assertion.assertion, confidence)}`;
    case "greater":
    case "less": {
      const { kind, second, atLeast } = assertion;
      const right = typeof second === "number" ? String(second) : `the mean of ${formatReference(second)}`;
      const by = atLeast === undefined ? "" : `, by at least ${atLeast}`;
      return `the mean of ${formatReference(assertion.first)} is ${kind} than ${right}${by}`;
    }
    case "ratio":
      return `the geometric mean of ${pairWords(assertion, "/")} lies above ${assertion.above}${minimumWords(assertion)}`;
    case "difference":
      return `the mean of ${pairWords(assertion, "−")} lies above ${assertion.above}${minimumWords(assertion)}`;
    case "within": {
      const { first, second, lowest, highest } = assertion;
      const what = second === undefined ? formatReference(first) : pairWords({ first, second }, "−");
      return `the mean of ${what} lies between ${lowest} and ${highest}`;
    }
    case "combination": {
      const { terms, above, below } = assertion;
      const sum = terms
        .map(({ factor, of }, i) => {
          const sign = factor < 0 ? "− " : i === 0 ? "" : "+ ";
          return `${sign}${Math.abs(factor)} · ${formatReference(of)}`;
        })
        .join(" ");
      return `the mean of ${sum} lies ${above === undefined ? `below ${below}` : `above ${above}`}`;
    }
    case "equivalent": {
      const isRatio = assertion.scale === "ratio";
      const size = isRatio ? `by a factor of less than ${assertion.margin}` : `by less than ${assertion.margin}`;
      return `${formatReference(assertion.first)} and ${formatReference(assertion.second)} differ ${size}, by two one-sided tests`;
    }
    case "ordered":
      return `each exceeds the one before it: ${assertion.of.map(formatReference).join(", ")}`;
    case "trend": {
      const { of, direction, against, half } = assertion;
      const along = `with the ${against}${half ? " in its later half" : ""}`;
      return `${against === undefined ? "the list " : ""}${of.map(formatReference).join(", ")} ${direction === "increasing" ? "rises" : "falls"}${against === undefined ? "" : ` ${along}`}: the mean of the seeds' rank correlations lies ${direction === "increasing" ? "above" : "below"} 0${minimumWords(assertion)}`;
    }
    case "change-point":
      return `two lines that meet describe the list ${listWords(assertion.of)} better than one: the mean of the seeds' differences of BIC lies above ${assertion.above}`;
    case "no-decay":
      return `${formatReference(assertion.of)} does not peak and then decay: peak − last lies below ${assertion.tolerance}`;
    case "matched-loss": {
      const where = typeof assertion.loss === "number" ? `the loss ${assertion.loss}` : `the ${assertion.loss} loss`;
      return `at ${where} that both pass, ${pairWords(assertion, "/")} lies above ${assertion.above}${minimumWords(assertion)}`;
    }
    case "correlation": {
      const arms = assertion.pairs.map(({ first }) => plainArm(first)).join(", ");
      const [{ first, second }] = assertion.pairs;
      return `over all trials of ${arms}, the rank correlation of ${first.measurement} with ${second.measurement} lies above ${assertion.above}`;
    }
    case "maximisers-agree":
      return `every maximiser finds ${pairWords(assertion, "/")} on the same side of 1`;
    case "consistent":
      return `the mean of ${formatReference(assertion.of)} lies where ${assertion.arm} of ${assertion.pointer} predicts, at ${level}, the mean of as many trials`;
  }
}

function pairWords({ first, second }: { first: SampleReference; second: SampleReference }, sign: string): string {
  return `${formatReference(first)} ${sign} ${formatReference(second)}`;
}

function listWords(list: readonly SampleReference[]): string {
  const [first] = list;
  const last = list.at(-1);
  return first && last ? `${formatReference(first)} … ${formatReference(last)} (${list.length})` : "";
}

function minimumWords({ atLeast }: { readonly atLeast?: number }): string {
  return atLeast === undefined ? "" : `, and its estimate is at least ${atLeast}`;
}
