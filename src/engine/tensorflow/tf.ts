// The part of tfjs that the engine uses, written down here: its packages are optional, so their types are not at hand.

/** A tensor in the runtime's memory, alive until disposed of, by itself or by the tidy it was made in. */
export interface Tensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array<ArrayBuffer>>;
  dispose(): void;
}

/** What can be kept by a tidy: tensors and containers of them. */
export type Kept = Tensor | readonly Kept[] | { readonly [name: string]: Kept } | undefined;

/** A function with its own gradient: `gradFunc` gives one tensor per input, of its shape. */
export interface CustomGradient {
  readonly value: Tensor;
  gradFunc(gradient: Tensor, saved: Tensor[]): Tensor[];
}

type Save = (tensors: readonly Tensor[]) => void;

export interface Tf {
  enableProdMode(): void;
  setBackend(name: string): Promise<boolean>;
  backend(): unknown;
  memory(): { readonly numTensors: number };
  tidy<T extends Kept>(run: () => T): T;
  keep(tensor: Tensor): Tensor;
  dispose(tensors: Kept): void;

  tensor(values: Float32Array | Int32Array, shape: readonly number[], type?: "float32" | "int32"): Tensor;
  scalar(value: number): Tensor;
  fill(shape: readonly number[], value: number): Tensor;

  add(a: Tensor, b: Tensor | number): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor | number): Tensor;
  div(a: Tensor | number, b: Tensor): Tensor;
  minimum(a: Tensor | number, b: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  rsqrt(x: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  neg(x: Tensor): Tensor;
  sign(x: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  /** bool. */
  greater(a: Tensor, b: Tensor): Tensor;
  /** bool. */
  equal(a: Tensor, b: Tensor): Tensor;
  where(condition: Tensor, a: Tensor, b: Tensor): Tensor;
  logSoftmax(x: Tensor): Tensor;
  sum(x: Tensor, axes?: readonly number[]): Tensor;
  mean(x: Tensor, axes?: readonly number[]): Tensor;

  reshape(x: Tensor, shape: readonly number[]): Tensor;
  transpose(x: Tensor, axes: readonly number[]): Tensor;
  reverse(x: Tensor, axes: readonly number[]): Tensor;
  slice(x: Tensor, from: readonly number[], size: readonly number[]): Tensor;
  stridedSlice(x: Tensor, from: readonly number[], to: readonly number[], steps: readonly number[]): Tensor;
  split(x: Tensor, sizes: readonly number[]): Tensor[];
  concat(parts: readonly Tensor[]): Tensor;
  stack(parts: readonly Tensor[]): Tensor;
  gather(x: Tensor, rows: Tensor): Tensor;
  pad(x: Tensor, paddings: readonly (readonly [number, number])[], value: number): Tensor;

  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  /** x [batch, height, width, channels], filter [height, width, channels, filters]. */
  conv2d(x: Tensor, filter: Tensor, strides: number, padding: "same" | "valid"): Tensor;
  maxPool(x: Tensor, size: number, strides: number, padding: "same" | "valid"): Tensor;

  /** @param f of tensors and, last, what saves tensors for the gradient. */
  customGrad<Inputs extends readonly Tensor[]>(
    f: (...inputs: [...Inputs, Save]) => CustomGradient,
  ): (...inputs: Inputs) => Tensor;
  /** Gradients by every input of `f`, whose value is weighted by `gradient`. */
  valueAndGrads(
    f: (...inputs: Tensor[]) => Tensor,
  ): (inputs: readonly Tensor[], gradient: Tensor) => { value: Tensor; grads: Tensor[] };
}

/** An attribute of a TensorFlow operation; `type` is one of the binding's TF_ATTR numbers. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string;
}

/** tfjs-node's backend: it runs any operation of the TensorFlow library by name. */
export interface NativeBackend {
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_FLOAT: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
  };
  readonly isUsingGpuDevice: boolean;
  executeMultipleOutputs(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}
