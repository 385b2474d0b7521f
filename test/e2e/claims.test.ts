import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { type Folder, folder, readJson } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const data = { files: { train: "data.safetensors", test: "data.safetensors" } };
const network = {
  input: [4],
  layers: [{ layer: "dense", units: 6 }, { layer: "relu" }, { layer: "dense", units: 3 }],
};
const threads = ["--threads", "1", "--workers", "2"];

const measure = {
  accuracy: { metric: "accuracy", on: "train" },
  curve: { metric: "accuracy", on: "train", at: "every-epoch" },
  loss: { metric: "loss", on: "train", at: "every-epoch" },
  path: { metric: "path", shape: "linear", from: "SB", arms: ["LB"], points: 13, lossRise: 0.001 },
  narrow: { metric: "path", shape: "filter-normalised", from: "SB", arms: ["LB"], points: 13 },
  along: { metric: "sharpness", space: "full", epsilon: [0.1], maximiser: ["scaled", "sign-ascent"], everyEpochs: 2 },
  norm: { metric: "gradient-norm", everyEpochs: 2 },
  trace: { metric: "trace", probes: 4 },
  spectrum: { metric: "spectrum", probes: 1, steps: 8 },
  steep: { metric: "steep-directions", directions: 5, distance: 0.5, rise: 0.1 },
  noise: { metric: "gradient-noise-scale", small: 8, large: 64, repeats: 5 },
  rescaled: { metric: "rescaled-sharpness", factor: 8, epsilon: [0.1], maximiser: ["scaled", "sign-ascent"] },
  ball: { metric: "adaptive-sharpness", rho: 0.1 },
  time: { metric: "step-time", iterations: 5, arms: ["SB"] },
};

const claim = (...assert: object[]) => ({ statement: "A statement.", source: "p. 1", assert });

const claims = {
  path: claim(
    { not: { greater: ["LB.path[rise,alpha=0]", 0.5] } },
    { combination: { "LB.path[train-loss,alpha=1.25]": 1, "LB.path[train-loss,alpha=1]": -1 }, above: -10 },
  ),
  along: claim({ ratioAtLoss: ["LB.along", "SB.along"], loss: "lowest", above: 0.0001 }),
  falls: claim({ trend: "SB.loss", direction: "decreasing", against: "epoch" }),
  decay: claim({ noPeakThenDecay: "SB.curve", tolerance: 0.5 }),
  same: claim({ less: ["SB.rescaled[loss-change]", 0.000001] }),
  agree: claim({ maximisersAgree: ["SB.rescaled[sharpness]", "SB.along[epoch=0]"] }),
  fits: claim({ equivalent: ["SB.accuracy", "LB.accuracy"], margin: 0.9 }),
  related: { ...claim({ correlation: ["trace", "accuracy"], arms: ["SB", "LB"], above: -0.99 }), finding: true },
};

const suite = {
  ...tinySuite({ network, data, seeds: 3, claims }),
  measure,
};
Object.assign(suite.arms.SB.train, { stop: { epochs: 5 } });

function lastRun(here: Folder): string {
  return here.runs("tiny").at(-1) ?? "";
}

function recordOf(here: Folder): RunRecord {
  return readJson(join(lastRun(here), "run.json"));
}

/** Everything of a run that does not depend on when and how long. */
function samplesOf({ samples }: RunRecord) {
  return samples.filter(({ measurement }) => measurement !== "time");
}

test("measurements along paths and training, and assertions of every kind, from suite to verdict", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  here.write("suite.json", suite);
  const run = await here.run(["run", "suite.json", ...threads]);
  expect(run.stderr).not.toContain("bug");
  expect(run.stdout).toMatch(/pass {2}path\n/);
  expect(run.stdout).toMatch(/pass {2}falls\n/);
  expect(run.stdout).toMatch(/pass {2}same\n/);
  expect(run.stdout).toContain("related (finding, not gated)");
  expect(run.stdout).toMatch(/· 1 finding\n/);

  const record = recordOf(here);
  const along = record.samples.filter(
    ({ arm, seed, measurement, maximiser }) =>
      arm === "SB" && seed === 0 && measurement === "along" && maximiser === "scaled",
  );
  // Of the minimiser, then of every other epoch and the last, which is the minimiser's again.
  expect(along.map(({ at }) => at)).toEqual([undefined, 0, 2, 4, 5]);
  expect(along[0]).toMatchObject({ value: (along[4] as { value: number }).value });
  const path = record.samples.filter(
    ({ measurement, part, seed }) => measurement === "path" && part === "rise" && seed === 1,
  );
  expect(path.map(({ at }) => at)).toEqual([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]);
  expect(record.samples.some(({ arm, measurement }) => arm === "SB" && measurement === "path")).toBe(false);
  // The ends of the path are the minimisers that the arms' own curves end at.
  const lossAt = (alpha: number) =>
    record.samples.find(
      (sample) =>
        sample.measurement === "path" && sample.part === "train-loss" && sample.at === alpha && sample.seed === 2,
    );
  for (const [arm, alpha] of [
    ["SB", 0],
    ["LB", 1],
  ] as const) {
    const trial = record.trials.find((each) => each.arm === arm && each.seed === 2);
    const end = trial?.state === "completed" ? trial.curve.at(-1)?.trainLoss : undefined;
    expect((lossAt(alpha) as { value: number }).value).toBeCloseTo(end ?? Number.NaN, 5);
  }

  const again = await here.run(["run", "suite.json", ...threads, "--store", "other", "--workers", "1"]);
  expect(again.code).toBe(run.code);
  expect(samplesOf(recordOf(here))).toEqual(samplesOf(record));
});

