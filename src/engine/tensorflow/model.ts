import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../../data/samples.ts";
import { initialise } from "../../networks/initialise.ts";
import { type ParameterLayout, parameterLayout } from "../../networks/layout.ts";
import { inferShapes, type ResolvedNetwork } from "../../networks/shapes.ts";
import type { Optimizer } from "../../spec/suite.types.ts";
import { dropoutSites } from "../dropout-masks.ts";
import type { Model, Objective, Trainer, TrainerOptions } from "../engine.ts";
import { updateConstants } from "../update-constants.ts";
import { NetworkFunction } from "./network-function.ts";
import { TensorflowObjective } from "./objective.ts";
import type { Operators } from "./operators.ts";
import { SamplesOnDevice } from "./samples-on-device.ts";
import type { Tf } from "./tf.ts";
import { TensorflowTrainer } from "./trainer.ts";

/** A network on tfjs. Samples are uploaded when first used and kept until the model is disposed of. */
export class TensorflowModel implements Model {
  readonly network: ResolvedNetwork;
  readonly layout: ParameterLayout;
  readonly workPerCall: number;
  readonly #tf: Tf;
  readonly #operators: Operators;
  readonly #classes: number;
  readonly #samples: SamplesOnDevice;

  constructor(tf: Tf, operators: Operators, network: ResolvedNetwork, workPerCall: number) {
    this.workPerCall = workPerCall;
    this.network = network;
    this.layout = parameterLayout(network);
    this.#tf = tf;
    this.#operators = operators;
    this.#classes = inferShapes(network).at(-1)?.output[0] ?? 1;
    this.#samples = new SamplesOnDevice(tf, network.input);
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
    return new TensorflowTrainer({
      ...this.#common(samples, false),
      constants: updateConstants(optimizer),
      dropout: dropoutSites(this.network),
      random,
      microBatch,
      objective,
      letGo: this.#samples.hold(samples),
    });
  }

  objective(samples: Samples, evaluationBatch: number, running?: Float32Array): Objective {
    return new TensorflowObjective({ ...this.#common(samples, true), evaluationBatch, running });
  }

  async dispose(): Promise<void> {
    this.#samples.dispose();
  }

  #common(samples: Samples, running: boolean) {
    return {
      tf: this.#tf,
      network: new NetworkFunction(this.#tf, this.#operators, this.network, this.layout, running),
      layout: this.layout,
      classes: this.#classes,
      samples,
      input: this.network.input,
      x: () => this.#samples.x(samples),
    };
  }
}
