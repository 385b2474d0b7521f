import { expect, test } from "vitest";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import type { RunRecord, Sample } from "../../src/spec/run.types.ts";
import { failure, marked, read, SUITE } from "./suite-under-test.ts";

const samples: Sample[] = [
  { arm: "SB", seed: 0, measurement: "accuracy", value: 0.9 },
  { arm: "LB", seed: 0, measurement: "accuracy", absent: "diverged" },
];
const record: RunRecord = {
  format: "claimbench-run/1",
  run: { id: "r", startedAt: "a", endedAt: "b", status: "complete", durationSeconds: 1, command: "claimbench run x" },
  suite: read(SUITE),
  provenance: {
    claimbench: { version: "0" },
    node: "20",
    engine: { name: "onnx", version: "1", device: "cpu", precision: "float32" },
    hardware: { cpu: "c", cores: 2, memoryBytes: 1, architecture: "x64" },
    operatingSystem: "linux",
    workers: 1,
    threadsPerWorker: 1,
    dataSets: [],
  },
  trials: [{ state: "crashed", arm: "SB", seed: 0, reason: "killed" }],
  samples,
  published: {},
};
const TEXT = JSON.stringify(record, null, 1);

test("a resolved suite and its samples are a valid record", () => {
  expect(readRunRecord(TEXT, "run.json")).toEqual(record);
});

test.each([
  ['"format": "claimbench-run/1"', '"format": ▶"claimbench-run/2"', "run-format", 'format is "claimbench-run/2"'],
  ['"state": "crashed"', '"state": ▶"crash"', "run-invalid", 'unknown state "crash"; did you mean "crashed"?'],
  ['"value": 0.9', '"value": ▶null', "run-invalid", "expected a number, found null"],
  ['"value": 0.9', '"value": 0.9, ▶"absent": "x"', "run-invalid", '"value" and "absent" exclude each other'],
  ['"kind": "greater"', '"kind": ▶"grater"', "run-invalid", 'unknown kind "grater"; did you mean "greater"?'],
  ['"kind": "ratio"', '"kind": "difference", ▶"lowest": 1', "run-invalid", 'unknown key "lowest"'],
  ['"samples": [', '"samples": ▶3, "more": [', "run-invalid", "expected an array, found 3"],
  ['"seeds": [', '▶, "seeds": [', "json-syntax", "expected a key"],
])("%s → %s is refused with its place", (from, to, code, message) => {
  const { text, line, column } = marked(TEXT.replace(from, () => to));
  const error = failure(() => readRunRecord(text, "run.json"));
  expect(error).toMatchObject({ code, location: { file: "run.json", line, column } });
  expect(error.message).toContain(message);
});

test.each(["{}", "null", "3", "[]", '{ "format": {} }'])("%s is no run record", (text) => {
  expect(failure(() => readRunRecord(text, "run.json")).code).toBe("run-format");
});

test("many wrong samples are counted, not listed", () => {
  const many = { ...record, samples: Array.from({ length: 20_000 }, () => ({ arm: "SB" })) };
  const lines = failure(() => readRunRecord(JSON.stringify(many), "run.json")).message.split("\n");
  expect(lines.length).toBeLessThanOrEqual(12);
});
