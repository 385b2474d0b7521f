import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadLabels } from "../../src/report/charts/spread-labels.ts";

test.each([
  { name: "apart already", positions: [10, 50], placed: [10, 50] },
  { name: "at one place", positions: [50, 50], placed: [50, 62] },
  { name: "at the lower end", positions: [100, 100, 99], placed: [88, 100, 76] },
  { name: "none", positions: [], placed: [] },
])("labels $name", ({ positions, placed }) => {
  expect(spreadLabels(positions, 12, [0, 100])).toEqual(placed);
});

test("labels keep their distance and their range where there is room", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 15 }), (positions) => {
      const placed = spreadLabels(positions, 12, [0, 200]);
      const sorted = placed.toSorted((a, b) => a - b);
      expect(sorted.every((each) => each >= -1e-9 && each <= 200 + 1e-9)).toBe(true);
      for (const [i, each] of sorted.entries())
        if (i > 0) expect(each - (sorted[i - 1] ?? 0)).toBeGreaterThan(12 - 1e-9);
    }),
  );
});
