import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";

/** Element types that are read, as NumPy's `descr` names them. */
export const NPY_TYPES = ["<f4", "<f8", "<i4", "<i8", "|u1", "|i1"] as const;

export type NpyType = (typeof NPY_TYPES)[number];

/** An array of a .npy file, in C order. */
export interface NpyArray {
  readonly type: NpyType;
  readonly shape: readonly number[];
  /** <f8 as doubles; integers of 64 bits as numbers. */
  readonly data: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ELEMENT_BYTES: Readonly<Record<NpyType, number>> = { "<f4": 4, "<f8": 8, "<i4": 4, "<i8": 8, "|u1": 1, "|i1": 1 };

/**
 * Reads a .npy file of version 1, 2 or 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @throws ClaimbenchError `npy-damaged`; `npy-type` and `npy-order` for arrays it does not read.
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const damaged = (problem: string) => new ClaimbenchError("npy-damaged", `${file}: ${problem}`);
  const { header, dataStart } = readHeader(bytes, damaged);
  const type = readType(header, file, damaged);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  if (order === undefined) throw damaged("its header has no fortran_order");
  if (order === "True") {
    throw new ClaimbenchError("npy-order", `${file}: the array is in Fortran order; expected C order`, {
      hint: "save it with np.save(file, np.ascontiguousarray(array))",
    });
  }
  const shape = readShape(header);
  if (!shape) throw damaged("its header has no shape");
  const expected = elementCount(shape) * ELEMENT_BYTES[type];
  const found = bytes.length - dataStart;
  if (found !== expected)
    throw damaged(`[${shape}] of ${type} takes ${expected} bytes after the header; ${found} are there`);
  // A copy, since data within a file need not be aligned (and a Buffer's slice would not copy).
  const own = new Uint8Array(bytes.subarray(dataStart)).buffer;
  return { type, shape, data: decode(type, own, file) };
}

function readHeader(bytes: Uint8Array, damaged: (problem: string) => ClaimbenchError) {
  if (bytes.length < 10) throw damaged(`${bytes.length} bytes are too few for a .npy file`);
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw damaged("it does not begin as a .npy file does");
  const version = bytes[6] as number;
  if (version < 1 || version > 3) throw damaged(`it has version ${version}; expected 1, 2 or 3`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw damaged(`${bytes.length} bytes are too few for a .npy file`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (bytes.length < start + length) {
    throw damaged(`the header should have ${length} bytes; ${bytes.length - start} are there`);
  }
  return { header: new TextDecoder().decode(bytes.subarray(start, start + length)), dataStart: start + length };
}

function readType(header: string, file: string, damaged: (problem: string) => ClaimbenchError): NpyType {
  const list = NPY_TYPES.join(", ");
  const refused = (found: string, hint: string) =>
    new ClaimbenchError("npy-type", `${file}: its elements are ${found}; expected one of ${list}`, { hint });
  if (/'descr'\s*:\s*\[/.test(header)) throw refused("records", "save each field on its own");
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  if (descr === undefined) throw damaged("its header has no descr");
  const type = NPY_TYPES.find((known) => known === descr);
  if (type) return type;
  if (descr.startsWith(">")) {
    throw refused(`${descr}, big-endian`, "save it with np.save(file, array.astype(array.dtype.newbyteorder('<')))");
  }
  if (descr.endsWith("O")) throw refused(`${descr}, Python objects`, "save an array of numbers");
  throw refused(descr, "save x with np.save(file, x.astype('<f4')) and y with np.save(file, y.astype('<i4'))");
}

function readShape(header: string): number[] | undefined {
  const text = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  // Python 2 wrote long integers as 3L.
  const parts = text?.split(",").flatMap((part) => part.trim().replace(/L$/, "") || []);
  if (!parts?.every((part) => /^\d+$/.test(part))) return undefined;
  return parts.map(Number);
}

function decode(type: NpyType, bytes: ArrayBuffer, file: string): NpyArray["data"] {
  switch (type) {
    case "<f4":
      return new Float32Array(bytes);
    case "<f8":
      return new Float64Array(bytes);
    case "<i4":
      return new Int32Array(bytes);
    case "<i8":
      return narrowed(new BigInt64Array(bytes), file);
    case "|u1":
      return Int32Array.from(new Uint8Array(bytes));
    case "|i1":
      return Int32Array.from(new Int8Array(bytes));
  }
}

function narrowed(values: BigInt64Array, file: string): Int32Array<ArrayBuffer> {
  const large = values.find((value) => BigInt.asIntN(32, value) !== value);
  if (large === undefined) return Int32Array.from(values, Number);
  throw new ClaimbenchError("npy-type", `${file}: it holds ${large}; expected integers of at most 32 bits`);
}
