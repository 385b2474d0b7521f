import { expect, test } from "vitest";
import { type BoundedProblem, type LbfgsbOptions, minimise } from "../../src/measure/lbfgsb/lbfgsb.ts";

type Objective = (x: number, evaluation: number) => { f: number; slope: number };

/** Σ over the variables of one function of one variable. */
function separable(n: number, start: number, lower: number, upper: number, objective: Objective): BoundedProblem {
  let evaluations = 0;
  return {
    start: new Float64Array(n).fill(start),
    lower: new Float64Array(n).fill(lower),
    upper: new Float64Array(n).fill(upper),
    async evaluate(x, gradient) {
      evaluations++;
      let f = 0;
      for (const [i, value] of x.entries()) {
        const term = objective(value, evaluations);
        f += term.f;
        gradient[i] = term.slope;
      }
      return f;
    },
  };
}

const parabola: Objective = (x) => ({ f: 0.5 * (x - 2) ** 2, slope: x - 2 });
const quartic: Objective = (x) => ({ f: 0.25 * (x - 2) ** 4, slope: (x - 2) ** 3 });
const open = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

const stops: {
  name: string;
  problem: () => BoundedProblem;
  options: LbfgsbOptions;
  stop: string;
  evaluations: number;
  x: number;
}[] = [
  {
    name: "a start with zero gradient is the result",
    problem: () => separable(3, 2, ...open, parabola),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 1,
    x: 2,
  },
  {
    name: "a start in the corner that the gradient points out of is the result",
    problem: () => separable(3, 1, 0, 1, parabola),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 1,
    x: 1,
  },
  {
    name: "a start outside the box is judged by its projection",
    problem: () => separable(3, 7, 0, 1, parabola),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 1,
    x: 1,
  },
  {
    name: "a small gradient at the start ends the search only above tolerance zero",
    problem: () => separable(3, 2 + 1e-6, 0, 3, parabola),
    options: { maxIterations: 10, gradientTolerance: 1e-5 },
    stop: "projected-gradient",
    evaluations: 1,
    x: 2 + 1e-6,
  },
  {
    name: "tolerance zero goes on from a small gradient",
    problem: () => separable(3, 2 + 1e-6, 0, 3, parabola),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 2,
    x: 2,
  },
  {
    name: "a box of single points has nothing to move",
    problem: () => separable(3, 0, 0.5, 0.5, parabola),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 1,
    x: 0.5,
  },
  {
    name: "no iterations evaluate the start",
    problem: () => separable(3, 0, -1, 5, parabola),
    options: { maxIterations: 0 },
    stop: "max-iterations",
    evaluations: 1,
    x: 0,
  },
  {
    name: "one evaluation is the start",
    problem: () => separable(3, 0, -1, 5, parabola),
    options: { maxIterations: 10, maxEvaluations: 1 },
    stop: "max-evaluations",
    evaluations: 1,
    x: 0,
  },
  {
    name: "one variable reaches its minimum",
    problem: () => separable(1, 0, -1, 5, parabola),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 2,
    x: 2,
  },
  {
    name: "one variable reaches the bound before its minimum",
    problem: () => separable(1, 0, -1, 1, quartic),
    options: { maxIterations: 10 },
    stop: "projected-gradient",
    evaluations: 2,
    x: 1,
  },
];

test.each(stops)("$name", async ({ problem, options, stop, evaluations, x }) => {
  const result = await minimise(problem(), options);
  expect(result).toMatchObject({ stop, evaluations });
  for (const value of result.x) expect(value).toBeCloseTo(x, 12);
});

test("a loose function tolerance ends the search early", async () => {
  const problem = () => separable(2, 0, -5, 5, quartic);
  const loose = await minimise(problem(), { maxIterations: 100, functionTolerance: 1e-2 });
  const strict = await minimise(problem(), { maxIterations: 100 });
  expect(loose.stop).toBe("function-change");
  expect(loose.iterations).toBeLessThan(strict.iterations);
  expect(strict.f).toBeLessThan(loose.f);
});

