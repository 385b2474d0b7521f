import { expect, test } from "vitest";
import { learningCurve } from "../../src/report/charts/learning-curve.ts";

test("as many points as many seeds have are drawn", () => {
  const arm = { name: "SB", label: "SB", colour: "red", symbol: "circle", dash: "" } as const;
  const points = Array.from({ length: 200_000 }, (_, i) => ({ epoch: i, value: 1 / (1 + i) }));
  const svg = learningCurve({ lines: [{ arm, seeds: [points], median: points }], kind: "loss", label: "" });
  expect(svg.includes(">166670<")).toBe(true);
});
