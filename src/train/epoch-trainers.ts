import { augmented } from "../data/augment.ts";
import type { Samples } from "../data/samples.ts";
import type { Trainer } from "../engine/engine.ts";
import type { Augmentation } from "../spec/suite.types.ts";
import { generator } from "./seeds.ts";

interface Augmenting {
  readonly train: Samples;
  readonly augment?: Augmentation;
  readonly seed: number;
}

/** The trainer of each epoch: where images are augmented, one of its own for each, else always the same. */
export class EpochTrainers {
  /** On the training set as it is. */
  readonly plain: Trainer;
  readonly #task: Augmenting;
  readonly #trainerOn: (samples: Samples) => Trainer;
  /** Of the epoch that was last asked for. */
  #changed: Trainer | undefined;
  /** Its images; the next epoch's take their place. */
  #images: Float32Array<ArrayBuffer> | undefined;

  constructor(task: Augmenting, trainerOn: (samples: Samples) => Trainer) {
    this.#task = task;
    this.#trainerOn = trainerOn;
    this.plain = trainerOn(task.train);
  }

  /** The images are the same whenever an epoch is asked for. The trainer before is no longer usable. */
  async of(epoch: number): Promise<Trainer> {
    const { train, augment, seed } = this.#task;
    if (!augment) return this.plain;
    await this.release();
    const images = augmented(train, augment, generator(`augmentation/${epoch}`, seed), this.#images);
    this.#images = images.x;
    this.#changed = this.#trainerOn(images);
    return this.#changed;
  }

  /** Lets go of augmented images. */
  async release(): Promise<void> {
    await this.#changed?.release();
    this.#changed = undefined;
  }
}
