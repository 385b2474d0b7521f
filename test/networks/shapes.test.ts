import { expect, test } from "vitest";
import { inferShapes, slidingWindow } from "../../src/networks/shapes.ts";
import type { Layer, Padding } from "../../src/spec/network.types.ts";

test.each<[number, number, number, Padding, { before: number; after: number; outputs: number }]>([
  [32, 3, 2, "same", { before: 0, after: 1, outputs: 16 }],
  [32, 5, 1, "same", { before: 2, after: 2, outputs: 32 }],
  [32, 3, 2, 1, { before: 1, after: 1, outputs: 16 }],
  [32, 3, 2, "valid", { before: 0, after: 0, outputs: 15 }],
  [8, 2, 2, "valid", { before: 0, after: 0, outputs: 4 }],
])("a window over %i: size %i, stride %i, padding %s", (inputs, size, stride, padding, expected) => {
  expect(slidingWindow(inputs, size, stride, padding)).toEqual(expected);
});

const dense: Layer = { layer: "dense", units: 10 };
test.each<[string, number[], Layer[], RegExp]>([
  ["a dense layer on an image", [1, 28, 28], [dense], /layer 0 \(dense\) needs a flat input; it gets \[1,28,28\]/],
  [
    "a conv layer on a vector",
    [784],
    [{ layer: "conv", filters: 2, kernel: 3 }, dense],
    /needs an input \[channels, height, width\]/,
  ],
  [
    "a kernel larger than its image",
    [1, 4, 4],
    [{ layer: "conv", filters: 2, kernel: 5 }, { layer: "flatten" }, dense],
    /5×5 window, larger than its 4×4 input/,
  ],
  ["no flat output", [1, 4, 4], [{ layer: "relu" }], /one logit per class, a shape \[classes\]; it gives \[1,4,4\]/],
])("%s is refused", (_, input, layers, message) => {
  expect(() => inferShapes({ name: "net", input, layers })).toThrow(message);
});

test("the error shows the shapes up to the misfit", () => {
  const layers: Layer[] = [{ layer: "conv", filters: 2, kernel: 3 }, dense];
  expect(() => inferShapes({ name: "net", input: [1, 8, 8], layers })).toThrow("  0  conv  [1,8,8] → [2,6,6]");
});