test("iterates that an earlier run did not keep are trained anew, and come out the same", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const { along: _, norm: _norm, ...rest } = measure;
  const few = { fits: claims.fits };
  here.write("suite.json", { ...suite, measure: rest, claims: few });
  await here.run(["run", "suite.json", ...threads]);
  here.write("suite.json", { ...suite, claims: few });
  await here.run(["run", "suite.json", ...threads]);
  const later = samplesOf(recordOf(here));
  await here.run(["run", "suite.json", ...threads, "--store", "other"]);
  expect(samplesOf(recordOf(here))).toEqual(later);
});

test("a data set that is not here leaves out its claims, with the way to get it, and the others go on", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const tiny = tinySuite({ network, data, seeds: 2, claims: { holds } });
  const missing = { network: "C1", data: { set: "cifar-10", train: 64 }, train: tiny.arms.SB.train };
  const arms = {
    ...tiny.arms,
    pictures: missing,
    later: { extends: "pictures", train: { start: { arm: "pictures", epoch: 1 } } },
  };
  const seen = claim({ greater: ["pictures.accuracy", 0.5] }, { greater: ["later.accuracy", 0.5] });
  here.write("suite.json", {
    ...tiny,
    arms,
    measure: { ...tiny.measure, accuracy: measure.accuracy },
    claims: { holds, seen },
  });
  const { code, stdout } = await here.run(["run", "suite.json", ...threads], {
    environment: { CLAIMBENCH_DATA: here.path, XDG_CACHE_HOME: here.path },
  });
  expect(code).toBe(4);
  expect(stdout).toMatch(/pass {2}holds/);
  expect(stdout).toMatch(/not-measured {2}seen/);
  expect(stdout.replace(/\s+/g, " ")).toContain("the data set cifar-10 is not here; claimbench data fetch cifar-10");
  const record = recordOf(here);
  const leftOut = record.trials.flatMap((trial) => (trial.state === "not-run" ? [trial] : []));
  expect(leftOut.map(({ arm }) => arm)).toEqual(["pictures", "later", "pictures", "later"]);
  for (const { reason } of leftOut) expect(reason).toContain("claimbench data fetch cifar-10");
  expect(JSON.stringify(record)).not.toContain(here.path);
});

test("a surrogate stands in for data that is not here, and says so wherever its verdict is", async () => {
  const here = folder();
  const orSurrogate = { surrogate: "frames", features: 4, classes: 3, train: 160, test: 60 };
  const tiny = tinySuite({ network, data, seeds: 2, claims: { fits: claims.fits } });
  Object.assign(tiny.arms.SB, { data: { set: "timit", orSurrogate } });
  here.write("suite.json", { ...tiny, measure: { accuracy: measure.accuracy } });
  const { stdout } = await here.run(["run", "suite.json", ...threads], {
    environment: { XDG_CACHE_HOME: here.path },
  });
  expect(stdout).toContain("fits (surrogate data)");
  expect(stdout).toContain("1 on surrogate data");
  expect(readFileSync(join(lastRun(here), "index.html"), "utf8")).toContain("surrogate data");
  expect(recordOf(here).suite.arms[0]?.data).toEqual(orSurrogate);
});

test("a folder stands for the suites in it", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const tiny = tinySuite({
    network,
    data: { files: { train: "../data.safetensors", test: "../data.safetensors" } },
    seeds: 1,
    claims: { fits: claims.fits },
  });
  here.write("family/a.json", { ...tiny, measure: { accuracy: measure.accuracy } });
  here.write("family/b.json", { ...tiny, suite: "tiny-b", measure: { accuracy: measure.accuracy } });
  const { stdout } = await here.run(["validate", "family"]);
  expect(stdout.match(/valid/g)).toHaveLength(2);
  const run = await here.run(["run", "family", ...threads]);
  expect(run.stdout.match(/inconclusive {2}fits/g)).toHaveLength(2);

  here.write("empty/notes.txt", "not a suite");
  const empty = await here.run(["run", "empty"]);
  expect(empty.stderr).toContain("there is no suite file in");
  expect(empty).toMatchObject({ code: 2, stdout: "" });
});
