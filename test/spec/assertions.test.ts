import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const ACCURACY = '"accuracy": { "metric": "accuracy", "on": "test" },';
const GREATER = '{ "greater": ["SB.accuracy", "LB.accuracy"] }';
const MORE = [
  '"curve": { "metric": "accuracy", "on": "test", "at": "every-epoch" }',
  '"along": { "metric": "sharpness", "space": "full", "epsilon": [0.001], "maximiser": ["scaled", "sign-ascent"], "everyEpochs": 1 }',
  '"distance": { "metric": "distance", "everyEpochs": 1 }',
].join(", ");
const asserted = (assertion: string) => changed(ACCURACY, `${ACCURACY} ${MORE},`, changed(GREATER, assertion));

const SB = { arm: "SB", measurement: "accuracy" };
const LB = { arm: "LB", measurement: "accuracy" };
const SHARP = { measurement: "sharpness", epsilon: 0.001 };
const along = (arm: string) => ({ arm, measurement: "along", epsilon: 0.001 });

test.each([
  [
    '{ "combination": { "SB.accuracy": 0.5, "LB.accuracy": -0.5 }, "above": 0 }',
    {
      kind: "combination",
      terms: [
        { factor: 0.5, of: SB },
        { factor: -0.5, of: LB },
      ],
      above: 0,
    },
  ],
  [
    '{ "equivalent": ["SB.accuracy", "LB.accuracy"], "margin": 0.01 }',
    { kind: "equivalent", first: SB, second: LB, margin: 0.01, scale: "difference" },
  ],
  ['{ "ordered": ["SB.accuracy", "LB.accuracy"] }', { kind: "ordered", of: [SB, LB] }],
  [
    '{ "trend": ["SB.accuracy", "LB.accuracy", "SB.accuracy"], "direction": "increasing" }',
    { kind: "trend", of: [SB, LB, SB], direction: "increasing" },
  ],
  [
    '{ "trend": "LB.along", "direction": "decreasing", "against": "loss", "half": "late" }',
    { kind: "trend", of: [along("LB")], direction: "decreasing", against: "loss", half: "late" },
  ],
  [
    `{ "changePoint": [${Array(6).fill('"SB.accuracy"').join(", ")}] }`,
    { kind: "change-point", of: Array(6).fill(SB), at: [1, 2, 3, 4, 5, 6], above: 6 },
  ],
  [
    '{ "noPeakThenDecay": "LB.curve", "tolerance": 0.01 }',
    { kind: "no-decay", of: { arm: "LB", measurement: "curve" }, tolerance: 0.01 },
  ],
  [
    '{ "ratioAtLoss": ["LB.along", "SB.along"], "loss": "lowest", "above": 1 }',
    { kind: "matched-loss", first: along("LB"), second: along("SB"), loss: "lowest", above: 1 },
  ],
  [
    '{ "correlation": ["sharpness[0.001,scaled]", "accuracy"], "arms": ["SB", "LB"], "above": 0.7 }',
    {
      kind: "correlation",
      pairs: [
        { first: { arm: "SB", ...SHARP, maximiser: "scaled" }, second: SB },
        { first: { arm: "LB", ...SHARP, maximiser: "scaled" }, second: LB },
      ],
      above: 0.7,
    },
  ],
  [
    '{ "maximisersAgree": ["LB.sharpness[0.001]", "SB.sharpness[0.001]"] }',
    { kind: "maximisers-agree", first: { arm: "LB", ...SHARP }, second: { arm: "SB", ...SHARP } },
  ],
  [
    '{ "not": { "not": { "greater": ["SB.accuracy", 0.5] } } }',
    { kind: "not", assertion: { kind: "not", assertion: { kind: "greater", first: SB, second: 0.5 } } },
  ],
])("%s is taken apart", (assertion, resolved) => {
  expect(read(asserted(assertion)).claims[0]?.assertions).toEqual([resolved]);
});

test("what an assertion is to be consistent with is published with the claim, under the matrix variant's name", () => {
  const text = asserted('{ "consistent": "SB.accuracy", "with": "keskar-2017#/table2/{net}/test-accuracy" }');
  const suite = read(changed('"seeds": 3', '"seeds": 3, "matrix": { "net": { "F1": {} } }', text));
  const pointer = "keskar-2017#/table2/F1/test-accuracy";
  const of = { ...SB, arm: "SB[F1]" };
  expect(suite.claims[0]).toMatchObject({
    assertions: [{ kind: "consistent", of, pointer, arm: "SB" }],
    published: [pointer],
  });
});

test.each([
  ['▶{ "combination": { "SB.accuracy": 1, "LB.accuracy": -1 } }', 'expected either "above" or "below"'],
  [
    '▶{ "combination": { "SB.accuracy": 1, "LB.accuracy": -1 }, "above": 0, "below": 1 }',
    'expected either "above" or "below"',
  ],
  ['{ "combination": { "SB.accuracy": 1, "LX.accuracy": ▶-1 }, "above": 0 }', 'there is no arm "LX"'],
  [
    '{ "equivalent": ["SB.accuracy", "LB.accuracy"], "margin": ▶0.5, "scale": "ratio" }',
    "the margin must be above 1, not 0.5",
  ],
  ['{ "trend": ▶"SB.accuracy", "direction": "increasing" }', '"accuracy" is no series'],
  ['{ "trend": ▶"SB.curve[epoch=1]", "direction": "increasing" }', "expected the whole series, without an epoch"],
  ['{ "trend": ▶"SB.distance", "direction": "increasing", "against": "loss" }', "not distance"],
  [
    '{ "trend": ["SB.accuracy", "LB.accuracy", "SB.accuracy"], "direction": "increasing", "half": ▶"late" }',
    '"half" is for a series, not for a list',
  ],
  [
    `{ "changePoint": [${Array(6).fill('"SB.accuracy"').join(", ")}], "at": ▶[1, 2, 3, 5, 4, 6] }`,
    "expected increasing positions",
  ],
  [
    `{ "changePoint": [${Array(6).fill('"SB.accuracy"').join(", ")}], "at": ▶[1, 2, 3, 4, 5, 6, 7] }`,
    "6 references with 7 positions",
  ],
  ['{ "correlation": ["accuracy", "curve[epoch=1]"], "arms": ["SB", ▶"LX"], "above": 0 }', 'there is no arm "LX"'],
  ['{ "maximisersAgree": ▶["LB.accuracy", "SB.accuracy"] }', "expected a measurement with several maximisers"],
  ['{ "not": { "greater": [▶"SX.accuracy", 0.5] } }', 'there is no arm "SX"'],
])("%s is refused", (assertion, message) => {
  const { text, line, column } = marked(asserted(assertion));
  const error = failure(() => read(text));
  const [first = ""] = error.message.split("\n").filter((each) => !/^\d+ problems/.test(each));
  expect(first).toContain(message);
  if (!error.message.includes("\n")) expect(error.location).toMatchObject({ line, column });
});
