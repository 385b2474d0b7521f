/** The bytes of a safetensors file; the product's own writer knows float32 only. */
export function safetensorsFile(
  tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array | Int32Array }>>,
): Uint8Array {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Int32Array ? "I32" : "F32";
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const parts = Object.values(tensors).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat([length, text, ...parts]);
}

/**
 * Samples of three classes that a line separates: feature c of a sample of class c is 1, the others vary a little.
 *
 * @param change alters x and y before they are written.
 */
export function threeClasses(count: number, change: (x: Float32Array, y: Int32Array) => void = () => {}): Uint8Array {
  const y = Int32Array.from({ length: count }, (_, i) => i % 3);
  const x = Float32Array.from({ length: 4 * count }, (_, k) =>
    k % 4 === y[Math.floor(k / 4)] ? 1 : ((k * 7) % 11) / 40,
  );
  change(x, y);
  return safetensorsFile({ x: { shape: [count, 4], data: x }, y: { shape: [count], data: y } });
}
