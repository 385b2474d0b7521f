import type { PlannedShare, RunListener, TrialId } from "../../run/listener.ts";
import type { CurvePoint, Trial } from "../../spec/run.types.ts";
import type { Io } from "../io.ts";
import { duration } from "../text/duration.ts";

type Progress = Parameters<NonNullable<RunListener["onProgress"]>>[1];

interface RunningTrial {
  readonly fraction: number;
  readonly doing: string;
  readonly point?: { readonly updates: number; readonly seconds: number };
  readonly stepsPerSecond?: number;
}

const REDRAW_MILLISECONDS = 100;
const MOST_LINES = 8;

/** The last lines of a terminal: how far the run is, and what each trial that runs is doing. */
export class LiveView {
  readonly #io: Io;
  readonly #running = new Map<string, RunningTrial>();
  readonly #shares = new Map<string, number>();
  readonly #counts = { ended: 0, reused: 0, failed: 0 };
  /** Shares of the run's work in the trials that ended, and of those the ones that came from the store. */
  #endedShare = 0;
  #reusedShare = 0;
  #startedAt = 0;
  #linesDrawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  /** Shows these trials instead of what it showed before. */
  start(trials: readonly PlannedShare[]): void {
    this.stop();
    this.#shares.clear();
    this.#running.clear();
    Object.assign(this.#counts, { ended: 0, reused: 0, failed: 0 });
    this.#endedShare = 0;
    this.#reusedShare = 0;
    for (const trial of trials) this.#shares.set(nameOf(trial), trial.share);
    this.#startedAt = this.#io.now().getTime();
    this.#timer = setInterval(() => this.draw(), REDRAW_MILLISECONDS);
    this.#timer.unref();
  }

  update(trial: TrialId, { point, measuring, fraction }: Progress): void {
    const before = this.#running.get(nameOf(trial));
    const seconds = this.#seconds();
    const rate = point && before?.point ? stepsPerSecond(before.point, point, seconds) : before?.stepsPerSecond;
    const doing = measuring ? `measuring ${measuring}` : point ? describe(point) : (before?.doing ?? "");
    const last = point ? { updates: point.updates, seconds } : before?.point;
    this.#running.set(nameOf(trial), {
      fraction,
      doing,
      ...(last ? { point: last } : {}),
      ...(rate === undefined || measuring ? {} : { stepsPerSecond: rate }),
    });
  }

  finish(trial: Trial): void {
    const share = this.#shares.get(nameOf(trial)) ?? 0;
    this.#running.delete(nameOf(trial));
    this.#counts.ended++;
    this.#endedShare += share;
    if (trial.state !== "completed") this.#counts.failed++;
    else if (trial.reused) {
      this.#counts.reused++;
      this.#reusedShare += share;
    }
  }

  clear(): void {
    if (this.#linesDrawn === 0) return;
    this.#io.err(this.#toFirstLine());
    this.#linesDrawn = 0;
  }

  draw(): void {
    if (this.#shares.size === 0) return;
    const width = Math.max(20, this.#io.columns.err - 1);
    const lines = [this.#summary(), ...this.#trials()].map((line) => line.slice(0, width));
    this.#io.err(this.#toFirstLine() + lines.join("\n"));
    this.#linesDrawn = lines.length;
  }

  /** Moves to where the view begins and erases it. */
  #toFirstLine(): string {
    const up = this.#linesDrawn > 1 ? `\u001b[${this.#linesDrawn - 1}A` : "";
    return `\r${up}\u001b[J`;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  #summary(): string {
    const { ended, reused, failed } = this.#counts;
    const done = [...this.#running].reduce(
      (sum, [trial, { fraction }]) => sum + fraction * (this.#shares.get(trial) ?? 0),
      this.#endedShare,
    );
    const seconds = this.#seconds();
    // What came from the store took no time, and says nothing about the rest.
    const computed = done - this.#reusedShare;
    const parts = [
      `${Math.round(100 * done)} %`,
      ...(reused > 0 ? [`${reused} from the store`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      duration(seconds),
      ...(computed > 0.02 ? [`about ${duration((seconds * (1 - done)) / computed)} left`] : []),
    ];
    return `[${ended}/${this.#shares.size}] ${parts.join(", ")}`;
  }

  #trials(): string[] {
    const lines = [...this.#running].map(([trial, { doing, stepsPerSecond: rate }]) =>
      [`  ${trial}`, doing, ...(rate === undefined ? [] : [`${rate.toPrecision(3)} steps/s`])]
        .filter(Boolean)
        .join("  "),
    );
    const more = lines.length - MOST_LINES;
    return more > 0 ? [...lines.slice(0, MOST_LINES), `  and ${more} more`] : lines;
  }

  #seconds(): number {
    return (this.#io.now().getTime() - this.#startedAt) / 1000;
  }
}

export function nameOf({ arm, seed }: TrialId): string {
  return `${arm} seed ${seed}`;
}

function describe({ epoch, trainLoss }: CurvePoint): string {
  return `epoch ${epoch}, loss ${trainLoss.toPrecision(2)}`;
}

function stepsPerSecond(
  before: NonNullable<RunningTrial["point"]>,
  { updates }: CurvePoint,
  seconds: number,
): number | undefined {
  const elapsed = seconds - before.seconds;
  return elapsed > 0 && updates > before.updates ? (updates - before.updates) / elapsed : undefined;
}
