import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../../data/samples.ts";
import { initialise } from "../../networks/initialise.ts";
import { type ParameterLayout, parameterLayout } from "../../networks/layout.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import type { Optimizer } from "../../spec/suite.types.ts";
import { dropoutSites } from "../dropout-masks.ts";
import type { Model, Objective, Trainer, TrainerOptions } from "../engine.ts";
import { WORK_PER_CALL } from "../work-per-call.ts";
import { DeviceTrainer } from "./device-trainer.ts";
import { buildDownloadGraph } from "./graphs/download-graph.ts";
import { buildEvaluationGraph, buildGradientGraph, type ObjectiveShape } from "./graphs/objective-graph.ts";
import { updateRule } from "./graphs/optimiser.ts";
import { type Segment, segmentsOf } from "./graphs/segments.ts";
import { buildStepGraph } from "./graphs/step-graph.ts";
import { buildTrainingGraph } from "./graphs/training-graph.ts";
import { OnnxObjective } from "./objective.ts";
import { ResidentState } from "./resident-state.ts";
import { type SampleStore, SamplesOnDevice, samplesInMemory } from "./sample-tensors.ts";
import { Session, type SessionSettings } from "./session.ts";
import { OnnxTrainer } from "./trainer.ts";

/** A network in the runtime. Sessions are made when first needed and kept, one per graph and batch size. */
export class OnnxModel implements Model {
  readonly network: ResolvedNetwork;
  readonly layout: ParameterLayout;
  readonly workPerCall: number;
  readonly #segments: readonly Segment[];
  /** What all graphs share. */
  readonly #shape: Omit<ObjectiveShape, "batch">;
  readonly #settings: SessionSettings;
  /** Of sessions that only copy: not profiled. */
  readonly #copySettings: SessionSettings;
  readonly #sessions = new Map<string, Promise<Session>>();
  readonly #store: SampleStore;
  readonly #resident = new ResidentState();

  constructor(network: ResolvedNetwork, settings: SessionSettings) {
    this.network = network;
    this.layout = parameterLayout(network);
    this.#segments = segmentsOf(this.layout);
    this.#settings = settings;
    const { device = "cpu", threads } = settings;
    this.workPerCall = WORK_PER_CALL[device === "cpu" ? "cpu" : "gpu"];
    this.#shape = { network, layout: this.layout, segments: this.#segments, portable: device !== "cpu" };
    this.#copySettings = { device, threads };
    this.#store = device === "webgpu" ? new SamplesOnDevice(this.#copySettings) : samplesInMemory;
  }

  initialise(random: RandomGenerator): Float32Array<ArrayBuffer> {
    return initialise(this.layout, random);
  }

  trainer(
    samples: Samples,
    optimizer: Optimizer,
    random: RandomGenerator,
    { microBatch, objective }: TrainerOptions = {},
  ): Trainer {
    const rule = updateRule(optimizer);
    const shape = { ...this.#shape, rule, samples: samples.count, microBatch, objective };
    const key = `train ${JSON.stringify([optimizer, objective])} ${samples.count} ${microBatch}`;
    const dropout = dropoutSites(this.network);
    const parts = { samples, rule, layout: this.layout, segments: this.#segments, dropout, random, objective };
    // Only WebGPU's tensors can stay on the device from run to run; elsewhere a run has to be many steps.
    if (this.#settings.device === "webgpu") {
      return new DeviceTrainer({
        ...parts,
        microBatch,
        store: this.#store,
        resident: this.#resident,
        stepSession: (batch, part) =>
          this.#session(`${key} ${batch} ${JSON.stringify(part)}`, () =>
            Session.create(buildStepGraph({ ...shape, batch }, part), this.#settings, "gpu-buffer"),
          ),
        downloadSession: () =>
          this.#session(`download ${rule.stateCount}`, () =>
            Session.create(buildDownloadGraph(shape), this.#copySettings),
          ),
      });
    }
    return new OnnxTrainer({
      ...parts,
      session: (batch) =>
        this.#session(`${key} ${batch}`, () => Session.create(buildTrainingGraph({ ...shape, batch }), this.#settings)),
    });
  }

  objective(samples: Samples, evaluationBatch: number, running?: Float32Array): Objective {
    return new OnnxObjective(samples, evaluationBatch, this.layout, this.#segments, running, {
      store: this.#store,
      gradient: (batch, patterns) =>
        this.#session(`gradient ${batch} ${patterns}`, () =>
          Session.create(buildGradientGraph({ ...this.#shape, batch }, patterns), this.#settings),
        ),
      evaluation: (batch) =>
        this.#session(`evaluate ${batch}`, () =>
          Session.create(buildEvaluationGraph({ ...this.#shape, batch }), this.#settings),
        ),
    });
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    this.#resident.free();
    await this.#store.release();
    for (const session of await Promise.allSettled(sessions)) {
      if (session.status === "fulfilled") await session.value.release();
    }
  }

  #session(key: string, create: () => Promise<Session>): Promise<Session> {
    let session = this.#sessions.get(key);
    if (!session) {
      session = create();
      this.#sessions.set(key, session);
      // A failure is the caller's; the next one tries anew.
      session.catch(() => this.#sessions.delete(key));
    }
    return session;
  }
}
