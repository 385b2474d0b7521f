import { readSafetensors, readSafetensorsMetadata, type StoredTensor, writeSafetensors } from "../data/safetensors.ts";
import type { TrainingState } from "../engine/engine.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { CurvePoint } from "../spec/run.types.ts";

/** All that training needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** Epochs finished. */
  readonly epoch: number;
  /** Samples of the next epoch already visited; 0 between epochs. */
  readonly visited: number;
  readonly state: TrainingState;
  /** The order last drawn, int32 [samples]. */
  readonly positions: Int32Array;
  /** Of the generators of order and dropout. */
  readonly generators: { readonly order: readonly number[]; readonly dropout: readonly number[] };
  /** The learning curve so far. */
  readonly curve: readonly CurvePoint[];
  /** Wall time of training so far, over all processes that had a part in it. */
  readonly trainSeconds?: number;
}

/**
 * A checkpoint as a safetensors file: `theta` [n], `running`, `moment.0` … [n] and `positions`; the rest is its metadata
 * `claimbench`, as JSON.
 */
export function encodeCheckpoint({ state, positions, ...rest }: Checkpoint): Uint8Array {
  const vectors: [string, Float32Array | Int32Array][] = [
    ["theta", state.theta],
    ["running", state.running],
    ...state.moments.map((moment, i): [string, Float32Array] => [`moment.${i}`, moment]),
    ["positions", positions],
  ];
  return writeSafetensors(
    vectors.map(([name, data]) => ({ name, shape: [data.length], data })),
    { claimbench: JSON.stringify({ ...rest, updates: state.updates, moments: state.moments.length }) },
  );
}

/** @throws ClaimbenchError `safetensors-damaged` when the file is not a checkpoint. */
export function decodeCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  const tensors = readSafetensors(bytes, file);
  const { claimbench } = readSafetensorsMetadata(bytes, file);
  const damaged = (what: string) => new ClaimbenchError("safetensors-damaged", `${file}: ${what}`);
  if (claimbench === undefined) throw damaged("it is not a checkpoint of claimbench");
  const { updates, moments, ...rest } = JSON.parse(claimbench) as Omit<Checkpoint, "state" | "positions"> & {
    readonly updates: number;
    readonly moments: number;
  };
  const floats = (name: string) => {
    const found = tensors.get(name)?.data;
    if (!(found instanceof Float32Array)) throw damaged(`it has no float32 tensor ${name}`);
    return found;
  };
  const positions: StoredTensor["data"] | undefined = tensors.get("positions")?.data;
  if (!(positions instanceof Int32Array)) throw damaged("it has no int32 tensor positions");
  const state = {
    theta: floats("theta"),
    running: floats("running"),
    moments: Array.from({ length: moments }, (_, i) => floats(`moment.${i}`)),
    updates,
  };
  return { ...rest, state, positions };
}
