/** How trials share the machine. */
export interface Placement {
  readonly workers: number;
  readonly threadsPerWorker: number;
}

export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** Share of the machine's memory that trials may plan with. */
const MEMORY_SHARE = 0.6;

/**
 * Trials run side by side, one thread each, as many as there are cores and memory for: threads within an operator wait
 * for each other, trials do not. Cores that are left over become threads. What is given is kept; samples depend on the
 * threads per worker in their last bits, not on the number of workers.
 *
 * @param trialBytes memory of the largest trial, estimated.
 */
export function place(
  trials: number,
  { cores, memoryBytes }: Machine,
  trialBytes: number,
  given: { workers?: number; threads?: number },
): Placement {
  const { workers, threads } = given;
  if (workers !== undefined) {
    return { workers, threadsPerWorker: threads ?? Math.max(1, Math.floor(cores / workers)) };
  }
  const fitting = Math.max(1, Math.floor((MEMORY_SHARE * memoryBytes) / trialBytes));
  const wanted = threads === undefined ? cores : Math.max(1, Math.floor(cores / threads));
  const chosen = Math.min(wanted, trials, fitting);
  return { workers: chosen, threadsPerWorker: threads ?? Math.max(1, Math.floor(cores / chosen)) };
}
