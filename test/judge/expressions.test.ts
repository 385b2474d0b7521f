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
])("%#: %s", (assertion, expression) => {
  const [verdict] = judge(runRecord({ samples: {}, assertions: [assertion] }));
  expect(verdict?.assertions[0].expression).toBe(expression);
});
