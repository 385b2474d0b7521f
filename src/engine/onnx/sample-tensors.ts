import type { Tensor } from "onnxruntime-node";
import { featureCount, type Samples } from "../../data/samples.ts";
import type { Part } from "../evaluation-parts.ts";
import { Holders } from "../holders.ts";
import { buildCopyGraph, copyOf } from "./graphs/copy-graph.ts";
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
  /**
   * For who needs a whole set of samples again and again.
   *
   * @returns gives the set up: when its last holder does, it is freed. Who asks for it later gets it anew.
   */
  hold(samples: Samples): () => Promise<void>;
  release(): Promise<void>;
}

/** Samples where they are: nothing is copied. */
export const samplesInMemory: SampleStore = {
  tensors: async (samples, part) => views(samples, part),
  hold: () => async () => {},
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
  readonly #holders = new Holders(sameSamples);

  constructor(settings: SessionSettings) {
    this.#settings = settings;
  }

  tensors(samples: Samples, part: Part): Promise<SampleTensors> {
    const from = views(samples, part);
    const known = this.#uploaded.find((other) => sameSamples(other.from, from));
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

  hold(samples: Samples): () => Promise<void> {
    const all = views(samples, { first: 0, count: samples.count });
    const letGo = this.#holders.hold(all);
    return async () => {
      if (letGo()) await this.#forget(all);
    };
  }

  async release(): Promise<void> {
    const [uploaded, session] = [this.#uploaded, this.#session];
    [this.#uploaded, this.#session] = [[], undefined];
    await Promise.all(uploaded.map(free));
    await (await session?.catch(() => undefined))?.release();
  }

  async #forget(all: SampleTensors): Promise<void> {
    const known = this.#uploaded.find(({ from }) => sameSamples(from, all));
    if (!known) return;
    this.#uploaded = this.#uploaded.filter((other) => other !== known);
    await free(known);
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

async function free({ to }: Uploaded): Promise<void> {
  const tensors = await to.catch(() => undefined);
  tensors?.x.dispose();
  tensors?.labels.dispose();
}

function views(samples: Samples, { first, count }: Part): SampleTensors {
  const features = featureCount(samples);
  return {
    x: tensor(samples.x.subarray(first * features, (first + count) * features), [count, features]),
    labels: tensor(samples.y.subarray(first, first + count), [count]),
  };
}

function sameSamples(a: SampleTensors, b: SampleTensors): boolean {
  return sameData(a.x, b.x) && sameData(a.labels, b.labels);
}

/** Whether two tensors are views of the same numbers. */
function sameData(a: Tensor, b: Tensor): boolean {
  const [left, right] = [a.data as Float32Array, b.data as Float32Array];
  return left.buffer === right.buffer && left.byteOffset === right.byteOffset && left.length === right.length;
}
