import fc from "fast-check";
import { expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/data/safetensors.ts";

const tensors = [
  { name: "0.weight", shape: [2, 3], data: Float32Array.from([1, 2, 3, 4, 5, 6]) },
  { name: "0.bias", shape: [2], data: Float32Array.from([-1, 0.5]) },
];
const file = writeSafetensors(tensors);

function withHeader(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

test("what is written is read back", () => {
  const read = readSafetensors(file, "w");
  expect([...read].map(([name, { shape, data }]) => ({ name, shape, data }))).toEqual(tensors);
});

test("a file within a larger buffer is read as it is, whatever its alignment", () => {
  const odd = new Uint8Array(file.length + 3);
  odd.set(file, 3);
  expect(readSafetensors(odd.subarray(3), "w").get("0.bias")?.data).toEqual(Float32Array.from([-1, 0.5]));
  expect(readSafetensors(Buffer.from(file), "w").get("0.bias")?.data).toEqual(Float32Array.from([-1, 0.5]));
});

test("64-bit integers and doubles are read", () => {
  const header = {
    y: { dtype: "I64", shape: [2], data_offsets: [0, 16] },
    g: { dtype: "F64", shape: [1], data_offsets: [16, 24] },
  };
  const bytes = withHeader(header, 24);
  const view = new DataView(bytes.buffer, bytes.length - 24);
  view.setBigInt64(8, 7n, true);
  view.setFloat64(16, 0.1, true);
  const read = readSafetensors(bytes, "d");
  expect(read.get("y")?.data).toEqual(Int32Array.from([0, 7]));
  expect(read.get("g")?.data).toEqual(Float64Array.from([0.1]));
});

test.each([
  ["an empty file", new Uint8Array(0), /0 bytes are too few/],
  ["a header longer than the file", file.subarray(0, 40), /the header should have \d+ bytes; 32 are there/],
  ["data cut short", file.subarray(0, file.length - 1), /0.bias ends at byte 32 of the data; there are 31/],
  ["a header that is not JSON", withHeader("{nonsense", 0), /not JSON/],
  ["a header that is a list", withHeader([], 0), /not an object/],
  ["a tensor without shape", withHeader({ a: { dtype: "F32" } }, 0), /a has no shape or offsets/],
  [
    "offsets that do not fit the shape",
    withHeader({ a: { dtype: "F32", shape: [2], data_offsets: [0, 4] } }, 4),
    /a has 4 bytes; \[2\] of F32 takes 8/,
  ],
  [
    "a type it does not know",
    withHeader({ a: { dtype: "BF16", shape: [2], data_offsets: [0, 4] } }, 4),
    /BF16; expected F32/,
  ],
])("%s is refused", (_, bytes, message) => {
  expect(() => readSafetensors(bytes, "w.safetensors")).toThrow(message);
});

test("no bytes make it throw anything but a message", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readSafetensors(bytes, "w");
      } catch (error) {
        expect((error as Error).name).toBe("ClaimbenchError");
      }
    }),
  );
});

test.each([
  { values: [3n, -(2n ** 31n)], read: Int32Array.of(3, -(2 ** 31)) },
  { values: [3n, 2n ** 32n], read: Float64Array.of(3, 2 ** 32) },
])("integers of 64 bits are read as they are: $values", ({ values, read }) => {
  const bytes = withHeader({ y: { dtype: "I64", shape: [2], data_offsets: [0, 16] } }, 16);
  bytes.set(new Uint8Array(BigInt64Array.from(values).buffer), bytes.length - 16);
  expect(readSafetensors(bytes, "w").get("y")?.data).toEqual(read);
});
