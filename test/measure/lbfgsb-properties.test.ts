import fc from "fast-check";
import { expect, test } from "vitest";
import { type BoundedProblem, minimise } from "../../src/measure/lbfgsb/lbfgsb.ts";

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
const bound = fc.oneof(coordinate, fc.constant(Number.POSITIVE_INFINITY));

/** A quartic bowl with coupled, partly negative curvature: f is bounded below and not convex. */
const problems = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    start: fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: n, maxLength: n }),
    low: fc.array(bound, { minLength: n, maxLength: n }),
    room: fc.array(fc.oneof(bound, fc.constant(0)), { minLength: n, maxLength: n }),
    pull: fc.array(coordinate, { minLength: n, maxLength: n }),
    curvature: fc.array(coordinate, { minLength: n, maxLength: n }),
    coupling: fc.array(coordinate, { minLength: n, maxLength: n }),
  }),
);

type Drawn = typeof problems extends fc.Arbitrary<infer T> ? T : never;

function build({ start, low, room, pull, curvature, coupling }: Drawn): BoundedProblem & { visited: Float64Array[] } {
  const lower = Float64Array.from(low, (value) => (Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY));
  const upper = lower.map((value, i) =>
    Number.isFinite(value) ? value + Math.abs(room[i]!) : Math.abs(room[i]!) > 0 ? room[i]! : 1,
  );
  const visited: Float64Array[] = [];
  return {
    start: Float64Array.from(start),
    lower,
    upper,
    visited,
    async evaluate(x, gradient) {
      visited.push(x.slice());
      const along = x.reduce((sum, value, i) => sum + value * coupling[i]!, 0);
      let f = 0.5 * along ** 2;
      for (const [i, value] of x.entries()) {
        f += 0.25 * value ** 4 + 0.5 * curvature[i]! * value ** 2 - pull[i]! * value;
        gradient[i] = value ** 3 + curvature[i]! * value - pull[i]! + along * coupling[i]!;
      }
      return f;
    },
  };
}

async function valueAt(problem: BoundedProblem, x: Float64Array): Promise<number> {
  return problem.evaluate(x, new Float64Array(x.length));
}

test("every point evaluated lies in the box, and the result is no worse than the projected start", async () => {
  await fc.assert(
    fc.asyncProperty(
      problems,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 15 }),
      async (drawn, memory, maxIterations) => {
        const problem = build(drawn);
        const result = await minimise(problem, { memory, maxIterations });
        expect(result.evaluations).toBe(problem.visited.length);
        for (const x of [...problem.visited, result.x]) {
          expect(x.every((value, i) => value >= problem.lower[i]! && value <= problem.upper[i]!)).toBe(true);
        }
        const projected = problem.start.map((value, i) =>
          Math.min(problem.upper[i]!, Math.max(problem.lower[i]!, value)),
        );
        expect(problem.visited[0]).toEqual(projected);
        expect(result.f).toBeLessThanOrEqual(await valueAt(problem, projected));
        expect(result.f).toBe(await valueAt(problem, result.x));
      },
    ),
  );
});

// Of the coupled quartics above this cannot be asked: like SciPy's, the search stops at the first iteration that does not
// lower f, which there can be far from a stationary point (seen in both, at the same point).
test("a separable convex quadratic in a box ends at its minimum clipped to the box", async () => {
  const bowls = fc.array(
    fc.record({
      start: coordinate,
      minimum: fc.double({ min: -6, max: 6, noNaN: true }),
      curvature: fc.double({ min: 0.1, max: 10, noNaN: true }),
      lower: bound.map((value) => (Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY)),
      room: fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)),
    }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(bowls, async (bowl) => {
      const lower = Float64Array.from(bowl, (each) => each.lower);
      const upper = Float64Array.from(bowl, (each) =>
        Number.isFinite(each.lower) ? each.lower + each.room : each.room,
      );
      const { x } = await minimise(
        {
          start: Float64Array.from(bowl, (each) => each.start),
          lower,
          upper,
          async evaluate(point, gradient) {
            let f = 0;
            for (const [i, { minimum, curvature }] of bowl.entries()) {
              const away = point[i]! - minimum;
              f += 0.5 * curvature * away ** 2;
              gradient[i] = curvature * away;
            }
            return f;
          },
        },
        { maxIterations: 2000, gradientTolerance: 1e-9 },
      );
      for (const [i, { minimum }] of bowl.entries()) {
        expect(x[i]).toBeCloseTo(Math.min(upper[i]!, Math.max(lower[i]!, minimum)), 5);
      }
    }),
  );
});

test("an unconstrained quadratic reaches its minimum, whatever the start and memory", async () => {
  const positive = fc.double({ min: 0.1, max: 10, noNaN: true });
  const sizes = fc.integer({ min: 1, max: 8 });
  const cases = sizes.chain((n) =>
    fc.record({
      memory: fc.integer({ min: 1, max: 10 }),
      start: fc.array(coordinate, { minLength: n, maxLength: n }),
      minimum: fc.array(coordinate, { minLength: n, maxLength: n }),
      hessian: fc.array(positive, { minLength: n, maxLength: n }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({ memory, start, minimum, hessian }) => {
      const { x } = await minimise(
        {
          start: Float64Array.from(start),
          lower: new Float64Array(start.length).fill(Number.NEGATIVE_INFINITY),
          upper: new Float64Array(start.length).fill(Number.POSITIVE_INFINITY),
          async evaluate(at, gradient) {
            for (const [i, value] of at.entries()) gradient[i] = hessian[i]! * (value - minimum[i]!);
            return at.reduce((f, value, i) => f + 0.5 * hessian[i]! * (value - minimum[i]!) ** 2, 0);
          },
        },
        { memory, maxIterations: 500 },
      );
      for (const [i, value] of x.entries()) expect(Math.abs(value - minimum[i]!)).toBeLessThan(1e-5);
    }),
  );
});

test("fixed variables stay where their bounds meet while the others move", async () => {
  await fc.assert(
    fc.asyncProperty(problems, fc.infiniteStream(fc.boolean()), async (drawn, choices) => {
      const problem = build(drawn);
      const fixed = problem.lower.map((value, i) => {
        const isFixed = choices.next().value && Number.isFinite(value);
        if (isFixed) problem.upper[i] = value;
        return isFixed ? value : Number.NaN;
      });
      await minimise(problem, { maxIterations: 10 });
      for (const x of problem.visited) {
        for (const [i, value] of fixed.entries()) if (!Number.isNaN(value)) expect(x[i]).toBe(value);
      }
    }),
  );
});

test("the same problem twice gives the same bits", async () => {
  await fc.assert(
    fc.asyncProperty(problems, async (drawn) => {
      const [first, second] = [build(drawn), build(drawn)];
      await minimise(first, { maxIterations: 8 });
      await minimise(second, { maxIterations: 8 });
      expect(first.visited).toEqual(second.visited);
    }),
    { numRuns: 30 },
  );
});
