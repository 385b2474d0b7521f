import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Device } from "../device.ts";
import { PROVIDERS } from "./providers.ts";

/** A tensor on its way into or out of a session; its data is not copied. */
export type Feed = Float32Array | Int32Array | BigInt64Array;

export interface SessionSettings {
  /** The CPU when absent. */
  readonly device?: Device;
  /** Threads within an operator. */
  readonly threads: number;
}

/** An ONNX graph loaded into the runtime. */
export class Session {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  static async create(graph: Uint8Array, { device = "cpu", threads }: SessionSettings): Promise<Session> {
    const session = await InferenceSession.create(graph, {
      executionProviders: [PROVIDERS[device]],
      graphOptimizationLevel: "all",
      executionMode: "sequential",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // Without it, a converged network runs many times slower: its activations and moments become denormal numbers.
      extra: { session: { set_denormal_as_zero: "1" } },
    });
    return new Session(session);
  }

  /**
   * @param outputs where to write outputs; those that are not named are left out, those without a place are returned.
   */
  async run(
    inputs: Readonly<Record<string, Tensor>>,
    outputs: Readonly<Record<string, Tensor | null>>,
  ): Promise<Readonly<Record<string, Tensor>>> {
    return (await this.#session.run(inputs, outputs)) as Record<string, Tensor>;
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/** Wraps an array, without copying, as a tensor of the given shape. */
export function tensor(data: Feed, shape: readonly number[]): Tensor {
  if (data instanceof Float32Array) return new Tensor("float32", data, shape);
  if (data instanceof Int32Array) return new Tensor("int32", data, shape);
  return new Tensor("int64", data, shape);
}
