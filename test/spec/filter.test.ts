import { expect, test } from "vitest";
import { changed, failure, read, SUITE } from "./suite-under-test.ts";

const NAMED = SUITE.replace('"source": "Table 3"', '"source": "Table 3", "registry": "C04"');
const TWO_AXES = NAMED.replace(
  '"seeds": 3,',
  '"seeds": 3, "matrix": { "n": { "F1": {}, "F2": {} }, "o": { "adam": {}, "sgd": {} } },',
);

test.each([
  [NAMED, "gap", ["gap"]],
  [NAMED, "GAP", ["gap"]],
  [NAMED, "c04", ["sharper"]],
  [NAMED, "c0", []],
  [NAMED, "gap, C04", ["gap", "sharper"]],
  [NAMED, "a", ["gap", "sharper"]],
  [TWO_AXES, "gap[F1,sgd]", ["gap[F1,sgd]"]],
  [TWO_AXES, "[F1,sgd],gap[F2,adam]", ["gap[F1,sgd]", "sharper[F1,sgd]", "gap[F2,adam]"]],
  [TWO_AXES, "sharper[F2", ["sharper[F2,adam]", "sharper[F2,sgd]"]],
] as const)("%# filter %j", (suite, filter, expected) => {
  const matching = () => read(suite, { filter }).claims.map(({ id }) => id);
  if (expected.length > 0) expect(matching()).toEqual(expected);
  else expect(failure(matching).code).toBe("filter-matches-nothing");
});

test.each(["nothing", "", " , "])("filter %j matches nothing, and the claims are listed", (filter) => {
  const error = failure(() => read(NAMED, { filter }));
  expect(error).toMatchObject({ code: "filter-matches-nothing", hint: "claims: gap, sharper (C04)" });
});

test("arms no claim needs are left out, but not those whose updates another takes", () => {
  const only = changed('["SB.accuracy", "LB.accuracy"]', '["LB.accuracy", 0.5]');
  expect(read(only, { filter: "gap" }).arms.map(({ name }) => name)).toEqual(["LB"]);
  const updates = only.replace('"batch": "10%"', '"batch": "10%", "stop": { "updatesOf": "SB" }');
  expect(read(updates, { filter: "gap" }).arms.map(({ name }) => name)).toEqual(["SB", "LB"]);
});

test("measurements no kept claim refers to are left out", () => {
  const measured = (filter: string) => read(NAMED, { filter }).arms.map(({ measure }) => Object.keys(measure));
  expect(measured("gap")).toEqual([["accuracy"], ["accuracy"]]);
  expect(measured("C04")).toEqual([["sharpness"], ["sharpness"]]);
});
