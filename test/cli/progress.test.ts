import { expect, onTestFinished, test } from "vitest";
import { progressListener, type Verbosity } from "../../src/cli/run/progress.ts";
import { duration } from "../../src/cli/text/duration.ts";
import type { CurvePoint, Trial } from "../../src/spec/run.types.ts";
import { recordingIo } from "./recording-io.ts";

const first = { arm: "SB", seed: 0 };
const second = { arm: "LB", seed: 0 };
const point: CurvePoint = {
  epoch: 3,
  updates: 48,
  trainLoss: 0.51234,
  trainAccuracy: 0.875,
  testLoss: 0.61234,
  testAccuracy: 0.75,
};
const sizes = { parameterCount: 6, batchSize: 1, updates: 1, curve: [point], trainSeconds: 2, measureSeconds: 1.25 };
const completed: Trial = { state: "completed", ...first, ...sizes };
const diverged: Trial = { state: "diverged", ...second, update: 7, epoch: 1, curve: [], reason: "not finite\nat 7" };
const placement = { workers: 2, threadsPerWorker: 1, engine: "onnx (1.0)" };

const planned = (trials: readonly { arm: string; seed: number }[]) =>
  trials.map((trial) => ({ ...trial, share: 1 / trials.length }));

function play(verbosity: Verbosity, io: ReturnType<typeof recordingIo>["io"]) {
  const listener = progressListener(io, verbosity);
  onTestFinished(() => listener.end());
  listener.onPlan?.(planned([first, second]), placement);
  listener.onTrialStart?.(first);
  listener.onTrialStart?.(second);
  listener.onProgress?.(first, { fraction: 0.5, point });
  listener.onProgress?.(first, { fraction: 0.75, measuring: "sharpness" });
  listener.onTrialEnd?.(completed, { finished: 1, total: 2 });
  listener.onTrialEnd?.(diverged, { finished: 2, total: 2 });
  listener.end();
}

test("without a terminal there is a line per trial", () => {
  const { io, written } = recordingIo();
  play("normal", io);
  expect(written).toEqual({
    out: "",
    err: [
      "2 trial(s) on 2 worker(s) with 1 thread(s) each, engine onnx (1.0)",
      "[1/2] SB seed 0 train 0.512 (87.50 %), test 0.612 (75.00 %), 3.3 s",
      "[2/2] LB seed 0 diverged: not finite",
      "",
    ].join("\n"),
  });
});

test("verbose tells every start, epoch and measurement, on a terminal too", () => {
  const { io, written } = recordingIo({ live: true });
  play("verbose", io);
  expect(written.err.split("\n").slice(1, 5)).toEqual([
    "SB seed 0 started",
    "LB seed 0 started",
    "SB seed 0 epoch 3: train 0.512 (87.50 %), test 0.612 (75.00 %)",
    "SB seed 0 measuring sharpness",
  ]);
  expect(written.err).not.toContain("\u001b");
});

test("quiet tells nothing", () => {
  const { io, written } = recordingIo({ live: true });
  play("quiet", io);
  expect(written).toEqual({ out: "", err: "" });
});

test("a trial that did not run is not told", () => {
  const { io, written } = recordingIo();
  const listener = progressListener(io, "normal");
  listener.onTrialEnd?.({ state: "not-run", ...first, reason: "interrupted" }, { finished: 1, total: 2 });
  expect(written.err).toBe("");
});

/** What the view shows since it was last cleared. */
function view(text: string): string[] {
  return (text.split("\u001b[J").at(-1) ?? "").split("\n");
}

