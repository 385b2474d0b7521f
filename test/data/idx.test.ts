import { expect, test } from "vitest";
import { readIdx } from "../../src/data/idx.ts";

const file = Uint8Array.from([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

test("shape and bytes are read", () => {
  expect(readIdx(file, 2, "f")).toEqual({ shape: [2, 3], data: Uint8Array.from([1, 2, 3, 4, 5, 6]) });
});

test.each([
  ["a wrong magic number", file, 1, /0x802; expected 0x801/],
  ["a truncated file", file.subarray(0, 17), 2, /takes 6 bytes after the header; 5 are there/],
  ["a file that is too long", Uint8Array.from([...file, 7]), 2, /takes 6 bytes after the header; 7 are there/],
  ["an empty file", new Uint8Array(0), 2, /too few/],
])("%s is refused", (_, bytes, dimensions, message) => {
  expect(() => readIdx(bytes, dimensions, "f")).toThrow(message);
});
