import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { fails, holds, tinySuite } from "./suites.ts";

const parts = {
  network: "./net.json",
  data: { files: { train: "data.safetensors", test: "data.safetensors" } },
  train: { batch: 4 },
};
const network = (units: number) => ({
  input: [4],
  layers: [{ layer: "dense", units }, { layer: "relu" }, { layer: "dense", units: 3 }],
});

test("watch judges by what is in the store, again at every change, and trains nothing", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  here.write("net.json", network(5));
  here.write("suite.json", tinySuite({ ...parts, claims: { holds } }));
  await here.run(["run", "suite.json", "--threads", "1"]);
  const watching = here.start(["watch", "suite.json", "--threads", "1"]);
  await watching.stderrMatches(/4 of 4 trials are in the store/);
  here.write("suite.json", tinySuite({ ...parts, claims: { fails } }));
  await watching.stderrMatches(/(4 of 4 trials[\s\S]*){2}/);
  here.write("suite.json", "{");
  await watching.stderrMatches(/error/);
  here.write("suite.json", tinySuite({ ...parts, claims: { holds }, seeds: 3 }));
  await watching.stderrMatches(
    /4 of 6 trials are in the store\nto train: LB seed 2; SB seed 2\ntrain them: claimbench run suite.json/,
  );
  here.write("net.json", network(6));
  await watching.stderrMatches(/0 of 6 trials are in the store\nto train: .*LB seeds 0, 1, 2/);
  watching.child.kill("SIGINT");
  const { code, stdout } = await watching.finished;
  expect(code).toBe(130);
  expect(stdout.match(/(pass|fail|not-measured|inconclusive) +(holds|fails)/g)).toEqual([
    "pass  holds",
    "fail  fails",
    "inconclusive  holds",
    "not-measured  holds",
  ]);
  expect(here.runs("tiny")).toHaveLength(1);
});
