import { formatNumber } from "../../judge/wording.ts";
import type { Layer } from "../../spec/network.types.ts";
import type { Network } from "../../spec/run.types.ts";
import { unrolledLayers } from "../../spec/unrolled-layers.ts";

/** "784 → 3 × (dense 128, batch norm, relu) → dense 10": groups that follow each other are told once. */
export function layersInWords(network: Network): string {
  const words = unrolledLayers(network).map(layerWords);
  const parts = [network.input.join(" × ")];
  for (let i = 0; i < words.length; ) {
    const { length, times } = longestRepeat(words, i);
    const group = words.slice(i, i + length).join(", ");
    parts.push(times === 1 ? group : `${times} × (${group})`);
    i += length * times;
  }
  return parts.join(" → ");
}

function layerWords(layer: Layer): string {
  switch (layer.layer) {
    case "dense":
      return `dense ${layer.units}`;
    case "batch-norm":
      return layer.statistics === "running" ? "batch norm (running)" : "batch norm";
    case "dropout":
      return `dropout ${formatNumber(layer.rate)}`;
    case "conv": {
      const step = layer.stride === undefined || layer.stride === 1 ? "" : ` / ${layer.stride}`;
      return `conv ${layer.filters} of ${layer.kernel} × ${layer.kernel}${step}`;
    }
    case "max-pool":
      return `max pool ${layer.size}${layer.stride === undefined || layer.stride === layer.size ? "" : ` / ${layer.stride}`}`;
    default:
      return layer.layer;
  }
}

const LONGEST_GROUP = 8;

/** The group at this place that covers most when it is repeated; a single layer where none is. */
function longestRepeat(words: readonly string[], start: number): { length: number; times: number } {
  let best = { length: 1, times: 1 };
  for (let length = 1; length <= LONGEST_GROUP && start + 2 * length <= words.length; length += 1) {
    let times = 1;
    while (repeats(words, start, length, times)) times += 1;
    if (times > 1 && length * times > best.length * best.times) best = { length, times };
  }
  return best;
}

function repeats(words: readonly string[], start: number, length: number, times: number): boolean {
  const from = start + length * times;
  return (
    from + length <= words.length && words.slice(from, from + length).every((word, i) => word === words[start + i])
  );
}
