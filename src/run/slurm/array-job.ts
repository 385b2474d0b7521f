/** A job array, which may be one of several that hold a list of tasks too long for one. */
export interface ArrayJob {
  /** Slurm's number of it. */
  readonly id: string;
  /** Its indices are 0 to one less than this. */
  readonly tasks: number;
  /** Which of all tasks its index 0 is. */
  readonly first: number;
}

/** Slurm's names of an array's tasks, in their order: `12_0`, `12_1` and so on. */
export function taskNames({ id, tasks }: ArrayJob): string[] {
  return Array.from({ length: tasks }, (_, index) => `${id}_${index}`);
}
