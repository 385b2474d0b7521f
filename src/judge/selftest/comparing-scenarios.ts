import type { Maximiser } from "../../spec/suite.types.ts";
import { ACCURACY_SPREAD, accuracy, arms, EFFECTS, of, phi, type Scenario, value } from "./scenario.ts";

const [a, b, c] = [of("A"), of("B"), of("C")];
const BOTH = { pass: 1, fail: 1 } as const;
const ACCURACIES = "accuracies, normal";
const SHARPNESS = "φ, log-normal";
/** Half the width of a range or margin, in spreads: an effect as large is the middle of it. */
const REACH = 4;
const PUBLISHED_TRIALS = 5;
const MAXIMISERS: Maximiser[] = ["paper-literal", "scaled", "sign-ascent"];
/** Of one maximiser beside the trial it looks at, in spreads. */
const MAXIMISER_NOISE = 0.3;

/** Two arms of accuracies, the first ahead. */
const twoAccuracies: Pick<Scenario, "law" | "measure" | "sample" | "wrongAtZero" | "found" | "effects"> = {
  law: ACCURACIES,
  measure: arms("A", "B"),
  sample: (seed, effect, draws) => [value("A", seed, accuracy(draws, effect)), value("B", seed, accuracy(draws))],
  wrongAtZero: BOTH,
  found: "pass",
  effects: EFFECTS,
};

const twoPhi: typeof twoAccuracies = {
  ...twoAccuracies,
  law: SHARPNESS,
  sample: (seed, effect, draws) => [value("A", seed, phi(draws, effect)), value("B", seed, phi(draws))],
};

/** Assertions about arms that are compared, or about one arm and a number. */
export const comparingScenarios: readonly Scenario[] = [
  { ...twoAccuracies, kind: "greater", assertion: { kind: "greater", first: a, second: b } },
  { ...twoAccuracies, kind: "less", assertion: { kind: "less", first: b, second: a } },
  { ...twoPhi, kind: "ratio", assertion: { kind: "ratio", first: a, second: b, above: 1 } },
  { ...twoAccuracies, kind: "difference", assertion: { kind: "difference", first: a, second: b, above: 0 } },
  {
    ...twoAccuracies,
    kind: "within",
    assertion: {
      kind: "within",
      first: a,
      second: b,
      lowest: -REACH * ACCURACY_SPREAD,
      highest: REACH * ACCURACY_SPREAD,
    },
    sample: (seed, effect, draws) => [
      value("A", seed, accuracy(draws, REACH - effect)),
      value("B", seed, accuracy(draws)),
    ],
  },
  {
    ...twoAccuracies,
    kind: "combination",
    assertion: {
      kind: "combination",
      terms: [
        { factor: 1, of: a },
        { factor: -0.5, of: b },
        { factor: -0.5, of: c },
      ],
      above: 0,
    },
    measure: arms("A", "B", "C"),
    sample: (seed, effect, draws) => [
      value("A", seed, accuracy(draws, effect)),
      value("B", seed, accuracy(draws)),
      value("C", seed, accuracy(draws)),
    ],
  },
  {
    ...twoAccuracies,
    kind: "equivalent",
    assertion: { kind: "equivalent", first: a, second: b, margin: REACH * ACCURACY_SPREAD, scale: "difference" },
    sample: (seed, effect, draws) => [
      value("A", seed, accuracy(draws, REACH - effect)),
      value("B", seed, accuracy(draws)),
    ],
    wrongAtZero: { pass: 2, fail: 1 },
  },
  {
    ...twoPhi,
    kind: "equivalent, ratio",
    assertion: { kind: "equivalent", first: a, second: b, margin: Math.exp(REACH), scale: "ratio" },
    sample: (seed, effect, draws) => [value("A", seed, phi(draws, REACH - effect)), value("B", seed, phi(draws))],
    wrongAtZero: { pass: 2, fail: 1 },
  },
  {
    ...twoAccuracies,
    kind: "ordered, 3 arms",
    assertion: { kind: "ordered", of: [a, b, c] },
    measure: arms("A", "B", "C"),
    sample: (seed, effect, draws) => [
      value("A", seed, accuracy(draws)),
      value("B", seed, accuracy(draws, effect)),
      value("C", seed, accuracy(draws, 2 * effect)),
    ],
    // Either of two steps, each with a tail of its own, may wrongly be found reversed.
    wrongAtZero: { pass: 1, fail: 2 },
  },
  {
    kind: "maximisersAgree",
    law: `${SHARPNESS}, 3 maximisers`,
    assertion: { kind: "maximisers-agree", first: { ...a, epsilon: 1e-3 }, second: { ...b, epsilon: 1e-3 } },
    measure: Object.fromEntries(
      ["A", "B"].map((arm) => [
        arm,
        { x: { metric: "sharpness", space: "full", epsilon: [1e-3], maximiser: [...MAXIMISERS] as never } },
      ]),
    ),
    sample: (seed, effect, draws) =>
      ["A", "B"].flatMap((arm) => {
        const trial = phi(draws, arm === "A" ? effect : 0);
        return MAXIMISERS.map((maximiser) => ({
          ...value(arm, seed, trial * Math.exp(MAXIMISER_NOISE * draws.normal())),
          epsilon: 1e-3,
          maximiser,
        }));
      }),
    wrongAtZero: { pass: 2, fail: 2 },
    found: "pass",
    effects: EFFECTS,
  },
  {
    kind: "consistent",
    law: `${ACCURACIES}; published: ${PUBLISHED_TRIALS} trials`,
    assertion: { kind: "consistent", of: a, pointer: "p#/v", arm: "A" },
    measure: arms("A"),
    sample: (seed, effect, draws) => [value("A", seed, accuracy(draws, effect))],
    published(draws) {
      const values = Array.from({ length: PUBLISHED_TRIALS }, () => accuracy(draws));
      const mean = values.reduce((sum, one) => sum + one, 0) / PUBLISHED_TRIALS;
      const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      const std = Math.sqrt(squares / (PUBLISHED_TRIALS - 1));
      return {
        "p#/v": { quantity: "", source: "", origin: "stated", arms: { A: { mean, std, n: PUBLISHED_TRIALS } } },
      };
    },
    wrongAtZero: { fail: 2 },
    found: "fail",
    effects: EFFECTS,
  },
  {
    ...twoPhi,
    kind: "not (ratio)",
    assertion: { kind: "not", assertion: { kind: "ratio", first: b, second: a, above: 1 } },
  },
  {
    kind: "greater than a number",
    law: SHARPNESS,
    // The mean of a log-normal whose logarithm has variance 1.
    assertion: { kind: "greater", first: a, second: 10 * Math.exp(0.5) },
    measure: arms("A"),
    sample: (seed, effect, draws) => [value("A", seed, phi(draws, effect))],
    wrongAtZero: BOTH,
    found: "pass",
    effects: EFFECTS,
    limit: "a t interval of few skewed values ends too low",
  },
];
