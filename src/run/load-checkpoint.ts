import { readFile } from "node:fs/promises";
import { readSafetensors } from "../data/safetensors.ts";
import type { ParameterLayout } from "../networks/layout.ts";
import { ClaimbenchError } from "../spec/error.ts";

/**
 * Reads a checkpoint named as torch.nn.Sequential's state_dict into θ.
 *
 * @param path a safetensors file.
 * @returns Float32Array[n]
 * @throws ClaimbenchError `weights-missing`, `weights-mismatch` or `safetensors-damaged`.
 */
export async function loadCheckpoint(path: string, layout: ParameterLayout): Promise<Float32Array<ArrayBuffer>> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new ClaimbenchError("weights-missing", `the weights file ${path} cannot be read: ${cause.message}`, {
      cause,
    });
  });
  const tensors = readSafetensors(bytes, path);
  const problems: string[] = [];
  const theta = new Float32Array(layout.parameterCount);
  for (const { name, shape, offset } of layout.parameters) {
    const tensor = tensors.get(name);
    if (!tensor) problems.push(`${name} [${shape}] is missing`);
    else if (tensor.shape.join() !== shape.join())
      problems.push(`${name} is [${tensor.shape}]; the network has [${shape}]`);
    else if (!tensor.data.every(Number.isFinite)) problems.push(`${name} holds a number that is not finite`);
    else theta.set(tensor.data, offset);
    tensors.delete(name);
  }
  for (const [name, { shape }] of tensors) problems.push(`${name} [${shape}] is not a parameter of the network`);
  if (problems.length === 0) return theta;
  const shown = problems.slice(0, 8).map((problem) => `  ${problem}`);
  if (problems.length > shown.length) shown.push(`  and ${problems.length - shown.length} more`);
  throw new ClaimbenchError("weights-mismatch", [`${path} does not fit the network:`, ...shown].join("\n"), {
    hint: 'parameters are named "<layer index>.weight" and "<layer index>.bias", as torch.nn.Sequential names them',
  });
}
