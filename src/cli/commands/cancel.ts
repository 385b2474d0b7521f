import { resolve } from "node:path";
import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

export function cancelCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("cancel")
    .description("End the Slurm jobs of a suite, or of all suites; what they have done stays in the store.")
    .argument("[suite...]", "ids of suites; all when none is given")
    .option("--store <folder>", "the store they were given out from", ".claimbench")
    .action(async (suites: string[], { store }: { store: string }) => {
      const { Slurm } = await import("../../run/slurm/slurm.ts");
      const { cancelSlurmJobs } = await import("../../run/slurm/cancel-slurm-jobs.ts");
      const cancelled = await cancelSlurmJobs(new Slurm(), resolve(io.cwd, store), suites);
      for (const { suite, arm, seed, id, index } of cancelled)
        io.out(`${suite}: ${arm} seed ${seed} (${id}_${index})\n`);
      io.err(cancelled.length === 0 ? "no Slurm job was waiting or running\n" : `${cancelled.length} cancelled\n`);
      exit(EXIT.success);
    });
}
