import type { Tensor } from "onnxruntime-node";
import { featureCount, type Samples } from "../../data/samples.ts";
import type { Part } from "../evaluation-parts.ts";
import { buildCopyGraph, copyOf } from "./copy-graph.ts";
import { Session, type SessionSettings, tensor } from "./session.ts";

/** Consecutive samples as tensors. */
export interface SampleTensors {
  /** float32 [count, features] */
  readonly x: Tensor;
  /** int32 [count] */
  readonly labels: Tensor;
}

/** Gives sessions their samples. */
export interface SampleStore {
  tensors(samples: Samples, part: Part): Promise<SampleTensors>;
  release(): Promise<void>;
}

/** Samples where they are: nothing is copied. */
export const samplesInMemory: SampleStore = {
  tensors: async (samples, part) => views(samples, part),
  release: async () => {},
};

interface Uploaded {
  readonly from: SampleTensors;
  readonly to: Promise<SampleTensors>;
}

/** Samples on WebGPU: copied there when first asked for, and kept until released. They must not change meanwhile. */
export class SamplesOnDevice implements SampleStore {
  readonly #settings: SessionSettings;
  #uploaded: Uploaded[] = [];
  #session: Promise<Session> | undefined;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
  }

  tensors(samples: Samples, part: Part): Promise<SampleTensors> {
    const from = views(samples, part);
    const known = this.#uploaded.find(
      (other) => sameData(other.from.x, from.x) && sameData(other.from.labels, from.labels),
    );
    if (known) return known.to;
    const to = this.#upload(from);
    const entry = { from, to };
    this.#uploaded.push(entry);
    // A failure is the caller's; the next one tries anew.
    to.catch(() => {
      this.#uploaded = this.#uploaded.filter((other) => other !== entry);
      this.#session = undefined;
    });
    return to;
  }

  async release(): Promise<void> {
    const [uploaded, session] = [this.#uploaded, this.#session];
    [this.#uploaded, this.#session] = [[], undefined];
    for (const tensors of await Promise.allSettled(uploaded.map(({ to }) => to))) {
      if (tensors.status === "rejected") continue;
      tensors.value.x.dispose();
      tensors.value.labels.dispose();
    }
    await (await session?.catch(() => undefined))?.release();
  }

  async #upload({ x, labels }: SampleTensors): Promise<SampleTensors> {
    const graph = buildCopyGraph([
      { name: "x", type: "float32", shape: [-1, -1] },
      { name: "labels", type: "int32", shape: [-1] },
    ]);
    this.#session ??= Session.create(graph, this.#settings, "gpu-buffer");
    const out = await (await this.#session).run({ x, labels });
    return { x: out[copyOf("x")] as Tensor, labels: out[copyOf("labels")] as Tensor };
  }
}

function views(samples: Samples, { first, count }: Part): SampleTensors {
  const features = featureCount(samples);
  return {
    x: tensor(samples.x.subarray(first * features, (first + count) * features), [count, features]),
    labels: tensor(samples.y.subarray(first, first + count), [count]),
  };
}

/** Whether two tensors are views of the same numbers. */
function sameData(a: Tensor, b: Tensor): boolean {
  const [left, right] = [a.data as Float32Array, b.data as Float32Array];
  return left.buffer === right.buffer && left.byteOffset === right.byteOffset && left.length === right.length;
}
