import type { Tensor } from "onnxruntime-node";

/** Tensors that go from run to run, by the name of the input they are for. The runtime frees none on a device by itself. */
export class CarriedTensors {
  readonly #tensors = new Map<string, Tensor>();

  /** Puts a tensor in the place of the last one of its name, which is freed. */
  set(name: string, tensor: Tensor): void {
    free(this.#tensors.get(name));
    this.#tensors.set(name, tensor);
  }

  get feeds(): Readonly<Record<string, Tensor>> {
    return Object.fromEntries(this.#tensors);
  }

  free(): void {
    for (const tensor of this.#tensors.values()) free(tensor);
    this.#tensors.clear();
  }
}

function free(tensor: Tensor | undefined): void {
  if (tensor?.location === "gpu-buffer") tensor.dispose();
}
