import { type ElementType, Graph } from "./graph.ts";

/** A graph that puts out what it is given, under the same names with `copy_` before: it carries tensors to a device or back. */
export function buildCopyGraph(
  tensors: readonly { readonly name: string; readonly type: ElementType; readonly shape: readonly number[] }[],
): Uint8Array {
  const graph = new Graph({ portable: true });
  for (const { name, type, shape } of tensors) graph.output(graph.input(name, type, shape), copyOf(name));
  return graph.encode();
}

export function copyOf(name: string): string {
  return `copy_${name}`;
}
