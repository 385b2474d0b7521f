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
  /** Where to write a profile, as the start of a path; none is made when absent. */
  readonly profilePrefix?: string;
}

/** An ONNX graph loaded into the runtime. */
export class Session {
  readonly #session: InferenceSession;

  readonly #profiled: boolean;

  private constructor(session: InferenceSession, profiled: boolean) {
    this.#session = session;
    this.#profiled = profiled;
  }

  static async create(graph: Uint8Array, settings: SessionSettings): Promise<Session> {
    const { device = "cpu", threads, profilePrefix } = settings;
    const session = await InferenceSession.create(graph, {
      executionProviders: [PROVIDERS[device]],
      graphOptimizationLevel: "all",
      executionMode: "sequential",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
      // Without it, a converged network runs many times slower: its activations and moments become denormal numbers.
      extra: {
        session: { set_denormal_as_zero: "1" },
        // It would undo the padding that `convolution` does on purpose.
        ...(device === "cpu" ? {} : { optimization: { disable_specified_optimizers: "Pad_Fusion" } }),
      },
    });
    return new Session(session, profilePrefix !== undefined);
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
    if (this.#profiled) this.#session.endProfiling();
    return this.#session.release();
  }
}

/** Wraps an array, without copying, as a tensor of the given shape. */
export function tensor(data: Feed, shape: readonly number[]): Tensor {
  if (data instanceof Float32Array) return new Tensor("float32", data, shape);
  if (data instanceof Int32Array) return new Tensor("int32", data, shape);
  return new Tensor("int64", data, shape);
}
