import { logGamma, logGammaStep } from "./log-gamma.ts";

const TINY = 1e-300;
const MOST_TERMS = 10_000;

/**
 * Regularised incomplete beta function Iₓ(a, b).
 *
 * @param x 0 to 1.
 * @param complement 1 − x, given apart because it is known exactly where x is close to 1.
 */
export function regularisedBeta(x: number, complement: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  // The continued fraction converges fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(complement, x, b, a);
  const logFront = a * accurateLog(x, complement) + b * accurateLog(complement, x) - logBeta(a, b) - Math.log(a);
  return Math.exp(logFront) / continuedFraction(x, a, b);
}

/** log x, where x is close to 1 from its complement. */
function accurateLog(x: number, complement: number): number {
  return x > 0.5 ? Math.log1p(-complement) : Math.log(x);
}

function logBeta(a: number, b: number): number {
  const [smaller, larger] = a < b ? [a, b] : [b, a];
  return logGamma(smaller) - logGammaStep(larger, smaller);
}

/** 1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.22, evaluated forwards by the modified Lentz method. */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1;
  let c = 1;
  let d = 0;
  for (let j = 1; j <= MOST_TERMS; j += 1) {
    const m = Math.floor(j / 2);
    const coefficient =
      j % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + coefficient * d);
    c = awayFromZero(1 + coefficient / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
