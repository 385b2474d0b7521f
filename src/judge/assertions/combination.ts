import type { ResolvedCombination } from "../../spec/run.types.ts";
import { type Criterion, formatReference, numbers, quantityOf, single } from "../criterion.ts";

/** combination: the mean of a sum of samples, each times a number, lies above or below a bound. */
export function combinationCriterion({ terms, above, below }: ResolvedCombination): Criterion {
  const sum = terms.map(({ factor, of }, i) => {
    const size = Math.abs(factor) === 1 ? "" : `${Math.abs(factor)} `;
    const sign = factor < 0 ? "−" : i === 0 ? "" : "+";
    return `${sign}${i === 0 ? "" : " "}${size}${formatReference(of)}`;
  });
  const quantities = [...new Set(terms.map(({ of }) => quantityOf(of)))];
  return {
    expression: `${sum.join(" ")} ${above === undefined ? `< ${below}` : `> ${above}`}`,
    subject: `sum of ${terms.length} terms, ${quantities.join(" and ")}`,
    operands: terms.map(({ of }) => single(of)),
    statistic: (values) => ({
      first: numbers(values).reduce((total, value, i) => total + value * (terms[i]?.factor ?? 0), 0),
    }),
    scale: "difference",
    region: above === undefined ? { kind: "below", bound: below ?? 0 } : { kind: "above", bound: above },
  };
}
