import { expect, test } from "vitest";
import { differences } from "../../src/plan/differences.ts";

test.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: { b: 256 } }, { a: { b: 128 } }, [{ path: "a.b", before: 256, after: 128 }]],
  [
    { a: 1 },
    { b: 1 },
    [
      { path: "a", before: 1, after: undefined },
      { path: "b", before: undefined, after: 1 },
    ],
  ],
  [{ a: [1, 2] }, { a: [1, 3] }, [{ path: "a.1", before: 2, after: 3 }]],
  [{ a: [1, 2] }, { a: [1] }, [{ path: "a", before: [1, 2], after: [1] }]],
  [{ a: "cold" }, { a: { epoch: 1 } }, [{ path: "a", before: "cold", after: { epoch: 1 } }]],
  [{ a: null }, { a: 0 }, [{ path: "a", before: null, after: 0 }]],
  [{ a: [1] }, { a: { 0: 1 } }, [{ path: "a", before: [1], after: { 0: 1 } }]],
  [{ a: { b: 1 } }, {}, [{ path: "a", before: { b: 1 }, after: undefined }]],
  [1, 2, [{ path: "", before: 1, after: 2 }]],
])("%j and %j", (before, after, found) => {
  expect(differences(before, after)).toEqual(found);
});

test("no more are found than wanted", () => {
  const found = differences({ a: 1, b: { c: 1, d: 1 }, e: 1 }, { a: 2, b: { c: 2, d: 2 }, f: 2 }, 2);
  expect(found.map(({ path }) => path)).toEqual(["a", "b.c"]);
});