test("on a terminal a view shows what is done, what runs, how fast, and how long it takes yet", () => {
  const { io, written, clock } = recordingIo({ live: true });
  const listener = progressListener(io, "normal");
  onTestFinished(() => listener.end());
  listener.onPlan?.(planned([first, second]), placement);
  listener.onTrialStart?.(first);
  listener.onTrialStart?.(second);
  clock.seconds = 26;
  listener.onProgress?.(second, { fraction: 0.4, point: { ...point, epoch: 2, updates: 32 } });
  clock.seconds = 30;
  listener.onProgress?.(second, { fraction: 0.5, point });
  listener.onTrialEnd?.(completed, { finished: 1, total: 2 });
  expect(view(written.err)).toEqual([
    "[1/2] 75 %, 30 s, about 10 s left",
    "  LB seed 0  epoch 3, loss 0.51  4.00 steps/s",
  ]);
  listener.onProgress?.(second, { fraction: 0.8, measuring: "sharpness" });
  listener.onTrialRetry?.(second, "its worker was killed by SIGKILL\nat once");
  expect(written.err).toContain("LB seed 0 is tried once more: its worker was killed by SIGKILL\n");
  expect(view(written.err).at(-1)).toBe("  LB seed 0  measuring sharpness");
  // A trial that gave nothing leaves a line of its own above.
  listener.onTrialEnd?.(diverged, { finished: 2, total: 2 });
  expect(written.err).toContain("[2/2] LB seed 0 diverged: not finite\n");
  expect(view(written.err)).toEqual(["[2/2] 100 %, 1 failed, 30 s, about 0 s left"]);
  listener.end();
  expect(view(written.err)).toEqual([""]);
});

test.each([30, 80])("the view fits a terminal of %i columns", (columns) => {
  const { io, written, clock } = recordingIo({ live: true, columns });
  const listener = progressListener(io, "normal");
  onTestFinished(() => listener.end());
  const trials = Array.from({ length: 20 }, (_, seed) => ({ arm: "a-rather-long-arm[normalisation=batch]", seed }));
  listener.onPlan?.(planned(trials), placement);
  for (const trial of trials) listener.onTrialStart?.(trial);
  clock.seconds = 4000;
  for (const trial of trials) listener.onProgress?.(trial, { fraction: 0.3, point });
  listener.onTrialEnd?.(completed, { finished: 1, total: 20 });
  const lines = view(written.err);
  expect(lines[0]).toMatch(/^\[1\/20\]/);
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe("  and 12 more");
  for (const line of lines) expect(line.length).toBeLessThan(columns);
});

test("trials from the store are counted, and do not make the rest look fast", () => {
  const { io, written, clock } = recordingIo({ live: true });
  const listener = progressListener(io, "normal");
  onTestFinished(() => listener.end());
  listener.onPlan?.(planned([first, second]), placement);
  listener.onTrialEnd?.({ ...completed, reused: true }, { finished: 1, total: 2 });
  listener.onTrialStart?.(second);
  clock.seconds = 10;
  listener.onProgress?.(second, { fraction: 0.5, point });
  listener.onTrialRetry?.(second, "x");
  expect(view(written.err)[0]).toBe("[1/2] 75 %, 1 from the store, 10 s, about 10 s left");
});

test("without a terminal, trials from the store are one line", () => {
  const { io, written } = recordingIo();
  const listener = progressListener(io, "normal");
  listener.onPlan?.(planned([first, second]), placement);
  listener.onTrialEnd?.({ ...completed, reused: true }, { finished: 1, total: 2 });
  listener.onTrialStart?.(second);
  listener.onTrialEnd?.(diverged, { finished: 2, total: 2 });
  listener.end();
  expect(written.err.split("\n").slice(1)).toEqual([
    "1 trial(s) from the store",
    "[2/2] LB seed 0 diverged: not finite",
    "",
  ]);
});

test.each([
  [0, "0 s"],
  [0.4, "0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 00 s"],
  [185, "3 min 05 s"],
  [3599.7, "1 h 00 min"],
  [7800, "2 h 10 min"],
  [360_000, "100 h 00 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test("what is left is told by the trials' work, not their number", () => {
  const clock = { seconds: 0 };
  const { io, written } = recordingIo({ live: true });
  const listener = progressListener({ ...io, now: () => new Date(1000 * clock.seconds) }, "normal");
  onTestFinished(() => listener.end());
  listener.onPlan?.(
    [
      { ...first, share: 0.8 },
      { ...second, share: 0.2 },
    ],
    placement,
  );
  clock.seconds = 40;
  listener.onTrialEnd?.(completed, { finished: 1, total: 2 });
  expect(written.err).toContain("[1/2] 80 %, 40 s, about 10 s left");
});
