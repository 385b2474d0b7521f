import { rm } from "node:fs/promises";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { FailedTrial, RunRecord, Suite } from "../../spec/run.types.ts";
import { encodeRecord, makeRunFolder, recordFile, writeReportFile } from "./record-file.ts";
import { assembleRecord, type EndedTrial } from "./run-record.ts";

/** What does not change while a run goes on. */
export interface RunFacts {
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly run: Pick<RunRecord["run"], "command" | "shard">;
  readonly rest: Pick<RunRecord, "provenance" | "published">;
  /** Trials that have no data. */
  readonly absent: readonly FailedTrial[];
  /** The record was written. */
  readonly onWritten: (file: string) => void;
}

/** What the record is of; a look at open claims adds to it. */
export interface RecordedPlan {
  readonly suite: Suite;
  readonly trials: readonly PlannedTrial[];
}

type Ending = Pick<RunRecord["run"], "status" | "seedsEnded">;

/** Least time between two records of a run that goes on. */
const RECORD_MILLISECONDS = 2_000;

/** run.json of a run that goes on: written at its start, now and then as trials end, and at its end. */
export class RunFile {
  readonly id: string;
  /** reports/<suite>/<run id> */
  readonly folder: string;
  plan: RecordedPlan;
  readonly #ended = new Map<PlannedTrial, EndedTrial>();
  readonly #facts: RunFacts;
  #writing: Promise<unknown> = Promise.resolve();
  #writtenAt = Number.NEGATIVE_INFINITY;

  private constructor(place: { id: string; folder: string }, plan: RecordedPlan, facts: RunFacts) {
    this.id = place.id;
    this.folder = place.folder;
    this.plan = plan;
    this.#facts = facts;
  }

  /**
   * Makes the folder of a run, with a record in which nothing has ended.
   *
   * @throws ClaimbenchError `reports-not-writable`, and leaves no folder.
   */
  static async create(reportsFolder: string, plan: RecordedPlan, facts: RunFacts): Promise<RunFile> {
    const file = new RunFile(await makeRunFolder(reportsFolder, plan.suite.id, facts.startedAt), plan, facts);
    try {
      await file.#write({ status: "interrupted" });
    } catch (error) {
      await rm(file.folder, { recursive: true, force: true });
      throw error;
    }
    return file;
  }

  /** How many trials have ended. */
  get finished(): number {
    return this.#ended.size;
  }

  ended(trial: PlannedTrial): EndedTrial | undefined {
    return this.#ended.get(trial);
  }

  /** Takes in what a trial gave, and writes the record if the last one is a while ago: a large one takes its time. */
  add(trial: PlannedTrial, ended: EndedTrial): void {
    this.#ended.set(trial, ended);
    const now = this.#facts.now().getTime();
    if (now - this.#writtenAt < RECORD_MILLISECONDS) return;
    this.#writtenAt = now;
    // A failed intermediate write is not the end: the last one reports it.
    this.#writing = this.#writing.then(() => this.#write({ status: "interrupted" })).catch(() => {});
  }

  /** As it is now. */
  record(ending: Ending): RunRecord {
    const { startedAt, now, run, rest, absent } = this.#facts;
    const endedAt = now();
    return assembleRecord(this.plan.suite, { trials: this.plan.trials, absent }, this.#ended, {
      ...rest,
      run: {
        id: this.id,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        ...ending,
        durationSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
        ...run,
      },
    });
  }

  /** Writes the last record. @throws ClaimbenchError `reports-not-writable`. */
  async end(ending: Ending): Promise<RunRecord> {
    await this.#writing;
    return this.#write(ending);
  }

  async #write(ending: Ending): Promise<RunRecord> {
    const record = this.record(ending);
    const file = recordFile(this.folder);
    await writeReportFile(file, encodeRecord(record));
    this.#facts.onWritten(file);
    return record;
  }
}
