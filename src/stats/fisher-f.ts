import { regularisedBeta } from "./incomplete-beta.ts";

/** P(F > f) of Fisher's distribution. @param numerator degrees of freedom, > 0. @param denominator degrees of freedom, > 0. */
export function fisherFUpperTail(f: number, numerator: number, denominator: number): number {
  if (!(numerator > 0 && denominator > 0)) {
    throw new RangeError(
      `Fisher's distribution needs positive degrees of freedom, not ${numerator} and ${denominator}`,
    );
  }
  if (f <= 0) return 1;
  const weighted = numerator * f;
  if (weighted === Number.POSITIVE_INFINITY) return 0;
  const total = denominator + weighted;
  return regularisedBeta(denominator / total, weighted / total, denominator / 2, numerator / 2);
}
