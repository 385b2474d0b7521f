/** Multiply-adds that a CPU of a few cores, and a GPU, do in a few tenths of a second. */
export const WORK_PER_CALL = { cpu: 1e10, gpu: 1e12 } as const;
