import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const first = { arm: "LB[F1]", measurement: "x" };
const second = { arm: "SB[F1]", measurement: "sharpness", epsilon: 1e-7, maximiser: "scaled" as const };

test.each<[ResolvedAssertion, string]>([
  [{ kind: "greater", first, second }, "LB[F1].x > SB[F1].sharpness[1e-7,scaled]"],
  [{ kind: "greater", first, second: 0.99, atLeast: 0.001 }, "LB[F1].x > 0.99, by at least 0.001"],
  [{ kind: "less", first, second, atLeast: 2 }, "LB[F1].x < SB[F1].sharpness[1e-7,scaled], by at least 2"],
  [{ kind: "ratio", first, second: first, above: 1 }, "LB[F1].x / LB[F1].x > 1"],
  [{ kind: "difference", first, second: first, above: -1, atLeast: 0 }, "LB[F1].x − LB[F1].x > -1, at least 0"],
  [{ kind: "within", first, lowest: -0.01, highest: 0.01 }, "LB[F1].x in [-0.01, 0.01]"],
  [{ kind: "within", first, second: first, lowest: 0, highest: 1 }, "LB[F1].x − LB[F1].x in [0, 1]"],
  [
    {
      kind: "combination",
      terms: [
        { factor: -1, of: first },
        { factor: 0.5, of: second },
        { factor: -2, of: first },
      ],
      below: 3,
    },
    "−LB[F1].x + 0.5 SB[F1].sharpness[1e-7,scaled] − 2 LB[F1].x < 3",
  ],
  [
    { kind: "equivalent", first, second, margin: 0.5, scale: "difference" },
    "LB[F1].x ≈ SB[F1].sharpness[1e-7,scaled] within ±0.5",
  ],
  [
    { kind: "equivalent", first, second, margin: 2, scale: "ratio" },
    "LB[F1].x ≈ SB[F1].sharpness[1e-7,scaled] within a factor of 2",
  ],
  [{ kind: "ordered", of: [first, second] }, "LB[F1].x < SB[F1].sharpness[1e-7,scaled]"],
  [
    { kind: "trend", of: [first, second, first], direction: "decreasing", atLeast: 0.5 },
    "LB[F1].x … LB[F1].x (3) decreases with position, |ρ| at least 0.5",
  ],
  [
    { kind: "trend", of: [first], direction: "increasing", against: "loss", half: "late" },
    "LB[F1].x increases with loss, later half",
  ],
  [
    { kind: "change-point", of: [first, first, first, first, first, second], at: [1, 2, 3, 4, 5, 6], above: 6 },
    "LB[F1].x … SB[F1].sharpness[1e-7,scaled] (6) break, ΔBIC > 6",
  ],
  [{ kind: "no-decay", of: first, tolerance: 0.01 }, "peak − last of LB[F1].x < 0.01"],
  [
    { kind: "matched-loss", first, second: first, loss: "lowest", above: 1, atLeast: 2 },
    "LB[F1].x / LB[F1].x at the lowest shared loss > 1, at least 2",
  ],
  [{ kind: "matched-loss", first, second: first, loss: 0.1, above: 1 }, "LB[F1].x / LB[F1].x at loss 0.1 > 1"],
  [
    { kind: "matched-loss", first, second: first, loss: "lowest-to-highest", above: 1 },
    "LB[F1].x / LB[F1].x at the lowest over at the highest shared loss > 1",
  ],
  [{ kind: "consistent", of: first, pointer: "p#/t/F1", arm: "LB" }, "LB[F1].x consistent with p#/t/F1 LB"],
  [{ kind: "not", assertion: { kind: "less", first, second: 1 } }, "not (LB[F1].x < 1)"],
])("%#: %s", (assertion, expression) => {
  const [verdict] = judge(runRecord({ samples: {}, assertions: [assertion] }));
  expect(verdict?.assertions[0].expression).toBe(expression);
});
