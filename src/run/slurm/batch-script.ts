/** The variable in which a task of an array finds which of all tasks it is, counted from 0. */
export const TASK_VARIABLE = "CLAIMBENCH_TASK";

/**
 * The script of a job: it becomes the command, so that the signals that Slurm sends to the script reach the command.
 *
 * @param first which of all tasks the array's index 0 is.
 * @param environment set for the command; the names are the shell's.
 */
export function batchScript(
  command: readonly string[],
  first: number,
  environment: Readonly<Record<string, string>>,
): string {
  return [
    "#!/bin/sh",
    `export ${TASK_VARIABLE}=$((SLURM_ARRAY_TASK_ID + ${first}))`,
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `exec ${command.map(quoted).join(" ")}`,
    "",
  ].join("\n");
}

/** One word for the shell, whatever it holds. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
