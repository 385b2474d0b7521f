import { basename } from "node:path";
import type { RunListener } from "../../run/listener.ts";
import type { Trial } from "../../spec/run.types.ts";
import type { Io } from "../io.ts";
import { LiveView, nameOf } from "./live-view.ts";

export type Verbosity = "quiet" | "normal" | "verbose";

/** Progress on stderr: a live view on a terminal, else a plain line per trial (per epoch when verbose). */
export function progressListener(io: Io, verbosity: Verbosity): RunListener & { end(): void } {
  if (verbosity === "quiet") return { end() {} };
  const live = io.liveProgress && verbosity === "normal" ? new LiveView(io) : undefined;
  const print = (line: string) => {
    live?.clear();
    io.err(`${line}\n`);
    live?.draw();
  };
  let reused = 0;
  const tellReused = () => {
    if (reused > 0) print(`${reused} trial(s) from the store`);
    reused = 0;
  };
  return {
    onPlan(trials, { workers, threadsPerWorker, engine }) {
      print(
        `${trials.length} trial(s) on ${workers} worker(s) with ${threadsPerWorker} thread(s) each, engine ${engine}`,
      );
      live?.start(trials);
    },
    onSeedsAdded(trials, { seeds, open }) {
      tellReused();
      print(`open with fewer: ${open.join(", ")}; ${trials.length} trial(s) more, up to ${seeds} seeds`);
      live?.start(trials);
    },
    onTrialStart(trial) {
      tellReused();
      live?.update(trial, { fraction: 0 });
      if (verbosity === "verbose") print(`${nameOf(trial)} started`);
    },
    onProgress(trial, progress) {
      live?.update(trial, progress);
      if (verbosity !== "verbose") return;
      const { point, measuring } = progress;
      if (point)
        print(
          `${nameOf(trial)} epoch ${point.epoch}: train ${describe(point.trainLoss, point.trainAccuracy)}, test ${describe(point.testLoss, point.testAccuracy)}`,
        );
      if (measuring) print(`${nameOf(trial)} measuring ${measuring}`);
    },
    onDamaged(file, why) {
      print(`damaged in the store, set aside: ${basename(file)}: ${why}`);
    },
    onTrialRetry(trial, reason) {
      print(`${nameOf(trial)} is tried once more: ${reason.split("\n")[0]}`);
    },
    onTrialEnd(trial, { finished, total }) {
      live?.finish(trial);
      if (trial.state === "not-run") return;
      if (live && trial.state === "completed") live.draw();
      else if (trial.state === "completed" && trial.reused && verbosity === "normal") reused++;
      else print(`[${finished}/${total}] ${nameOf(trial)} ${outcome(trial)}`);
    },
    end() {
      tellReused();
      live?.stop();
    },
  };
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
