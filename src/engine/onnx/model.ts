import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../../data/samples.ts";
import { initialise } from "../../networks/initialise.ts";
import { type ParameterLayout, parameterLayout } from "../../networks/layout.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import type { Optimizer } from "../../spec/suite.types.ts";
import { dropoutSites } from "../dropout-masks.ts";
import type { Model, Objective, Trainer } from "../engine.ts";
import { OnnxObjective } from "./objective.ts";
import { buildEvaluationGraph, buildGradientGraph, type ObjectiveShape } from "./objective-graph.ts";
import { updateRule } from "./optimiser.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import { Session, type SessionSettings } from "./session.ts";
import { OnnxTrainer } from "./trainer.ts";
import { buildTrainingGraph } from "./training-graph.ts";

/** A network in the runtime. Sessions are made when first needed and kept, one per graph and batch size. */
export class OnnxModel implements Model {
  readonly network: ResolvedNetwork;
  readonly layout: ParameterLayout;
  readonly #segments: readonly Segment[];
  /** What all graphs share. */
  readonly #shape: Omit<ObjectiveShape, "batch">;
  readonly #settings: SessionSettings;
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(network: ResolvedNetwork, settings: SessionSettings) {
    this.network = network;
    this.layout = parameterLayout(network);
    this.#segments = segmentsOf(this.layout);
    this.#settings = settings;
    const portable = (settings.device ?? "cpu") !== "cpu";
    this.#shape = { network, layout: this.layout, segments: this.#segments, portable };
  }

  initialise(random: RandomGenerator): Float32Array<ArrayBuffer> {
    return initialise(this.layout, random);
  }

  trainer(samples: Samples, optimizer: Optimizer, random: RandomGenerator, microBatch?: number): Trainer {
    const rule = updateRule(optimizer);
    return new OnnxTrainer({
      samples,
      rule,
      layout: this.layout,
      segments: this.#segments,
      dropout: dropoutSites(this.network),
      random,
      session: (batch) =>
        this.#session(`train ${JSON.stringify(optimizer)} ${samples.count} ${batch} ${microBatch}`, () =>
          buildTrainingGraph({ ...this.#shape, rule, samples: samples.count, batch, microBatch }),
        ),
    });
  }

  objective(samples: Samples, evaluationBatch: number, running?: Float32Array): Objective {
    return new OnnxObjective(samples, evaluationBatch, this.layout, this.#segments, running, {
      gradient: (batch) => this.#session(`gradient ${batch}`, () => buildGradientGraph({ ...this.#shape, batch })),
      evaluation: (batch) => this.#session(`evaluate ${batch}`, () => buildEvaluationGraph({ ...this.#shape, batch })),
    });
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }

  #session(key: string, build: () => Uint8Array): Promise<Session> {
    let session = this.#sessions.get(key);
    if (!session) {
      session = Session.create(build(), this.#settings);
      this.#sessions.set(key, session);
    }
    return session;
  }
}
