import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { baselineExitCode, baselineGate } from "../../src/cli/baseline/gate.ts";
import { judge } from "../../src/judge/judge.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { plainSamples, record } from "../judge/captured/captured-record.ts";

const moved = { ...plainSamples, "SB.distance": [1.31, 1.27, 1.34, 1.29, 1.3] };
const file = join("captured", "c-onnx-cpu-linux-x64-ort1-node20", "s.json");

function folder() {
  const cwd = mkdtempSync(join(tmpdir(), "claimbench-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const gate = (of: RunRecord, options: { ci?: boolean; update?: boolean } = {}) =>
    baselineGate(of, judge(of), "captured", { ci: false, update: false, ...options, cwd });
  return { cwd, gate, text: () => readFileSync(join(cwd, file), "utf8") };
}

test("a missing baseline is written and said, then the same run is the same", async () => {
  const { gate } = folder();
  const first = await gate(record());
  expect(first).toMatchObject({ status: "written", written: file });
  expect(first.text).toBe(
    `baseline: none was captured for s on c-onnx-cpu-linux-x64-ort1-node20\n  written: ${file}\n`,
  );
  const second = await gate(record(), { ci: true });
  expect(second.status).toBe("same");
  expect(second.written).toBeUndefined();
});

test("a missing baseline in CI is not measured, and those of other classes are named", async () => {
  const { gate } = folder();
  await gate(record({ provenance: { node: "18" } }));
  const inCi = await gate(record(), { ci: true });
  expect(inCi.status).toBe("not-measured");
  expect(inCi.written).toBeUndefined();
  expect(inCi.text).toContain("there is one for c-onnx-cpu-linux-x64-ort1-node18 (Node: 20, captured on 18)");
});

test("a drift leaves the baseline as it is; --update replaces it, and says what changes", async () => {
  const { gate, text } = folder();
  await gate(record());
  const before = text();
  const drifted = await gate(record({ samples: moved }));
  expect(drifted.status).toBe("drifted");
  expect(drifted.text).toContain("SB.distance: 1.31 at seed 0, captured 1.01");
  expect(text()).toBe(before);
  const updated = await gate(record({ samples: moved }), { update: true });
  expect(updated).toMatchObject({ status: "updated", written: file });
  expect(updated.text).toContain("SB.distance: 1.31 at seed 0, captured 1.01");
  expect((await gate(record({ samples: moved }))).status).toBe("same");
});

test("an update with the same values writes nothing", async () => {
  const { gate } = folder();
  await gate(record());
  expect(await gate(record(), { update: true })).toMatchObject({ status: "same" });
});

test("one seed makes no baseline, nor changes one, but is compared", async () => {
  const { gate, text } = folder();
  const one = record({ seeds: [0], samples: { "SB.distance": [1.01], "LB.distance": [2.1] } });
  expect(await gate(one)).toMatchObject({ status: "not-measured", text: expect.stringContaining("one seed") });
  const two = record({ seeds: [0, 1], samples: { "SB.distance": [1.01, 0.97], "LB.distance": [2.1, 1.9] } });
  await gate(two);
  const before = text();
  expect(await gate(one, { update: true })).toMatchObject({ status: "not-measured" });
  expect(text()).toBe(before);
  const compared = await gate(one);
  expect(compared.comparison?.quantities.map(({ level }) => level)).toEqual(["bit-equal", "bit-equal"]);
});

test("a run with a crash is not taken for a drift", async () => {
  const { gate } = folder();
  await gate(record());
  const crashed = await gate(record({ trials: [{ state: "crashed", arm: "SB", seed: 1, reason: "killed" }] }));
  expect(crashed).toEqual({
    status: "not-measured",
    text: "baseline: the run is not compared: SB at seed 1 crashed\n",
  });
});

test("a damaged baseline is an error with its place", async () => {
  const { cwd, gate } = folder();
  mkdirSync(join(cwd, dirname(file)), { recursive: true });
  writeFileSync(join(cwd, file), '{\n  "format": "claimbench-captured/1",\n  "samples": [');
  await expect(gate(record())).rejects.toMatchObject({ code: "json-syntax", location: { file, line: 3 } });
});

test.each([
  [["same", "written", "updated"], 0],
  [["same", "not-measured"], 4],
  [["not-measured", "drifted"], 1],
] as const)("%j end with %i", (statuses, code) => {
  expect(baselineExitCode(statuses)).toBe(code);
});
