// B₂ₖ / (2k (2k − 1)), k = 1 …: coefficients of Stirling's series.
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
const LARGE_ENOUGH = 15;

/** log Γ(x) for x > 0, by Stirling's series after raising x; about 1e-15. */
export function logGamma(x: number): number {
  let raised = x;
  let factor = 1;
  while (raised < LARGE_ENOUGH) {
    factor *= raised;
    raised += 1;
  }
  return (
    (raised - 0.5) * Math.log(raised) - raised + 0.5 * Math.log(2 * Math.PI) + remainder(raised) - Math.log(factor)
  );
}

/** log Γ(x + step) − log Γ(x) for positive x and step; not a difference of two large numbers where x is large. */
export function logGammaStep(x: number, step: number): number {
  if (x < LARGE_ENOUGH) return logGamma(x + step) - logGamma(x);
  const raised = x + step;
  return step * Math.log(raised) + (x - 0.5) * Math.log1p(step / x) - step + remainder(raised) - remainder(x);
}

/** What Stirling's formula leaves out, for x ≥ LARGE_ENOUGH. */
function remainder(x: number): number {
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k -= 1) series = series / x ** 2 + (STIRLING[k] as number);
  return series / x;
}
