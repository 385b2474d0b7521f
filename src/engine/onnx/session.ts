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

  /** @param outputs where `run` leaves what it has no place for; WebGPU only: on the device, to be fed and disposed of. */
  static async create(
    graph: Uint8Array,
    settings: SessionSettings,
    outputs: "cpu" | "gpu-buffer" = "cpu",
  ): Promise<Session> {
    const { device = "cpu", threads, profilePrefix } = settings;
    const session = await InferenceSession.create(graph, {
      executionProviders: [PROVIDERS[device]],
      graphOptimizationLevel: "all",
      executionMode: "sequential",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      ...(outputs === "cpu" ? {} : { preferredOutputLocation: outputs }),
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
   * @param inputs by name; more than the graph takes do no harm.
   * @param outputs where to write outputs; those that are not named are left out, those without a place are returned. All
   * are returned when absent, as they have to be where outputs stay on the device.
   */
  async run(
    inputs: Readonly<Record<string, Tensor>>,
    outputs?: Readonly<Record<string, Tensor | null>>,
  ): Promise<Readonly<Record<string, Tensor>>> {
    const run = outputs ? this.#session.run(inputs, outputs) : this.#session.run(inputs);
    return (await run) as Record<string, Tensor>;
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