test("the limit of evaluations holds within a line search, and the best trial is kept", async () => {
  // The first step of 1 is far too short here, so the search goes on from better to better trial points.
  const slow: Objective = (x) => ({ f: -1e-3 * x, slope: -1e-3 });
  const problem = separable(2, 0, ...open, slow);
  const result = await minimise(problem, { maxIterations: 10, maxEvaluations: 3 });
  expect(result).toMatchObject({ stop: "max-evaluations", evaluations: 3, iterations: 0 });
  expect(result.f).toBeLessThan(-1e-3);
  expect(result.f).toBeCloseTo(-1e-3 * (result.x[0]! + result.x[1]!), 15);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "f = %s at the start is returned with the start",
  async (f) => {
    const problem = separable(2, 0.5, 0, 1, () => ({ f, slope: 1 }));
    expect(await minimise(problem, { maxIterations: 10 })).toMatchObject({
      stop: "not-finite",
      evaluations: 1,
      x: Float64Array.of(0.5, 0.5),
    });
  },
);

test.each([
  ["f", { f: Number.NaN, slope: 1 }],
  ["f", { f: Number.NEGATIVE_INFINITY, slope: 1 }],
  ["the gradient", { f: -1e9, slope: Number.NaN }],
  ["the gradient", { f: -1e9, slope: Number.POSITIVE_INFINITY }],
])("where %s is not finite the search ends with the best point before", async (_, bad) => {
  const problem = separable(2, 0, -5, 5, (x, evaluation) => (evaluation < 4 ? quartic(x, 0) : bad));
  const result = await minimise(problem, { maxIterations: 50 });
  expect(result).toMatchObject({ stop: "not-finite", evaluations: 4 });
  expect(result.f).toBe(result.x.reduce((sum, x) => sum + quartic(x, 0).f, 0));
  expect(result.f).toBeLessThan(2 * quartic(0, 0).f);
  expect(result.gradient).toEqual(result.x.map((x) => quartic(x, 0).slope));
});

test("a gradient that points uphill ends the search after two tries", async () => {
  const liar: Objective = (x) => ({ f: 0.5 * x ** 2, slope: -x });
  const result = await minimise(separable(2, 1, -5, 5, liar), { maxIterations: 10 });
  expect(result).toMatchObject({ stop: "line-search", iterations: 0, f: 1, x: Float64Array.of(1, 1) });
  expect(result.evaluations).toBe(21);
});

test("a line search that fails is tried once more along the gradient, without what was learnt", async () => {
  // From the fourth evaluation on f rises on all sides of the third point, and its slope denies it.
  let third = { x: 0, f: 0, slope: 0 };
  const problem = separable(2, 0, -5, 5, (x, evaluation) => {
    if (evaluation < 4) third = { x, ...quartic(x, 0) };
    return { f: third.f + 0.1 * Math.abs(third.slope * (x - third.x)), slope: third.slope };
  });
  const result = await minimise(problem, { maxIterations: 50 });
  expect(result).toMatchObject({ stop: "line-search", evaluations: 3 + 20 + 20 });
  expect(result.iterations).toBeGreaterThan(0);
  expect(result.f).toBe(result.x.reduce((sum, x) => sum + quartic(x, 0).f, 0));
});

test("a function that is not the same twice cannot make the result worse than a point already found", async () => {
  const problem = separable(2, 0, -5, 5, (x, evaluation) => {
    const { f, slope } = quartic(x, 0);
    return { f: evaluation < 4 ? f : f + 100, slope };
  });
  const result = await minimise(problem, { maxIterations: 50 });
  expect(result.stop).toBe("function-change");
  expect(result.evaluations).toBeGreaterThan(3);
  expect(result.f).toBe(result.x.reduce((sum, x) => sum + quartic(x, 0).f, 0));
});

test("aborting rejects with the signal's reason before the next evaluation", async () => {
  const abort = new AbortController();
  let evaluations = 0;
  const problem = separable(2, 0, -5, 5, (x, evaluation) => {
    evaluations = evaluation;
    if (evaluation === 2) abort.abort(new Error("enough"));
    return quartic(x, 0);
  });
  await expect(minimise(problem, { maxIterations: 50, signal: abort.signal })).rejects.toThrow("enough");
  expect(evaluations).toBe(2);
});

test.each([
  ["bounds that cross", [1], [0]],
  ["a bound that is not a number", [Number.NaN], [1]],
  ["an empty side", [Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY]],
  ["a bound too few", [], [1]],
])("refused: %s", async (_, lower, upper) => {
  const problem = {
    ...separable(1, 0, 0, 1, parabola),
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
  };
  await expect(minimise(problem, { maxIterations: 1 })).rejects.toThrow(RangeError);
});
