import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { minimise } from "../../src/measure/lbfgsb/lbfgsb.ts";

interface GoldenCase {
  readonly name: string;
  readonly kind: string;
  readonly iterations: number;
  readonly x0: number[];
  readonly lower: number[];
  readonly upper: number[];
  readonly x: number[];
  readonly f: number;
  readonly evaluations: number;
  readonly Q?: number[][];
  readonly b?: number[];
}

// SciPy's fmin_l_bfgs_b, made by the project's reference scripts.
const golden = JSON.parse(readFileSync(new URL("../fixtures/golden/lbfgsb.json", import.meta.url), "utf8")) as {
  cases: GoldenCase[];
};
// At its end a search hunts for the last bit of f, and how often it asks is up to rounding.
const rounding = new Set(["rosenbrock-4-box 40"]);

function quadratic(Q: number[][], b: number[], sign: number) {
  return async (x: Float64Array, gradient: Float64Array) => {
    let f = 0;
    for (let i = 0; i < b.length; i++) {
      const product = Q[i]!.reduce((sum, value, j) => sum + value * x[j]!, 0);
      gradient[i] = sign * (product - b[i]!);
      f += sign * x[i]! * (0.5 * product - b[i]!);
    }
    return f;
  };
}

async function rosenbrock(x: Float64Array, gradient: Float64Array) {
  let f = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const valley = x[i + 1]! - x[i]! ** 2;
    f += 100 * valley ** 2 + (1 - x[i]!) ** 2;
    gradient[i] = gradient[i]! - 400 * valley * x[i]! - 2 * (1 - x[i]!);
    gradient[i + 1] = 200 * valley;
  }
  return f;
}

test.each(golden.cases)("$name follows SciPy for $iterations iterations", async (reference) => {
  const { Q, b, iterations } = reference;
  const result = await minimise(
    {
      start: Float64Array.from(reference.x0),
      lower: Float64Array.from(reference.lower),
      upper: Float64Array.from(reference.upper),
      evaluate: Q === undefined ? rosenbrock : quadratic(Q, b!, reference.name.includes("negated") ? -1 : 1),
    },
    { maxIterations: iterations },
  );
  expect(Math.abs(result.f - reference.f)).toBeLessThan(1e-12);
  for (const [i, value] of reference.x.entries()) expect(Math.abs(result.x[i]! - value)).toBeLessThan(1e-8);
  if (!rounding.has(`${reference.name} ${iterations}`)) expect(result.evaluations).toBe(reference.evaluations);
});

interface CutCase {
  readonly memory: number;
  readonly iterations: number;
  readonly Q: number[][];
  readonly b: number[];
  readonly lower: number[];
  readonly upper: number[];
  readonly x: number[];
  readonly f: number;
  readonly evaluations: number;
}

// Small badly scaled problems on whose way the projected subspace step leads uphill, so that it is cut at the first bound; SciPy 1.17.1.
const cut = JSON.parse(readFileSync(new URL("../fixtures/golden/lbfgsb-cut.json", import.meta.url), "utf8")) as {
  cases: CutCase[];
};

test.each(cut.cases.map((reference, k) => [k, reference] as const))(
  "cut step %i follows SciPy",
  async (_, reference) => {
    const parabola = quadratic(reference.Q, reference.b, 1);
    const result = await minimise(
      {
        start: new Float64Array(reference.b.length),
        lower: Float64Array.from(reference.lower),
        upper: Float64Array.from(reference.upper),
        async evaluate(x, gradient) {
          let f = await parabola(x, gradient);
          for (const [i, value] of x.entries()) {
            f += 0.025 * value ** 4;
            gradient[i] = gradient[i]! + 0.1 * value ** 3;
          }
          return f;
        },
      },
      { maxIterations: reference.iterations, memory: reference.memory },
    );
    expect(Math.abs(result.f - reference.f)).toBeLessThan(1e-11);
    for (const [i, value] of reference.x.entries()) expect(Math.abs(result.x[i]! - value)).toBeLessThan(1e-9);
    expect(result.evaluations).toBe(reference.evaluations);
  },
);
