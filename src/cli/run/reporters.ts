import { appendFile, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { renderMarkdown } from "../../report/reporters/markdown.ts";
import type { ReportedSuite } from "../../report/reporters/reported-suite.ts";
import { REPORTERS, type ReporterName } from "../../report/reporters/reporters.ts";
import { writeReportFile } from "../../run/records/record-file.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { type Io, onStderr, type TableIo } from "../io.ts";
import { renderError } from "../print-error.ts";
import type { ReporterRequest } from "./reporter-option.ts";
import { suiteFileOf } from "./suite-file.ts";

/** GitHub drops a step's summary that is larger. */
const MOST_SUMMARY_BYTES = 1024 * 1024;

export interface ReportersOptions {
  readonly reporter?: readonly ReporterRequest[];
  readonly json?: true;
  readonly jsonEvents?: true;
}

/**
 * Writes what `--reporter` asks for. Files are written again after every suite, whole, so that a run that is cut short
 * leaves those that are done; stdout gets its report at the end.
 */
export class Reporters {
  /** Where the table of verdicts goes: to stderr where a report takes stdout. */
  readonly tableIo: TableIo;
  readonly #requests: readonly ReporterRequest[];
  readonly #onStdout: ReporterRequest | undefined;
  readonly #io: Io;
  readonly #tellGithub: ((text: string) => void) | undefined;
  readonly #suites: ReportedSuite[] = [];
  readonly #suiteCount: number;
  #failure: ClaimbenchError | undefined;

  /**
   * @param inputs paths of what is read, which no report may replace.
   * @param suites how many there will be.
   * @throws ClaimbenchError `reporters-conflict` where two would write to one place, or one to that of an input.
   */
  constructor(
    { reporter = [], json, jsonEvents }: ReportersOptions,
    io: Io,
    { inputs, suites = 1 }: { readonly inputs: readonly string[]; readonly suites?: number },
  ) {
    const documents = reporter.filter(({ name, path }) => path === undefined && name !== "github");
    const others = [...(json ? ["--json"] : []), ...(jsonEvents ? ["--json-events"] : [])];
    const onStdout = [...others, ...documents.map(({ name }) => `--reporter ${name}`)];
    if (onStdout.length > 1) throw conflict(onStdout, "stdout");
    const paths = reporter.flatMap(({ path }) => (path === undefined ? [] : [resolve(io.cwd, path)]));
    const twice = paths.find((path, i) => paths.indexOf(path) < i);
    if (twice !== undefined) throw conflict(["two reporters"], twice);
    const input = paths.find((path) => inputs.includes(path));
    if (input !== undefined) throw overwrites(input);
    this.#suiteCount = suites;
    this.#io = io;
    this.#requests = reporter;
    this.#onStdout = documents[0];
    this.tableIo = this.#onStdout ? onStderr(io) : io;
    // GitHub reads its commands from both streams.
    const commands = reporter.some(({ name, path }) => name === "github" && path === undefined);
    this.#tellGithub = commands ? (onStdout.length > 0 ? io.err : io.out) : undefined;
  }

  /**
   * Reports a suite whose verdicts were printed. What cannot be written is told at the end.
   *
   * @param suite its file, where it is not known, is looked for.
   */
  async add(suite: ReportedSuite): Promise<void> {
    if (this.#requests.length === 0) return;
    const file = suite.file ?? suiteFileOf(suite.record, this.#io.cwd);
    const reported = { ...suite, ...(file === undefined ? {} : { file: repositoryPath(file, this.#io) }) };
    this.#suites.push(reported);
    this.#tellGithub?.(REPORTERS.github([reported]));
    for (const { name, path } of this.#requests) {
      if (path !== undefined) await this.#tryTo(() => writeReportFile(resolve(this.#io.cwd, path), this.#render(name)));
    }
    const summary = this.#io.environment["GITHUB_STEP_SUMMARY"];
    if (summary && this.#requests.some(({ name }) => name === "github")) {
      await this.#tryTo(() => appendSummary(resolve(this.#io.cwd, summary), reported));
    }
  }

  /** @returns the exit code where a report could not be written; the verdicts were printed all the same. */
  end(): number | undefined {
    if (this.#onStdout) this.#io.out(this.#render(this.#onStdout.name));
    if (this.#failure === undefined) return undefined;
    this.#io.err(renderError(this.#failure, this.#io.cwd, this.#io.colours.err));
    return this.#failure.exitCode;
  }

  #render(name: ReporterName): string {
    return REPORTERS[name](this.#suites, this.#suiteCount);
  }

  async #tryTo(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof ClaimbenchError)) throw error;
      this.#failure ??= error;
    }
  }
}

function conflict(what: readonly string[], place: string): ClaimbenchError {
  return new ClaimbenchError("reporters-conflict", `${what.join(" and ")} cannot both write to ${place}`, {
    hint: "give each a file of its own: --reporter junit=junit.xml",
  });
}

function overwrites(input: string): ClaimbenchError {
  return new ClaimbenchError("reporters-conflict", `a report would replace ${input}, which it is made from`, {
    hint: "give it a file of its own: --reporter junit=junit.xml",
  });
}

/** What other steps of the job have told stays, and counts. */
async function appendSummary(file: string, suite: ReportedSuite): Promise<void> {
  try {
    const used = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    await appendFile(file, renderMarkdown([suite], MOST_SUMMARY_BYTES - used));
  } catch (cause) {
    throw notWritable(file, cause as Error);
  }
}

function notWritable(file: string, cause: Error): ClaimbenchError {
  return new ClaimbenchError("reports-not-writable", `cannot write ${file}: ${cause.message}`, { cause });
}

/** A file as those name it who show the repository: from its top, which GitHub tells. */
function repositoryPath(file: string, { cwd, environment }: Io): string {
  const workspace = environment["GITHUB_WORKSPACE"];
  const path = relative(workspace ? resolve(workspace) : cwd, resolve(cwd, file));
  return path.startsWith("..") ? file : path.split(sep).join("/");
}
