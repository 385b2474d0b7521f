import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tridiagonalRitzValues } from "../../src/measure/hessian/tridiagonal.ts";

interface Case {
  readonly diagonal: number[];
  readonly below: number[];
  readonly values: number[];
  readonly weights: number[] | null;
}

const fixture = JSON.parse(readFileSync(new URL("../fixtures/measure/tridiagonal.json", import.meta.url), "utf8")) as {
  cases: Record<string, Case>;
};

test.each(Object.entries(fixture.cases))("%s: NumPy's eigenvalues and first components", (_, expected) => {
  const found = tridiagonalRitzValues(expected.diagonal, expected.below);
  expect(found).toHaveLength(expected.values.length);
  const size = Math.max(...expected.values.map(Math.abs));
  for (const [i, { value, weight }] of found.entries()) {
    expect(Math.abs(value - (expected.values[i] as number))).toBeLessThan(1e-13 * size);
    if (expected.weights) expect(Math.abs(weight - (expected.weights[i] as number))).toBeLessThan(1e-12);
  }
});

test("weights are those of a quadrature: its moments are the first diagonal entries of the matrix's powers", () => {
  // In 64ths: squares of much smaller numbers underflow.
  const entry = fc.integer({ min: -320, max: 320 }).map((value) => value / 64);
  const matrix = fc.integer({ min: 1, max: 12 }).chain((m) =>
    fc.record({
      diagonal: fc.array(entry, { minLength: m, maxLength: m }),
      below: fc.array(entry, { minLength: m - 1, maxLength: m - 1 }),
    }),
  );
  fc.assert(
    fc.property(matrix, ({ diagonal, below }) => {
      const found = tridiagonalRitzValues(diagonal, below);
      const moment = (power: number) => found.reduce((sum, { value, weight }) => sum + weight * value ** power, 0);
      const [d = 0] = diagonal;
      const [e = 0] = below;
      expect(moment(0)).toBeCloseTo(1, 12);
      expect(moment(1)).toBeCloseTo(d, 11);
      expect(moment(2)).toBeCloseTo(d * d + e * e, 10);
      expect(found.map(({ value }) => value)).toEqual(found.map(({ value }) => value).toSorted((a, b) => a - b));
    }),
  );
});

test("its arguments stay as they are", () => {
  const [diagonal, below] = [
    [1, 2, 3],
    [4, 5],
  ];
  tridiagonalRitzValues(diagonal as number[], below as number[]);
  expect([diagonal, below]).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});
