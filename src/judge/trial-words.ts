import type { Trial } from "../spec/run.types.ts";

/** "diverged at update 17", "crashed: out of memory". */
export function whatBecameOf(trial: Exclude<Trial, { state: "completed" }>): string {
  if (trial.state === "diverged") return `diverged at update ${trial.update}`;
  return `${trial.state === "crashed" ? "crashed" : "was not run"}: ${firstLine(trial.reason)}`;
}

/** A crash's reason may end with all that the worker printed. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
