import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const GREATER = '{ "greater": ["SB.accuracy", "LB.accuracy"] }';
const greater = (first: string, second = "0.5") => `{ "greater": [${first}, ${second}] }`;

const assertions = [
  [greater('▶"SM.accuracy"'), 'there is no arm "SM"; did you mean "SB"?'],
  [greater('"SB.accuracy"', '▶"LB.acuracy"'), 'there is no measurement "acuracy"; did you mean "accuracy"?'],
  [greater('▶"toString.accuracy"'), 'there is no arm "toString"'],
  [greater('▶"SB.constructor"'), 'there is no measurement "constructor"'],
  [greater('▶"SB.accuracy[0.001]"'), '"accuracy" measures accuracy, which has no ε'],
  [greater('▶"SB.sharpness"'), "is measured at several ε; write [0.001] or another of 0.001, 0.0005"],
  [greater('▶"SB.sharpness[0.1]"'), "is not measured at ε = 0.1, only at 0.001, 0.0005"],
  [greater('▶"SB.sharpness[scaled]"'), "is measured at several ε; write [0.001] or another of 0.001, 0.0005"],
  [greater('▶"SB.sharpness[0.001,scaled,x]"'), 'unknown maximiser "x" (known: paper-literal, scaled, sign-ascent)'],
  [greater('▶"SB.sharpness[0.001,0.0005]"'), "expected one ε, found 0.001 and 0.0005"],
  [greater('▶"SB.sharpness[0.001,epoch=]"'), 'expected one [alpha=number] or [epoch=number], found "epoch="'],
  [greater('▶"SB.sharpness[0.001,epoch=2]"'), '"sharpness" has no epoch here'],
  [greater('▶"SB.accuracy[rise]"'), '"accuracy" measures accuracy, which has no "rise"'],
  [greater('▶"SB.sharpness[0.001,scale]"'), 'unknown maximiser "scale"; did you mean "scaled"?'],
  [
    greater('▶"SB.sharpness[0.001,paper-literal]"'),
    "is not measured with paper-literal, only with scaled, sign-ascent",
  ],
  [`▶${greater('"SB.accuracy"', '"SB.accuracy"')}`, "both sides are SB.accuracy"],
  [
    '▶{ "ratio": ["SB.sharpness[0.001,scaled]", "SB.sharpness[1e-3, scaled]"], "above": 1 }',
    "both sides are SB.sharpness[0.001,scaled]",
  ],
  ['▶{ "within": ["SB.accuracy", "SB.accuracy"], "range": [0, 1] }', "both sides are SB.accuracy"],
  ['{ "within": "SB.accuracy", "range": ▶[1, 0] }', "the range starts at 1 and ends at 0, below it"],
  [
    '{ "difference": ["SB.accuracy", "LB.accuracy"], "above": 2, "atLeast": ▶1 }',
    "the smallest effect that counts, 1, is below the bound, 2",
  ],
] as const;

test.each(assertions)("an assertion that refers to nothing is refused: %s", (assertion, message) => {
  const { text, line, column } = marked(changed(GREATER, assertion));
  const error = failure(() => read(text));
  expect(error).toMatchObject({ code: "suite-invalid", location: { file: "suite.json", line, column } });
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("\n");
});

test("what is wrong in two claims is reported at once, in the order of the file", () => {
  const text = changed(
    '"SB.sharpness[0.001,scaled]"',
    '"SX.sharpness[0.001]"',
    changed('"LB.accuracy"', '"LX.accuracy"'),
  );
  const error = failure(() => read(text));
  expect(error.message.split("\n")).toEqual([
    "2 problems",
    '  suite.json:20:47  "LX.accuracy": there is no arm "LX"; did you mean "LB"?',
    '  suite.json:25:53  "SX.sharpness[0.001]": there is no arm "SX"; did you mean "SB"?',
  ]);
});

const sharpness = { arm: "SB", measurement: "sharpness" };
test.each([
  ["SB.accuracy", { arm: "SB", measurement: "accuracy" }],
  ["SB.sharpness[0.0005]", { ...sharpness, epsilon: 0.0005 }],
  ["SB.sharpness[5e-4]", { ...sharpness, epsilon: 0.0005 }],
  ["SB.sharpness[0.001,sign-ascent]", { ...sharpness, epsilon: 0.001, maximiser: "sign-ascent" }],
  ["SB.sharpness[0.001, scaled]", { ...sharpness, epsilon: 0.001, maximiser: "scaled" }],
])("%s is taken apart", (reference, first) => {
  const { claims } = read(changed(GREATER, greater(`"${reference}"`)));
  expect(claims[0]?.assertions).toEqual([{ kind: "greater", first, second: 0.5 }]);
});

test("the same samples under two maximisers may be compared", () => {
  const ratio = '{ "ratio": ["SB.sharpness[0.001,scaled]", "SB.sharpness[0.001,sign-ascent]"], "above": 1 }';
  expect(read(changed(GREATER, ratio)).claims[0]?.assertions[0].kind).toBe("ratio");
});

test("the only ε of a measurement need not be named", () => {
  const { claims } = read(changed("[0.001, 0.0005]", "[0.001]", changed(GREATER, greater('"SB.sharpness"'))));
  expect(claims[0]?.assertions[0]).toMatchObject({ first: { ...sharpness, epsilon: 0.001 } });
});
