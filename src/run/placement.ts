/** How trials share the machine. */
export interface Placement {
  readonly workers: number;
  readonly threadsPerWorker: number;
}

/** Multiply-adds per update above which a network fills several cores by itself (about 5 ms of one core's work). */
const LARGE_UPDATE = 2e8;

/**
 * Small networks do not fill several cores: their trials run side by side, one thread each. Large ones run one after the
 * other with all cores. What is given is kept; samples depend on the threads per worker in their last bits, not on the
 * number of workers.
 *
 * @param largestUpdate multiply-adds of the largest arm's update.
 */
export function place(
  trials: number,
  cores: number,
  largestUpdate: number,
  given: { workers?: number; threads?: number },
): Placement {
  const { workers, threads } = given;
  if (workers !== undefined) {
    return { workers, threadsPerWorker: threads ?? Math.max(1, Math.floor(cores / workers)) };
  }
  if (threads !== undefined) return { workers: Math.max(1, Math.floor(cores / threads)), threadsPerWorker: threads };
  if (largestUpdate > LARGE_UPDATE || trials === 1) return { workers: 1, threadsPerWorker: cores };
  return { workers: Math.min(cores, trials), threadsPerWorker: 1 };
}
