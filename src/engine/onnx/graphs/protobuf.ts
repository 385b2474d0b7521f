/**
 * Writes protocol-buffer messages (https://protobuf.dev/programming-guides/encoding/), as far as ONNX files need them:
 * varints, strings, bytes, floats and nested messages.
 */
export class MessageWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  varint(field: number, value: number | bigint): this {
    this.#push(encodeVarint((field << 3) | 0));
    return this.#push(encodeVarint(value));
  }

  float(field: number, value: number): this {
    this.#push(encodeVarint((field << 3) | 5));
    return this.#push(new Uint8Array(new Float32Array([value]).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#push(encodeVarint((field << 3) | 2));
    this.#push(encodeVarint(value.length));
    return this.#push(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, write: (message: MessageWriter) => void): this {
    const message = new MessageWriter();
    write(message);
    return this.bytes(field, message.finish());
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  #push(part: Uint8Array): this {
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }
}

/** Negative numbers take ten bytes, as two's complement of 64 bits. */
function encodeVarint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}
