/** What a job asks of Slurm; what is left out is the cluster's own choice. */
export interface SlurmOptions {
  readonly partition?: string;
  readonly account?: string;
  readonly qos?: string;
  readonly constraint?: string;
  /** Generic resources of each task, such as `gpu:a100:1`. */
  readonly gres?: string;
  readonly gpus?: number | string;
  readonly cpusPerTask?: number;
  /** Of each task, such as `4G`. */
  readonly memory?: string;
  readonly timeMinutes?: number;
  /** More options of sbatch, each one word: `--reservation=spring`. */
  readonly extra?: readonly string[];
}

/** The options as sbatch's words. */
export function optionWords(options: SlurmOptions): string[] {
  const { partition, account, qos, constraint, gres, gpus, cpusPerTask, memory, timeMinutes, extra = [] } = options;
  const named = {
    partition,
    account,
    qos,
    constraint,
    gres,
    gpus,
    "cpus-per-task": cpusPerTask,
    mem: memory,
    time: timeMinutes === undefined ? undefined : Math.ceil(timeMinutes),
  };
  const words = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  return [...words, ...extra];
}
