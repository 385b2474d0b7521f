import { readFile } from "node:fs/promises";
import { readSafetensors } from "../data/safetensors.ts";
import type { ParameterLayout } from "../networks/layout.ts";
import { ClaimbenchError } from "../spec/error.ts";

interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
}

export interface Checkpoint {
  /** Float32Array[n] */
  readonly theta: Float32Array<ArrayBuffer>;
  /** Of layers that keep running statistics; empty where none does. */
  readonly running: Float32Array<ArrayBuffer>;
}

/**
 * Reads a checkpoint named as torch.nn.Sequential's state_dict.
 *
 * @param path a safetensors file.
 * @throws ClaimbenchError `weights-missing`, `weights-mismatch` or `safetensors-damaged`.
 */
export async function loadCheckpoint(path: string, layout: ParameterLayout): Promise<Checkpoint> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new ClaimbenchError("weights-missing", `the weights file ${path} cannot be read: ${cause.message}`, {
      cause,
    });
  });
  const tensors = readSafetensors(bytes, path);
  const problems: string[] = [];
  const theta = new Float32Array(layout.parameterCount);
  const running = new Float32Array(layout.runningCount);
  const read = ({ name, shape, offset }: Place, into: Float32Array) => {
    const tensor = tensors.get(name);
    if (!tensor) problems.push(`${name} [${shape}] is missing`);
    else if (tensor.shape.join() !== shape.join())
      problems.push(`${name} is [${tensor.shape}]; the network has [${shape}]`);
    else if (!tensor.data.every(Number.isFinite)) problems.push(`${name} holds a number that is not finite`);
    else into.set(tensor.data, offset);
    tensors.delete(name);
  };
  for (const parameter of layout.parameters) read(parameter, theta);
  for (const { layer, features, offset } of layout.running) {
    read({ name: `${layer}.running_mean`, shape: [features], offset }, running);
    read({ name: `${layer}.running_var`, shape: [features], offset: offset + features }, running);
    tensors.delete(`${layer}.num_batches_tracked`);
  }
  for (const [name, { shape }] of tensors) problems.push(`${name} [${shape}] is not a parameter of the network`);
  if (problems.length === 0) return { theta, running };
  const shown = problems.slice(0, 8).map((problem) => `  ${problem}`);
  if (problems.length > shown.length) shown.push(`  and ${problems.length - shown.length} more`);
  throw new ClaimbenchError("weights-mismatch", [`${path} does not fit the network:`, ...shown].join("\n"), {
    hint: 'parameters are named "<layer index>.weight" and "<layer index>.bias" (running statistics ".running_mean" and ".running_var"), as torch.nn.Sequential names them',
  });
}
