import { basename } from "node:path";
import type { PlannedShare, RunListener, TrialId } from "../run/listener.ts";
import type { Trial } from "../spec/run.types.ts";
import type { Io } from "./io.ts";

export type Verbosity = "quiet" | "normal" | "verbose";

/** Progress on stderr: a live line on a terminal, else a plain line per trial (per epoch when verbose). */
export function progressListener(io: Io, verbosity: Verbosity): RunListener & { end(): void } {
  if (verbosity === "quiet") return { end() {} };
  const live = io.liveProgress && verbosity === "normal" ? new LiveLine(io) : undefined;
  const print = (line: string) => {
    live?.clear();
    io.err(`${line}\n`);
    live?.draw();
  };
  return {
    onPlan(trials, { workers, threadsPerWorker, engine }) {
      print(
        `${trials.length} trial(s) on ${workers} worker(s) with ${threadsPerWorker} thread(s) each, engine ${engine}`,
      );
      live?.start(trials);
    },
    onTrialStart(trial) {
      live?.update(trial, { fraction: 0 });
      if (verbosity === "verbose") print(`${name(trial)} started`);
    },
    onProgress(trial, progress) {
      live?.update(trial, progress);
      if (verbosity !== "verbose") return;
      const { point, measuring } = progress;
      if (point)
        print(
          `${name(trial)} epoch ${point.epoch}: train ${describe(point.trainLoss, point.trainAccuracy)}, test ${describe(point.testLoss, point.testAccuracy)}`,
        );
      if (measuring) print(`${name(trial)} measuring ${measuring}`);
    },
    onDamaged(file, why) {
      print(`damaged in the store, set aside: ${basename(file)}: ${why}`);
    },
    onTrialRetry(trial, reason) {
      print(`${name(trial)} is tried once more: ${reason.split("\n")[0]}`);
    },
    onTrialEnd(trial, { finished, total }) {
      live?.finish(trial);
      if (trial.state === "not-run") return;
      if (live && trial.state === "completed") live.draw();
      else print(`[${finished}/${total}] ${name(trial)} ${outcome(trial)}`);
    },
    end() {
      live?.stop();
    },
  };
}

function name({ arm, seed }: TrialId): string {
  return `${arm} seed ${seed}`;
}

function describe(loss: number, accuracy: number): string {
  return `${loss.toPrecision(3)} (${(100 * accuracy).toFixed(2)} %)`;
}

function outcome(trial: Trial): string {
  if (trial.state !== "completed") return `${trial.state}: ${trial.reason.split("\n")[0]}`;
  const last = trial.curve.at(-1);
  const result = last
    ? `train ${describe(last.trainLoss, last.trainAccuracy)}, test ${describe(last.testLoss, last.testAccuracy)}`
    : "";
  if (trial.reused) return `${result}, from the store`;
  return `${result}, ${(trial.trainSeconds + trial.measureSeconds).toFixed(1)} s`;
}

const REDRAW_MILLISECONDS = 100;

class LiveLine {
  readonly #io: Io;
  readonly #running = new Map<string, { fraction: number; text: string }>();
  readonly #shares = new Map<string, number>();
  #finished = 0;
  /** Share of the run's work in the trials that ended. */
  #finishedShare = 0;
  #startedAt = 0;
  #drawn = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  start(trials: readonly PlannedShare[]): void {
    for (const trial of trials) this.#shares.set(name(trial), trial.share);
    this.#startedAt = this.#io.now().getTime();
    this.#timer = setInterval(() => this.draw(), REDRAW_MILLISECONDS);
    this.#timer.unref();
  }

  update(trial: TrialId, progress: Parameters<NonNullable<RunListener["onProgress"]>>[1]): void {
    const known = this.#running.get(name(trial));
    const { point, measuring, fraction } = progress;
    const text =
      measuring ?? (point ? `epoch ${point.epoch}, loss ${point.trainLoss.toPrecision(2)}` : (known?.text ?? ""));
    this.#running.set(name(trial), { fraction, text });
  }

  finish(trial: TrialId): void {
    this.#running.delete(name(trial));
    this.#finished++;
    this.#finishedShare += this.#shares.get(name(trial)) ?? 0;
  }

  clear(): void {
    if (this.#drawn) this.#io.err("\r\u001b[K");
    this.#drawn = false;
  }

  draw(): void {
    if (this.#shares.size === 0) return;
    const done = [...this.#running].reduce(
      (sum, [trial, { fraction }]) => sum + fraction * (this.#shares.get(trial) ?? 0),
      this.#finishedShare,
    );
    const seconds = (this.#io.now().getTime() - this.#startedAt) / 1000;
    const left = done > 0.02 ? `, about ${duration((seconds * (1 - done)) / done)} left` : "";
    const running = [...this.#running].map(([trial, { text }]) => (text ? `${trial}: ${text}` : trial)).join(" | ");
    const line = `[${this.#finished}/${this.#shares.size}] ${Math.round(100 * done)} %, ${duration(seconds)}${left}  ${running}`;
    this.#io.err(`\r\u001b[K${line.slice(0, Math.max(20, this.#io.columns.err - 1))}`);
    this.#drawn = true;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.clear();
  }
}

/** "42 s", "3 min 05 s", "2 h 10 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}
