import { expect, test } from "vitest";
import { capture, holdsTheSame, whyNoBaseline } from "../../../src/judge/captured/capture.ts";
import { judge } from "../../../src/judge/judge.ts";
import { readCaptured } from "../../../src/spec/read-captured.ts";
import type { RunRecord } from "../../../src/spec/run.types.ts";
import { diverged } from "../run-record.ts";
import { captured, merged, record } from "./captured-record.ts";

const interrupted = record();
const crashed = record({ trials: [{ state: "crashed", arm: "LB", seed: 2, reason: "killed" }] });

test.each([
  ["an interrupted run", { ...interrupted, run: { ...interrupted.run, status: "interrupted" } }, "was interrupted"],
  ["one seed", record({ samples: { "SB.distance": [1], "LB.distance": [2] }, seeds: [0] }), "one seed"],
  ["a shard", { ...interrupted, run: { ...interrupted.run, shard: { index: 1, count: 2 } } }, "one shard"],
  ["a crashed trial", crashed, "LB at seed 2 crashed"],
  ["a merger of classes", merged("c", "Intel Xeon"), "different classes of hardware: c-onnx-cpu-linux"],
  [
    "no values",
    record({ trials: [0, 1, 2, 3, 4].flatMap((seed) => ["SB", "LB"].map((arm) => diverged(arm, seed, 1))) }),
    "no values",
  ],
] as const)("%s is no baseline", (_, of, why) => {
  expect(whyNoBaseline(of as RunRecord)).toContain(why);
});

test("a complete run is one, and so are the parts of a run on one class", () => {
  expect(whyNoBaseline(record())).toBeUndefined();
  expect(whyNoBaseline(merged("c", "c"))).toBeUndefined();
  expect(whyNoBaseline(record({ trials: [diverged("LB", 2, 9)] }))).toBeUndefined();
});

test("a baseline has every value at its seed, to the last bit, and fits its schema", () => {
  const of = record({ samples: { "SB.distance": [0.1 + 0.2, 1 / 3], "LB.distance": [5e-324, 2] }, seeds: [7, 3] });
  const text = JSON.stringify(capture(of, judge(of)), null, 2);
  const read = readCaptured(text, "b.json");
  expect(read.samples).toEqual([
    { arm: "SB", measurement: "distance", values: { 3: 1 / 3, 7: 0.1 + 0.2 } },
    { arm: "LB", measurement: "distance", values: { 3: 2, 7: 5e-324 } },
  ]);
  expect(Object.keys(read.verdicts)).toEqual(["claim"]);
  expect(holdsTheSame(read, captured(of))).toBe(true);
});

test("a trial that diverged gives no value", () => {
  const { samples } = captured(record({ trials: [diverged("LB", 2, 9)] }));
  expect(samples.map(({ values }) => Object.keys(values))).toEqual([
    ["0", "1", "2", "3", "4"],
    ["0", "1", "3", "4"],
  ]);
});

test("a damaged baseline is an error with its place", () => {
  const text = JSON.stringify(captured(), null, 2);
  const read = (damaged: string) => () => readCaptured(damaged, "b.json");
  expect(read(text.slice(0, text.length / 2))).toThrowError(
    expect.objectContaining({ code: "json-syntax", location: expect.objectContaining({ file: "b.json" }) }),
  );
  expect(read(text.replace('"1": 0.97', '"1": "0.97"'))).toThrowError(
    expect.objectContaining({
      code: "captured-invalid",
      location: { file: "b.json", line: lineOf(text, '"1": 0.97'), column: 14 },
    }),
  );
  expect(read(text.replace("captured/1", "captured/9"))).toThrowError(
    expect.objectContaining({ code: "captured-format", location: { file: "b.json", line: 2, column: 13 } }),
  );
});

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}
