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

test.each([0, -1, 1.5, Number.NaN, 1001])("%s seeds are refused", (seeds) => {
  const error = failure(() => read(SUITE, { seeds }));
  expect(error).toMatchObject({ code: "invalid-seeds", message: `expected 1 to 1000 seeds, found ${seeds}` });
});
