import type { TrainingState } from "../engine.ts";
import type { CarriedTensors } from "./carried-tensors.ts";

/** The last training's tensors, left on the device for when it goes on; those of one training at a time. */
export class ResidentState {
  #tensors: CarriedTensors | undefined;
  /** What the tensors were when they were left. */
  #vectors: readonly Float32Array[] = [];

  /** Leaves tensors that hold a state's vectors. */
  leave(state: TrainingState, tensors: CarriedTensors): void {
    this.free();
    this.#tensors = tensors;
    this.#vectors = vectorsOf(state);
  }

  /** The tensors of a state whose vectors are the very arrays they were left with; others are freed. */
  take(state: TrainingState): CarriedTensors | undefined {
    const vectors = vectorsOf(state);
    const same = vectors.length === this.#vectors.length && vectors.every((vector, i) => vector === this.#vectors[i]);
    if (!same) this.free();
    const tensors = this.#tensors;
    this.#tensors = undefined;
    return tensors;
  }

  free(): void {
    this.#tensors?.free();
    this.#tensors = undefined;
  }
}

function vectorsOf({ theta, running, moments }: TrainingState): Float32Array[] {
  return [theta, running, ...moments];
}
