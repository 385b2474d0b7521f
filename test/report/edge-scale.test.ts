import { expect, test } from "vitest";
import { edgeScale, fittingScale } from "../../src/report/charts/edge-scale.ts";

const labels = (values: readonly number[]) => {
  const { ticks, tickFormat } = edgeScale(values);
  return ticks.map(tickFormat);
};

test.each([
  { values: [0.001, 100], ticks: ["0.001", "0.01", "0.1", "1", "10", "100"] },
  { values: [0, 0.001, 100], ticks: ["0", "0.001", "0.01", "0.1", "1", "10", "100"] },
  { values: [-2, 10, 1000], ticks: ["≤ 0", "10", "100", "1000"] },
  { values: [0, 0], ticks: ["0"] },
  { values: [], ticks: ["0"] },
  { values: [1e-12, 1e12], ticks: ["10⁻¹⁰", "10⁻⁵", "1", "10⁵", "10¹⁰"] },
])("ticks of $values", ({ values, ticks }) => {
  expect(labels(values)).toEqual(ticks);
});

test("every value lies on the axis, what has no logarithm at its lower end", () => {
  const values = [-3, 0, 1e-300, 2, 925.32];
  const scale = edgeScale(values);
  for (const value of values) {
    expect(scale.place(value)).toBeGreaterThanOrEqual(scale.domain[0]);
    expect(scale.place(value)).toBeLessThanOrEqual(scale.domain[1]);
  }
  expect([-3, 0].map(scale.place)).toEqual([scale.domain[0], scale.domain[0]]);
  expect(values.map(scale.isAtEdge)).toEqual([true, true, false, false, false]);
  expect(scale.place(1e-300)).toBeGreaterThan(scale.domain[0]);
});

test.each([
  { values: [0.93, 0.99], type: "linear" },
  { values: [1e-5, 0.1], type: "log" },
  { values: [0, 1e-5, 0.1], type: "log" },
  { values: [-1e-5, 1e-5, 0.1], type: "linear" },
  { values: [0, 0], type: "linear" },
])("$values are shown on a $type axis", ({ values, type }) => {
  expect(fittingScale(values).type).toBe(type);
});
