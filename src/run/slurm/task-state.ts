/** How a task of an array fares, as far as Slurm knows. */
export type TaskState = (
  | { readonly state: "pending"; readonly reason: string }
  | { readonly state: "running"; readonly node: string }
  | { readonly state: "completed" }
  /** With the exit code, or the number of the signal that ended it. */
  | { readonly state: "failed"; readonly exitCode: number; readonly signal: number }
  | { readonly state: "timeout" | "preempted" | "node-fail" | "cancelled" | "out-of-memory" }
  /** Slurm has forgotten it, as it does one task that is cancelled alone before it starts, or never knew it. */
  | { readonly state: "unknown" }
) & {
  /** How often it was started again. */
  readonly restarts: number;
};

/** What squeue or sacct says of a task. */
export interface TaskReport {
  /** Slurm's word for its state, such as `NODE_FAIL`. */
  readonly word: string;
  readonly node: string;
  readonly reason: string;
  readonly exitCode: number;
  readonly signal: number;
  readonly restarts: number;
}

const ENDED = {
  COMPLETED: "completed",
  TIMEOUT: "timeout",
  DEADLINE: "timeout",
  PREEMPTED: "preempted",
  NODE_FAIL: "node-fail",
  BOOT_FAIL: "node-fail",
  CANCELLED: "cancelled",
  REVOKED: "cancelled",
  OUT_OF_MEMORY: "out-of-memory",
} as const;
const WAITING = ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT"];
/** It has a node still, though it may be ending there. */
const ON_A_NODE = ["RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "SIGNALING", "RESIZING", "STAGE_OUT"];

export function taskState({ word, node, reason, exitCode, signal, restarts }: TaskReport): TaskState {
  if (word in ENDED) return { state: ENDED[word as keyof typeof ENDED], restarts };
  if (word === "FAILED") return { state: "failed", exitCode, signal, restarts };
  if (WAITING.includes(word)) return { state: "pending", reason: word === "PENDING" ? reason : word, restarts };
  if (ON_A_NODE.includes(word)) return { state: "running", node, restarts };
  return { state: "unknown", restarts };
}
