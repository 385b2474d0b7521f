import type { ClaimVerdict, VerdictStatus } from "../../judge/verdict.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { CAPTURED_FOLDER } from "../baseline/folder.ts";
import { type BaselineGate, type BaselineGateStatus, baselineExitCode, baselineGate } from "../baseline/gate.ts";
import { EXIT, exitCode } from "../exit-code.ts";
import { type Io, isContinuousIntegration } from "../io.ts";

/** What decides the exit code. */
export interface GateOptions {
  readonly gate: "claims" | "baseline";
  /** Whether a baseline that differs is written anew. */
  readonly update?: true;
  readonly failOn?: "inconclusive";
}

/** Collects what records come to, and says in the end what the program ends with. */
export class Gate {
  readonly #options: GateOptions;
  readonly #io: Io;
  readonly #claims: VerdictStatus[] = [];
  readonly #baselines: BaselineGateStatus[] = [];
  #failed = false;

  /** @throws ClaimbenchError `usage` for an option that the other gate takes. */
  constructor(options: GateOptions, io: Io) {
    const { gate, update, failOn } = options;
    if (update && gate !== "baseline") throw wrongGate("--update", "baseline");
    if (failOn && gate !== "claims") throw wrongGate("--fail-on", "claims");
    this.#options = options;
    this.#io = io;
  }

  /**
   * @returns what the run is to its baseline, where that decides.
   * @throws ClaimbenchError for a baseline that cannot be read or written.
   */
  async add(record: RunRecord, verdicts: readonly ClaimVerdict[]): Promise<{ baseline?: BaselineGate }> {
    this.#claims.push(...verdicts.filter(({ finding }) => !finding).map(({ status }) => status));
    if (this.#options.gate !== "baseline") return {};
    const { environment, cwd } = this.#io;
    const options = { ci: isContinuousIntegration(environment), update: this.#options.update === true, cwd };
    const baseline = await baselineGate(record, verdicts, CAPTURED_FOLDER, options);
    this.#io.err(baseline.text);
    this.#baselines.push(baseline.status);
    return { baseline };
  }

  /** Something without verdicts of its own, such as a shard whose trial crashed. */
  addStatus(status: VerdictStatus): void {
    this.#claims.push(status);
  }

  /** One of several suites could not be run. */
  addFailure(): void {
    this.#failed = true;
  }

  exitCode(): number {
    const code =
      this.#options.gate === "baseline"
        ? baselineExitCode(this.#baselines)
        : exitCode(this.#claims, this.#options.failOn === "inconclusive");
    return this.#failed && code !== EXIT.claimFails ? EXIT.notMeasured : code;
  }
}

function wrongGate(option: string, gate: string): ClaimbenchError {
  return new ClaimbenchError("usage", `${option} goes with --gate ${gate}`);
}
