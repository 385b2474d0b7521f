import { cancelJobs } from "./cancel-jobs.ts";
import { jobStates } from "./job-states.ts";
import type { Slurm } from "./slurm.ts";
import { type SlurmJob, SlurmJobs } from "./slurm-jobs.ts";

/**
 * Ends what waits or runs in Slurm for a store.
 *
 * @param suites ids; all when empty.
 * @returns what was ended.
 * @throws ClaimbenchError `slurm-missing`, `slurm-refused` or `slurm-unreachable`.
 */
export async function cancelSlurmJobs(slurm: Slurm, store: string, suites: readonly string[]): Promise<SlurmJob[]> {
  const jobs = new SlurmJobs(store);
  const wanted = (await jobs.all()).filter(([, { suite }]) => suites.length === 0 || suites.includes(suite));
  const arrays = new Map(wanted.map(([, { id, tasks }]) => [id, { id, tasks, first: 0 }]));
  await slurm.check();
  const states = await jobStates(slurm, [...arrays.values()]);
  const alive = wanted.filter(([, { id, index }]) => {
    const state = states.get(`${id}_${index}`)?.state;
    return state === "pending" || state === "running";
  });
  const names = [...new Set(alive.map(([, { id, index }]) => `${id}_${index}`))];
  await cancelJobs(slurm, names);
  for (const [key] of wanted) await jobs.remove(key);
  return alive.map(([, job]) => job);
}
