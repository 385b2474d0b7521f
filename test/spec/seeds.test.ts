import { expect, test } from "vitest";
import { changed, failure, read, SUITE } from "./suite-under-test.ts";

test.each([
  ["3", undefined, [0, 1, 2]],
  ["[7, 5]", undefined, [7, 5]],
  ["[7, 5]", 3, [0, 1, 2]],
  ["3", 1, [0]],
])("seeds %s with --seeds %s are %j", (seeds, count, expected) => {
  const options = count === undefined ? {} : { seeds: count };
  expect(read(changed('"seeds": 3', `"seeds": ${seeds}`), options).seeds).toEqual(expected);
});

test("a suite may leave the number of seeds open: the first look has min of them", () => {
  const open = changed('"seeds": 3', '"seeds": { "min": 3, "max": 20, "until": "decided" }');
  expect(read(open)).toMatchObject({ seeds: [0, 1, 2], sequential: { min: 3, max: 20 } });
  expect(read(open, { seeds: 2 })).toMatchObject({ seeds: [0, 1] });
  expect(read(open, { seeds: 2 })).not.toHaveProperty("sequential");
  expect(read(SUITE)).not.toHaveProperty("sequential");
});

test.each([
  ['{ "min": 3, "max": 2, "until": "decided" }', "expected at least min, 3 seeds; found 2"],
  ['{ "min": 1, "max": 2, "until": "decided" }', "expected an integer of at least 2, found 1"],
  ['{ "min": 3, "max": 20, "until": "tired" }', 'expected "decided", found "tired"'],
])("seeds %s are refused", (seeds, message) => {
  expect(failure(() => read(changed('"seeds": 3', `"seeds": ${seeds}`))).message).toContain(message);
});

test("claims are judged together after Holm, unless the suite says otherwise", () => {
  expect(read(SUITE).multiplicity).toBe("holm");
  expect(read(changed('"seeds": 3', '"seeds": 3, "multiplicity": "none"')).multiplicity).toBe("none");
});

test.each([0, -1, 1.5, Number.NaN, 1001])("%s seeds are refused", (seeds) => {
  const error = failure(() => read(SUITE, { seeds }));
  expect(error).toMatchObject({ code: "invalid-seeds", message: `expected 1 to 1000 seeds, found ${seeds}` });
});
