import { expect, test } from "vitest";
import type { PlannedTrial } from "../../src/plan/plan-trials.ts";
import { NearestTrial } from "../../src/run/plan/nearest-trial.ts";
import { describesTrial, type KnownTrial } from "../../src/run/results.ts";
import { arm, planned, small, trialOf } from "./planned-suite.ts";

const sgd = (learningRate: number) => ({ optimizer: { sgd: { learningRate } } });
const train = (changes: object) => ({ ...arm, train: { ...arm.train, ...changes } });

/** As the store gives them back. */
function stored(trials: readonly PlannedTrial[]): Pick<KnownTrial, "describes">[] {
  return trials.map((trial) => JSON.parse(JSON.stringify({ describes: describesTrial(trial) })));
}

function reason(known: readonly PlannedTrial[], wanted: object, seed = 0): string {
  const trials = planned({ arms: { wanted }, seeds: [seed] });
  return new NearestTrial(stored(known)).reason(trialOf(trials, "wanted", seed));
}

test("of several trials that with the fewest differences is told", () => {
  const known = planned({ arms: { far: train({ batch: 8, ...sgd(0.2) }), near: train({ batch: 8 }) } });
  expect(reason(known, arm)).toBe("regime.batchSize 8 → 5");
  expect(reason(known.toReversed(), arm)).toBe("regime.batchSize 8 → 5");
});

test("where it stops is a difference like others", () => {
  expect(reason(planned({ arms: { arm } }), train({ stop: { epochs: 4 } }))).toBe("maxEpochs 3 → 4");
  const stop = { trainLoss: 0.5, maxEpochs: 3 };
  expect(reason(planned({ arms: { arm } }), train({ stop }))).toBe("trainLoss none → 0.5");
});

test("another seed is compared too: the closest, but the same one rather, if it is no less alike", () => {
  expect(reason(planned({ arms: { arm }, seeds: [1, 4, 9] }), arm, 5)).toBe("seed 4 → 5");
  expect(reason(planned({ arms: { arm }, seeds: [7, 3] }), arm, 5)).toBe("seed 3 → 5");
  const same = planned({ arms: { arm: train({ batch: 8 }) }, seeds: [5] });
  expect(reason([...planned({ arms: { arm }, seeds: [4] }), ...same], arm, 5)).toBe("regime.batchSize 8 → 5");
  const unlike = planned({ arms: { arm: train({ batch: 8, ...sgd(0.2) }) }, seeds: [5] });
  expect(reason([...unlike, ...planned({ arms: { arm }, seeds: [4] })], arm, 5)).toBe("seed 4 → 5");
});

test("no more than three are told, and more than five are nothing like it", () => {
  const known = planned({ arms: { arm } });
  const four = { batch: 8, ...sgd(0.2), stop: { epochs: 4 } };
  expect(reason(known, train(four), 1)).toBe(
    "regime.batchSize 5 → 8, regime.optimizer.sgd.learningRate 0.05 → 0.2, seed 0 → 1, and 1 more",
  );
  const adam = { optimizer: { adam: { learningRate: 0.1 } }, lastBatch: "drop", stop: { trainLoss: 1, maxEpochs: 4 } };
  expect(reason(known, train({ batch: 8, ...adam }), 1)).toBe("nothing like it is in the store");
});

test("another network is nothing like it, nor is an empty store", () => {
  const wider = { ...small, layers: [{ layer: "dense", units: 7 }, { layer: "relu" }, { layer: "dense", units: 5 }] };
  expect(reason(planned({ arms: { arm }, networks: { small: wider } }), arm)).toBe("nothing like it is in the store");
  expect(reason([], arm)).toBe("nothing like it is in the store");
});

test("a warm start is told by what changed, not by keys", () => {
  const from = (learningRate: number) => ({
    SB: train(sgd(learningRate)),
    warm: { extends: "SB", train: { batch: 8, start: { arm: "SB", epoch: 1 } } },
  });
  const told = (known: readonly PlannedTrial[], wanted: readonly PlannedTrial[]) =>
    new NearestTrial(stored(known)).reason(trialOf(wanted, "warm", wanted[0]?.seed));
  const changed = planned({ arms: from(0.2) });
  expect(told(planned({ arms: from(0.1) }), changed)).toBe(
    "regime.optimizer.sgd.learningRate 0.1 → 0.2, what it starts from is another",
  );
  expect(told(planned({ arms: from(0.2), seeds: [3] }), changed)).toBe("seed 3 → 0");
  const cold = planned({ arms: { cold: train({ batch: 8, ...sgd(0.2) }) } });
  expect(told(cold, changed)).toBe("start cold → warm");
});
