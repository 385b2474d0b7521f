import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";

/** An IDX file of unsigned bytes: MNIST's format, http://yann.lecun.com/exdb/mnist/. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Reads an IDX file: big-endian magic 0x000008dd with dd dimensions, their lengths as u32, then the bytes.
 *
 * @throws ClaimbenchError `idx-damaged` when magic, dimensions or length are not as expected.
 */
export function readIdx(bytes: Uint8Array, dimensions: number, file: string): IdxArray {
  const damaged = (problem: string) => new ClaimbenchError("idx-damaged", `${file}: ${problem}`);
  const headerBytes = 4 + 4 * dimensions;
  if (bytes.length < headerBytes) throw damaged(`${bytes.length} bytes are too few for an IDX file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = 0x0800 + dimensions;
  if (magic !== expected)
    throw damaged(`its magic number is 0x${magic.toString(16)}; expected 0x${expected.toString(16)}`);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const length = elementCount(shape);
  if (bytes.length !== headerBytes + length) {
    throw damaged(`[${shape}] takes ${length} bytes after the header; ${bytes.length - headerBytes} are there`);
  }
  return { shape, data: bytes.subarray(headerBytes) };
}
