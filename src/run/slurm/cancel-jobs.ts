import { ClaimbenchError } from "../../spec/error.ts";
import { ownWords, type Slurm } from "./slurm.ts";

/**
 * Ends jobs or tasks: those that run get SIGTERM, and are killed when the cluster's `KillWait` is over.
 * What has ended already is no error.
 *
 * @param ids such as `12`, or `12_3` for one task.
 */
export async function cancelJobs(slurm: Slurm, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const result = await slurm.call("scancel", ids);
  if (result.exitCode === 0 || /invalid job id|already complet/i.test(result.stderr)) return;
  throw new ClaimbenchError("slurm-refused", `Slurm did not cancel ${ids.join(", ")}: ${ownWords(result)}`, {
    exitCode: 4,
  });
}
