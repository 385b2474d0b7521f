import type { SampleReference } from "../../spec/run.types.ts";
import type { Draws } from "./draws.ts";
import { ACCURACY_SPREAD, accuracy, arms, EFFECTS, of, phi, type Scenario, value } from "./scenario.ts";

const ARM_NAMES = ["A", "B", "C", "D", "E", "F", "G", "H"] as const;
const EPOCHS = Array.from({ length: 10 }, (_, i) => i + 1);
const BREAKS_AFTER = 3;
const PEAK = 6;
const TOLERANCE = 0.05;

/** A trend over so many arms, rising by the effect from the first to the last. */
function trendOver(count: number, limit?: string): Scenario {
  const names = ARM_NAMES.slice(0, count);
  return {
    kind: `trend, ${count} arms`,
    law: "φ, log-normal",
    assertion: {
      kind: "trend",
      of: names.map((name) => of(name)) as [SampleReference, ...SampleReference[]],
      direction: "increasing",
    },
    measure: arms(...names),
    sample: (seed, effect, draws) =>
      names.map((name, i) => value(name, seed, phi(draws, (effect * i) / (names.length - 1)))),
    wrongAtZero: { pass: 1, fail: 1 },
    found: "pass",
    effects: EFFECTS,
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Two measurements of four arms. @param levels standard deviation of an arm's own level, in spreads. */
function correlationOver(kind: string, levels: number): Scenario {
  const names = ARM_NAMES.slice(0, 4);
  let level: { x: number; y: number }[] = [];
  return {
    kind,
    law: levels === 0 ? "normal, 4 arms" : "normal, 4 arms each at a level of its own",
    assertion: {
      kind: "correlation",
      pairs: names.map((name) => ({ first: of(name), second: of(name, "y") })) as never,
      above: 0,
    },
    measure: arms(...names),
    sample(seed, effect, draws) {
      if (seed === 0) level = names.map(() => ({ x: levels * draws.normal(), y: levels * draws.normal() }));
      return names.flatMap((name, i) => {
        const x = (level[i]?.x ?? 0) + draws.normal();
        const y = (level[i]?.y ?? 0) + draws.normal() + effect * x;
        return [value(name, seed, x), value(name, seed, y, "y")];
      });
    },
    wrongAtZero: { pass: 1, fail: 1 },
    found: "pass",
    effects: EFFECTS,
    ...(levels === 0 ? {} : { limit: "trials of one arm are not independent of each other" }),
  };
}

/** φ falls with the loss, along a line in logarithms that every trial has at a height of its own. */
function profile(arm: string, seed: number, shift: number, draws: Draws) {
  const height = phi(draws, shift);
  return EPOCHS.map((at) => {
    const loss = 2 / at;
    return { ...value(arm, seed, height / loss), at, detail: { loss } };
  });
}

/** Assertions about lists, series and all trials at once. */
export const shapeScenarios: readonly Scenario[] = [
  trendOver(5),
  trendOver(3, "three ranks take few values, which few seeds often share: an interval of width 0"),
  {
    kind: "trend, series",
    law: "accuracies, normal, 10 epochs",
    assertion: { kind: "trend", of: [of("A")], direction: "increasing", against: "epoch" },
    measure: arms("A"),
    sample: (seed, effect, draws) =>
      EPOCHS.map((at) => ({ ...value("A", seed, accuracy(draws, (effect * at) / EPOCHS.length)), at })),
    wrongAtZero: { pass: 1, fail: 1 },
    found: "pass",
    effects: EFFECTS,
  },
  {
    kind: "changePoint",
    law: "accuracies, normal, 8 arms",
    assertion: {
      kind: "change-point",
      of: ARM_NAMES.map((name) => of(name)) as never,
      at: ARM_NAMES.map((_, i) => i + 1) as never,
      above: 6,
    },
    measure: arms(...ARM_NAMES),
    // One straight line falls; with an effect another, steeper by so many spreads an arm, follows.
    sample: (seed, effect, draws) =>
      ARM_NAMES.map((name, i) => value(name, seed, accuracy(draws, -i / 2 - effect * Math.max(0, i - BREAKS_AFTER)))),
    // That a straight line has no break is no error.
    wrongAtZero: { pass: 1 },
    found: "pass",
    effects: EFFECTS,
  },
  {
    kind: "noPeakThenDecay",
    law: "accuracies, normal, 10 epochs",
    assertion: { kind: "no-decay", of: of("A"), tolerance: TOLERANCE },
    measure: arms("A"),
    sample(seed, effect, draws) {
      const peak = accuracy(draws);
      const decay = TOLERANCE + (ACCURACY_SPREAD / 2) * (draws.normal() - effect);
      return EPOCHS.map((at) => {
        const beyond = Math.max(0, at - PEAK) / (EPOCHS.length - PEAK);
        return { ...value("A", seed, peak - beyond * decay - 0.1 * Math.max(0, PEAK - at)), at };
      });
    },
    wrongAtZero: { pass: 1, fail: 1 },
    found: "pass",
    effects: EFFECTS,
  },
  {
    kind: "ratioAtLoss",
    law: "φ, log-normal, 10 epochs",
    assertion: { kind: "matched-loss", first: of("A"), second: of("B"), loss: "lowest", above: 1 },
    measure: arms("A", "B"),
    sample: (seed, effect, draws) => [...profile("A", seed, effect, draws), ...profile("B", seed, 0, draws)],
    wrongAtZero: { pass: 1, fail: 1 },
    found: "pass",
    effects: EFFECTS,
  },
  correlationOver("correlation", 0),
  correlationOver("correlation, grouped", 2),
];
