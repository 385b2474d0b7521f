import type { Layer, Network } from "./network.types.ts";

/** The layers of a network with its repeats written out. */
export function unrolledLayers({ layers }: Pick<Network, "layers">): Layer[] {
  return layers.flatMap((entry) =>
    "repeat" in entry ? Array.from({ length: entry.repeat }, () => entry.layers).flat() : [entry],
  );
}
