import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readNpy } from "../../src/data/npy.ts";

const folder = join(import.meta.dirname, "..", "fixtures", "data");

interface Case {
  readonly file: string;
  readonly error?: string;
  readonly type: string;
  readonly shape: number[];
  readonly values: number[];
}

const { cases }: { cases: Case[] } = JSON.parse(readFileSync(join(folder, "npy.json"), "utf8"));
const bytesOf = (file: string) => readFileSync(join(folder, "npy", file));

test.each(cases.filter(({ error }) => error === undefined))("$file is read as NumPy wrote it", (written) => {
  const { type, shape, data } = readNpy(bytesOf(written.file), written.file);
  expect({ type, shape, values: [...data] }).toEqual({
    type: written.type,
    shape: written.shape,
    values: written.values,
  });
});

test.each(cases.filter(({ error }) => error !== undefined))("$file is refused with $error", ({ file, error }) => {
  expect(() => readNpy(bytesOf(file), file)).toThrow(expect.objectContaining({ code: error }));
});

const f4 = bytesOf("f4.npy");
const header = (text: string) => {
  const bytes = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${text}`, "latin1");
  bytes.writeUInt16LE(text.length, 8);
  return bytes;
};

test.each([
  ["an empty file", f4.subarray(0, 0), /0 bytes are too few/],
  ["a file that is none", Buffer.from("x,y\n1,2\n3,4\n"), /does not begin as a .npy file does/],
  ["a version to come", f4.with(6, 4), /it has version 4; expected 1, 2 or 3/],
  ["a header cut short", f4.subarray(0, 50), /the header should have 118 bytes; 40 are there/],
  ["data cut short", f4.subarray(0, -1), /\[2,3\] of <f4 takes 24 bytes after the header; 23 are there/],
  ["more data than the shape takes", Buffer.concat([f4, f4]), /24 bytes after the header; 176 are there/],
  ["a header without type", header("{'fortran_order': False, 'shape': (1,)}"), /no descr/],
  ["a header without order", header("{'descr': '<f4', 'shape': (1,)}"), /no fortran_order/],
  ["a header without shape", header("{'descr': '<f4', 'fortran_order': False}"), /no shape/],
  ["a shape of words", header("{'descr': '<f4', 'fortran_order': False, 'shape': (n,)}"), /no shape/],
])("%s is refused", (_, bytes, message) => {
  expect(() => readNpy(bytes, "a.npy")).toThrow(expect.objectContaining({ code: "npy-damaged" }));
  expect(() => readNpy(bytes, "a.npy")).toThrow(message);
});

test("a type it does not read names those it does", () => {
  expect(() => readNpy(bytesOf("half.npy"), "a.npy")).toThrow(
    "a.npy: its elements are <f2; expected one of <f4, <f8, <i4, <i8, |u1, |i1",
  );
});

test("long integers of Python 2 in the shape are read", () => {
  const old = Buffer.concat([
    header("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L), }"),
    Buffer.from([5, 6]),
  ]);
  expect(readNpy(old, "a.npy")).toMatchObject({ shape: [2, 1], data: Int32Array.from([5, 6]) });
});

test("no bytes make it throw anything but a message", () => {
  const start = f4.subarray(0, 8);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, proper) => {
      try {
        readNpy(proper ? Buffer.concat([start, bytes]) : bytes, "a.npy");
      } catch (error) {
        expect((error as Error).name).toBe("ClaimbenchError");
      }
    }),
  );
});
