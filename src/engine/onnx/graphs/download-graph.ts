import { buildCopyGraph } from "./copy-graph.ts";
import { type TrainingShape, training } from "./training-step.ts";

/** Copies what training changes, and the losses, from inputs named as the step graph's to `copy_` and the same. */
export function buildDownloadGraph({
  segments,
  layout,
  rule,
}: Pick<TrainingShape, "segments" | "layout" | "rule">): Uint8Array {
  const vector = (name: string, shape: readonly number[]) => ({ name, type: "float32" as const, shape });
  const kinds = Array.from({ length: 1 + rule.stateCount }, (_, kind) => kind);
  return buildCopyGraph([
    ...segments.flatMap(({ shape }, s) => kinds.map((kind) => vector(training.tensor(kind, s), shape))),
    ...(layout.runningCount > 0 ? [vector(training.running, [layout.runningCount])] : []),
    vector(training.losses, [-1]),
  ]);
}
