// Generated from config.schema.json by `npm run types`. Do not edit.

/**
 * Settings of a place, claimbench.config.json in the folder where claimbench is started; they change no number.
 */
export interface ClaimbenchConfig {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  slurm?: SlurmSettings;
  /**
   * Settings of a profile, added to the others.
   */
  profiles?: {
    [k: string]: ProfileSettings;
  };
}
/**
 * What each task of a Slurm array asks for, as sbatch's options; what is left out is the cluster's choice.
 */
export interface SlurmSettings {
  /**
   * Partition.
   */
  partition?: string;
  /**
   * Account.
   */
  account?: string;
  /**
   * Quality of service.
   */
  qos?: string;
  /**
   * Features the node must have.
   */
  constraint?: string;
  /**
   * Generic resources, such as gpu:a100:1.
   */
  gres?: string;
  /**
   * GPUs of each task.
   */
  gpus?: number;
  /**
   * Processors of each task; its engine's threads.
   */
  cpusPerTask?: number;
  /**
   * Memory of each task, such as 4G.
   */
  memory?: string;
  /**
   * Time limit; a task that needs longer goes on in another turn.
   */
  timeMinutes?: number;
  /**
   * Most tasks of an array at once.
   */
  throttle?: number;
  /**
   * More options of sbatch, each one word.
   */
  extra?: string[];
}
export interface ProfileSettings {
  slurm?: SlurmSettings;
}
