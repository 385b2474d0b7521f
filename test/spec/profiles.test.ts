import { expect, test } from "vitest";
import type { ProfileName } from "../../src/spec/read-suite.ts";
import { changed, failure, marked, read, SUITE } from "./suite-under-test.ts";

const withSmoke = (override: string) => changed('"seeds": 3,', `"seeds": 3, "profiles": { "smoke": ${override} },`);
const smoke = (override: object) => read(withSmoke(JSON.stringify(override)), { profile: "smoke" });

test("a profile is not applied unless chosen", () => {
  const suite = read(withSmoke('{ "seeds": 1 }'));
  expect(suite.seeds).toHaveLength(3);
  expect(suite.profile).toBeUndefined();
});

test("fields and arms are merged", () => {
  const suite = smoke({ seeds: [4], title: "T", confidence: 0.9, arms: { SB: { train: { lastBatch: "drop" } } } });
  expect(suite).toMatchObject({ profile: "smoke", seeds: [4], title: "T", confidence: 0.9 });
  expect(suite.arms[1]?.regime).toMatchObject({ batch: "10%", lastBatch: "drop", stop: { epochs: 2 } });
});

test.each([
  ["data", { arms: { SB: { data: { set: "mnist" } } } }, "data", { set: "mnist" }],
  [
    "network",
    { arms: { SB: { network: { input: [784], layers: [{ layer: "relu" }] } } } },
    "networkName",
    "SB's network",
  ],
])("%s is replaced whole", (_, override, key, expected) => {
  expect(smoke(override).arms[0]?.[key as "data" | "networkName"]).toEqual(expected);
});

test("optimizer and stop are replaced whole: their kinds do not mix", () => {
  const train = { optimizer: { sgd: { learningRate: 1 } }, stop: { updates: 5 } };
  const [arm] = smoke({ arms: { SB: { train } } }).arms;
  expect(arm?.regime).toMatchObject({ optimizer: { sgd: { learningRate: 1, momentum: 0 } }, batch: 32 });
  expect(arm?.regime.stop).toEqual({ updates: 5 });
});

test("a measurement and a claim's assertions are replaced whole", () => {
  const assert = [{ greater: ["LB.sharpness", 0] }];
  const suite = smoke({
    measure: { sharpness: { metric: "distance" } },
    claims: { gap: { assert }, sharper: { assert } },
  });
  expect(suite.arms[0]?.measure["sharpness"]).toEqual({ metric: "distance" });
  expect(suite.claims.map(({ assertions }) => assertions.length)).toEqual([1, 1]);
  expect(suite.claims[0]?.statement).toBe("Large batches generalise worse.");
});

test("null removes a claim, a measurement, an arm", () => {
  const { claims, arms } = smoke({
    arms: { LB: null },
    measure: { sharpness: null },
    claims: { sharper: null, gap: { assert: [{ greater: ["SB.accuracy", 0.5] }] } },
  });
  expect(claims.map(({ id }) => id)).toEqual(["gap"]);
  expect(arms.map(({ name, measure }) => [name, Object.keys(measure)])).toEqual([["SB", ["accuracy"]]]);
});

test("arms, claims and axes named like settings are merged all the same", () => {
  const suite = SUITE.replaceAll("SB", "data").replaceAll("LB", "measure").replaceAll('"gap"', '"stop"');
  const overrides = `{ "arms": { "data": { "train": { "batch": 16 } }, "measure": { "train": { "lastBatch": "drop" } } },
    "claims": { "stop": { "note": "n" } } }`;
  const text = suite.replace('"seeds": 3,', `"seeds": 3, "profiles": { "smoke": ${overrides} },`);
  const { arms, claims } = read(text, { profile: "smoke" });
  expect(arms.map(({ regime }) => regime)).toMatchObject([
    { batch: 16, stop: { epochs: 2 } },
    { batch: "10%", lastBatch: "drop" },
  ]);
  expect(claims[0]).toMatchObject({ id: "stop", note: "n", source: "Table 2" });
});

test("a variant of a profile's own axis may remove an arm", () => {
  const text = withSmoke(`{ "claims": { "sharper": null, "gap": { "assert": [{ "greater": ["SB.accuracy", 0.5] }] } },
    "matrix": { "size": { "S": { "arms": { "LB": null } } } } }`);
  expect(read(text, { profile: "smoke" }).arms.map(({ name }) => name)).toEqual(["SB[S]"]);
});

test.each([
  ['{ "arms": { "SB": { "data": { "set": "mnist", "train": ▶70000 } } } }', "70000 were asked for"],
  ['{ "arms": { "SB": { "train": { "batch": ▶2000 } } } }', "a batch of 2000 is larger"],
  ['{ "arms": { ▶"SC": { "network": "plain" } } }', "arm SC lacks data, train.batch"],
  ['{ "arms": { "SC": { "extends": ▶"S" } } }', 'there is no arm "S"; did you mean "SB"?'],
  ['{ "claims": { ▶"gpa": { "note": "x" } } }', 'claim gpa lacks statement, source, assert; did you mean "gap"?'],
  ['{ "claims": { "gap": { "assert": [{ "greater": [▶"LX.accuracy", 1] }] } } }', 'there is no arm "LX"'],
  ['{ "measure": { "norm": { "metric": "gradient-norm", "samples": ▶9999 } } }', "asks for 9999 training samples"],
  [
    '{ "matrix": { "n": { "a": { "arms": { "SB": { "network": ▶"nope" } } }, "b": {} } } }',
    'there is no network "nope"',
  ],
])("what is wrong in a profile is located there: %s", (override, message) => {
  const { text, line, column } = marked(withSmoke(override));
  const error = failure(() => read(text, { profile: "smoke" }));
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("\n");
  expect(error.location).toEqual({ file: "suite.json", line, column });
});

test.each([
  ["quick", "{}", 'suite.json has no profile "quick" (it has: smoke)'],
  ["smok", "{}", 'has no profile "smok"; did you mean "smoke"?'],
  ["constructor", "{}", 'has no profile "constructor"'],
])("profile %s is unknown", (profile, override, message) => {
  const error = failure(() => read(withSmoke(override), { profile: profile as ProfileName }));
  expect(error.code).toBe("unknown-profile");
  expect(error.message).toContain(message);
});

test.each(['{ "claims": { "gap": null, "sharper": null } }', '{ "matrix": { "size": {} } }'])(
  "a profile that leaves nothing to check is refused: %s",
  (override) => {
    expect(failure(() => read(withSmoke(override), { profile: "smoke" })).message).toContain(
      "nothing is left to check",
    );
  },
);
