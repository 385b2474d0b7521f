import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";

/** A tensor of a safetensors file. */
export interface StoredTensor {
  readonly type: "F32" | "F64" | "I32" | "I64";
  readonly shape: readonly number[];
  /** Of I64 as int32 where all values fit, else as doubles. */
  readonly data: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

const ELEMENT_BYTES = { F32: 4, F64: 8, I32: 4, I64: 8 } as const;

/**
 * Reads a safetensors file (https://huggingface.co/docs/safetensors): u64 length of a JSON header, the header, the data.
 *
 * @throws ClaimbenchError `safetensors-damaged` or `safetensors-type`, naming the file.
 */
export function readSafetensors(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  const { header, data, damaged } = readHeader(bytes, file);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const {
      dtype,
      shape,
      data_offsets: range,
    } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
    if (!isLengths(shape) || !isLengths(range) || range.length !== 2)
      throw damaged(`tensor ${name} has no shape or offsets`);
    if (typeof dtype !== "string" || !isElementType(dtype)) {
      throw new ClaimbenchError(
        "safetensors-type",
        `${file}: tensor ${name} has type ${String(dtype)}; expected F32, F64, I32 or I64`,
      );
    }
    const [from = 0, to = 0] = range;
    const elements = elementCount(shape);
    if (to - from !== elements * ELEMENT_BYTES[dtype]) {
      throw damaged(
        `tensor ${name} has ${to - from} bytes; [${shape}] of ${dtype} takes ${elements * ELEMENT_BYTES[dtype]}`,
      );
    }
    if (to > data.length) throw damaged(`tensor ${name} ends at byte ${to} of the data; there are ${data.length}`);
    // A copy, since the data of a tensor need not be aligned (and a Buffer's slice would not copy).
    const own = new Uint8Array(data.subarray(from, to)).buffer;
    tensors.set(name, { type: dtype, shape, data: decodeElements(dtype, own) });
  }
  return tensors;
}

/** @returns the file's `__metadata__`: strings by name; empty where there is none. @throws as {@link readSafetensors}. */
export function readSafetensorsMetadata(bytes: Uint8Array, file: string): Readonly<Record<string, string>> {
  const { __metadata__: metadata } = readHeader(bytes, file).header;
  return typeof metadata === "object" && metadata !== null ? (metadata as Record<string, string>) : {};
}

/** @returns the bytes of a safetensors file of float32 and int32 tensors, in the order given. */
export function writeSafetensors(
  tensors: Iterable<{
    readonly name: string;
    readonly shape: readonly number[];
    readonly data: Float32Array | Int32Array;
  }>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  const parts: (Float32Array | Int32Array)[] = [];
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    const dtype = data instanceof Float32Array ? "F32" : "I32";
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    parts.push(data);
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Spaces pad the header so that the data is aligned to 8 bytes.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(json, 8);
  let at = 8 + headerLength;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

function readHeader(bytes: Uint8Array, file: string) {
  const damaged = (problem: string) =>
    new ClaimbenchError("safetensors-damaged", `${file}: ${problem}`, {
      hint: "the file is damaged or not a safetensors file",
    });
  if (bytes.length < 8) throw damaged(`${bytes.length} bytes are too few for a safetensors file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > bytes.length - 8) {
    throw damaged(`the header should have ${headerLength} bytes; ${bytes.length - 8} are there`);
  }
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + headerLength)));
  } catch {
    throw damaged("the header is not JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw damaged("the header is not an object");
  return { header: header as Record<string, unknown>, data: bytes.subarray(8 + headerLength), damaged };
}

function isLengths(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}

function isElementType(name: string): name is StoredTensor["type"] {
  return Object.hasOwn(ELEMENT_BYTES, name);
}

function decodeElements(type: StoredTensor["type"], bytes: ArrayBuffer): StoredTensor["data"] {
  switch (type) {
    case "F32":
      return new Float32Array(bytes);
    case "F64":
      return new Float64Array(bytes);
    case "I32":
      return new Int32Array(bytes);
    case "I64":
      return fromIntegers(new BigInt64Array(bytes));
  }
}

/** Cut off to 32 bits, a label would be another. */
function fromIntegers(values: BigInt64Array): StoredTensor["data"] {
  const fits = values.every((value) => BigInt.asIntN(32, value) === value);
  return fits ? Int32Array.from(values, Number) : Float64Array.from(values, Number);
}
