import type { ResolvedEquivalent } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, plainStatistic, quantityOf, single } from "../criterion.ts";

/** equivalent: two one-sided tests say that a difference, or a ratio, lies within a margin (Schuirmann 1987). */
export function equivalentCriterion({ first, second, margin, scale }: ResolvedEquivalent): Criterion {
  const sign = scale === "ratio" ? "/" : "−";
  const [lowest, highest] = scale === "ratio" ? [1 / margin, margin] : [-margin, margin];
  const within = scale === "ratio" ? `within a factor of ${margin}` : `within ±${margin}`;
  return {
    expression: `${formatReference(first)} ≈ ${formatReference(second)} ${within}`,
    subject: `${plainArm(first)} ${sign} ${plainArm(second)}, ${quantityOf(first)}`,
    operands: [single(first), single(second)],
    statistic: plainStatistic,
    scale,
    region: { kind: "within", lowest, highest },
    equivalence: true,
  };
}
