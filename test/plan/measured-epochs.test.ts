import fc from "fast-check";
import { expect, test } from "vitest";
import { measuredEpochs } from "../../src/plan/measured-epochs.ts";

test.each([
  [1, 3, [0, 1, 2, 3]],
  [2, 6, [0, 2, 4, 6]],
  [2, 5, [0, 2, 4, 5]],
  [10, 4, [0, 4]],
  [3, 0, [0]],
])("every %i of %i epochs", (every, last, expected) => {
  expect(measuredEpochs(every, last)).toEqual(expected);
});

test("they ascend from the start to the last, and a shorter training's are the longer one's but for its last", () => {
  const whole = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(whole, whole, whole, (every, last, more) => {
      const epochs = measuredEpochs(every, last);
      expect(epochs).toEqual([...new Set(epochs)].toSorted((a, b) => a - b));
      expect([epochs[0], epochs.at(-1)]).toEqual([0, last]);
      expect(measuredEpochs(every, last + more)).toEqual(expect.arrayContaining(epochs.slice(0, -1)));
    }),
  );
});
