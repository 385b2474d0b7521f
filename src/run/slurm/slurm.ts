import { setTimeout as sleep } from "node:timers/promises";
import { ClaimbenchError } from "../../spec/error.ts";
import { type ProgramResult, type RunProgram, runProgram } from "./program.ts";

const PROGRAMS = ["sbatch", "squeue", "scancel", "scontrol"] as const;
export type SlurmProgram = (typeof PROGRAMS)[number] | "sacct";

/** Seconds between the attempts to reach the controller: it may be restarted, which takes minutes. */
const PAUSES = [1, 2, 5, 10, 20, 40, 60];

/**
 * The user's wishes for these programs at the terminal, which would hide jobs from us or make sbatch wait for them.
 * Other SBATCH_ variables, such as the account, are kept.
 */
const MISLEADING = /^(SQUEUE_|SCANCEL_|SACCT_|SLURM_TIME_FORMAT$|SLURM_BITSTR_LEN$|SBATCH_(WAIT|ERROR|INPUT|OUTPUT)$)/;

const UNREACHABLE =
  /unable to contact slurm controller|timed out|connection refused|zero bytes were transmitted|in standby mode/i;

export interface SlurmSettings {
  readonly environment?: NodeJS.ProcessEnv;
  readonly run?: RunProgram;
  /** Seconds before each further attempt to reach the controller. */
  readonly pauses?: readonly number[];
}

/** Slurm's programs, as found on the PATH. */
export class Slurm {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #run: RunProgram;
  readonly #pauses: readonly number[];

  constructor({ environment = process.env, run = runProgram, pauses = PAUSES }: SlurmSettings = {}) {
    this.#environment = Object.fromEntries(Object.entries(environment).filter(([name]) => !MISLEADING.test(name)));
    this.#run = run;
    this.#pauses = pauses;
  }

  /** @throws `slurm-missing`, with the names of the programs that are not there. */
  async check(): Promise<void> {
    const absent = await Promise.all(PROGRAMS.map(async (program) => ((await this.#has(program)) ? [] : [program])));
    if (absent.flat().length > 0) throw missing(absent.flat());
  }

  /**
   * Calls a program once.
   *
   * @throws `slurm-missing`.
   */
  async attempt(program: SlurmProgram, words: readonly string[], input = ""): Promise<ProgramResult> {
    try {
      return await this.#run(program, words, this.#environment, input);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing([program]);
      throw error;
    }
  }

  /**
   * Calls a program, again and again while the controller does not answer; for calls that do no harm when repeated.
   *
   * @param beforeAnother called before each further attempt; what it returns, if anything, is taken for the answer.
   * @returns its result, which may be a refusal.
   * @throws `slurm-missing`, `slurm-unreachable`.
   */
  async call(
    program: SlurmProgram,
    words: readonly string[],
    input = "",
    beforeAnother: () => Promise<ProgramResult | undefined> = async () => undefined,
  ): Promise<ProgramResult> {
    let result = await this.attempt(program, words, input);
    for (const pause of this.#pauses) {
      if (!unreachable(result)) return result;
      await sleep(1000 * pause);
      result = (await beforeAnother()) ?? (await this.attempt(program, words, input));
    }
    if (!unreachable(result)) return result;
    throw new ClaimbenchError("slurm-unreachable", `Slurm's controller does not answer: ${ownWords(result)}`, {
      hint: "`scontrol ping` says whether it runs; what has been submitted goes on, and can be waited for again",
      exitCode: 4,
    });
  }

  async #has(program: SlurmProgram): Promise<boolean> {
    try {
      return (await this.attempt(program, ["--version"])).exitCode === 0;
    } catch (error) {
      if (error instanceof ClaimbenchError) return false;
      throw error;
    }
  }
}

/** What a program of Slurm's said, without its name and the word "error". */
export function ownWords({ stderr, stdout, exitCode }: ProgramResult): string {
  const lines = (stderr.trim() || stdout.trim()).split("\n").map((line) => line.replace(/^\w+: (error: )?/, "").trim());
  return [...new Set(lines)].filter(Boolean).join("; ") || `exit code ${exitCode}`;
}

/** Whether the call failed because the controller could not be asked, not because it said no. */
export function unreachable({ exitCode, stderr }: ProgramResult): boolean {
  return exitCode !== 0 && UNREACHABLE.test(stderr);
}

function missing(programs: readonly string[]): ClaimbenchError {
  return new ClaimbenchError("slurm-missing", `Slurm's ${programs.join(", ")} cannot be found on the PATH`, {
    hint: "run this on a login node of the cluster, perhaps after `module load slurm`",
  });
}
