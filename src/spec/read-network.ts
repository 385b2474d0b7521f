import { basename } from "node:path";
import { parseJson } from "./json-source.ts";
import type { Layer, Network } from "./network.types.ts";
import { checkSchema } from "./schema-check.ts";
import { unrolledLayers } from "./unrolled-layers.ts";

/**
 * Reads a network file: checked, repeats unrolled, defaults filled in.
 *
 * @throws ClaimbenchError with the place in the file.
 */
export function readNetwork(text: string, file: string): Network {
  const source = parseJson(text, file);
  checkSchema(source, "network");
  return resolveNetwork(source.value as Network, basename(file).replace(/\.jsonc?$/, ""));
}

/** @param name of a network that has none of its own. */
export function resolveNetwork(network: Network, name: string): Network {
  return {
    name: network.name ?? name,
    ...(network.description === undefined ? {} : { description: network.description }),
    input: network.input,
    initialiser: network.initialiser ?? "glorot-uniform",
    layers: unrolledLayers(network).map(withDefaults) as [Layer, ...Layer[]],
  };
}

function withDefaults(layer: Layer): Layer {
  switch (layer.layer) {
    case "batch-norm":
      return { ...layer, statistics: layer.statistics ?? "batch", epsilon: layer.epsilon ?? 1e-5 };
    case "conv":
      return { ...layer, stride: layer.stride ?? 1, padding: layer.padding ?? "valid" };
    case "max-pool":
      return { ...layer, stride: layer.stride ?? layer.size, padding: layer.padding ?? "valid" };
    default:
      return layer;
  }
}
