import fc from "fast-check";
import { test } from "vitest";
import { ClaimbenchError } from "../../src/spec/error.ts";
import { readBaseline } from "../../src/spec/read-baseline.ts";
import { readNetwork } from "../../src/spec/read-network.ts";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import { read, SUITE } from "./suite-under-test.ts";

const READERS = {
  suite: (text: string) => read(text),
  profile: (text: string) => read(text, { profile: "smoke", filter: "a" }),
  network: (text: string) => readNetwork(text, "network.json"),
  baseline: (text: string) => readBaseline(text, "baseline.json"),
  record: (text: string) => readRunRecord(text, "run.json"),
};

/** What is read, or refused with an error for the user that fits one screen. */
function readsOrRefuses(reader: (text: string) => unknown, text: string): boolean {
  try {
    reader(text);
    return true;
  } catch (error) {
    if (!(error instanceof ClaimbenchError)) throw error;
    const lines = error.message.split("\n");
    return lines.length <= 12 && new Set(lines).size === lines.length && lines.every((line) => line.length < 600);
  }
}

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "SB", "accuracy", "gap", "10", "a.b", ""];
const WORDS = [
  ...NAMES,
  "SB.accuracy",
  "LB.sharpness[0.001]",
  "toString.constructor",
  "10%",
  "mnist",
  "scaled",
  "full",
];
const key = fc.constantFrom(
  ...NAMES,
  ...["arms", "measure", "claims", "matrix", "profiles", "smoke", "train", "stop", "updatesOf", "extends", "layers"],
);
const leaf = fc.oneof(fc.constantFrom(...WORDS, null, true, 0, -1, 0.5, 1e300), fc.string());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

const BASE = JSON.parse(SUITE) as object;
const MATRIX = { size: { F1: { arms: { SB: { network: "image" } } }, "2.5%": {} } };
const WHOLE = { ...BASE, matrix: MATRIX, profiles: { smoke: { arms: { SB: { train: { batch: 8 } } } } } };

/** Replaces, adds or removes something at a random place of a document. */
const mutated = fc
  .array(fc.record({ turns: fc.array(fc.nat(), { maxLength: 8 }), name: key, value, action: fc.nat(3) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) => changes.reduce((document, change) => mutate(document, change), structuredClone(WHOLE) as unknown));

interface Change {
  readonly turns: readonly number[];
  readonly name: string;
  readonly value: unknown;
  readonly action: number;
}

function mutate(document: unknown, { turns: [turn, ...turns], name, value, action }: Change): unknown {
  if (typeof document !== "object" || document === null) return value;
  const entries = Object.entries(document);
  const at = turn === undefined || entries.length === 0 ? -1 : turn % entries.length;
  const changed = entries.flatMap(([each, inner], i): [string, unknown][] => {
    if (i !== at) return [[each, inner]];
    if (turns.length > 0) return [[each, mutate(inner, { turns, name, value, action })]];
    return action === 0 ? [] : [[action === 1 ? name : each, action === 2 ? value : inner]];
  });
  if (at < 0 || (turns.length === 0 && action === 3)) changed.push([name, value]);
  return Array.isArray(document) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

test.each(Object.entries(READERS))("any JSON value is read or refused: %s", (_, reader) => {
  fc.assert(
    fc.property(value, (json) => readsOrRefuses(reader, JSON.stringify(json))),
    { numRuns: 300 },
  );
});

test.each(Object.entries(READERS))("any text is read or refused: %s", (_, reader) => {
  const pieces = fc.array(
    fc.constantFrom("{", "}", "[", "]", ",", ":", '"', '"a"', "1", "//", "/*", "\n", "\\", "\uFEFF"),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((all) => all.join("")),
      ),
      (text) => readsOrRefuses(reader, text),
    ),
  );
});

test.each(["suite", "profile"] as const)("a suite changed at random is read or refused: %s", (name) => {
  fc.assert(
    fc.property(mutated, (json) => readsOrRefuses(READERS[name], JSON.stringify(json))),
    { numRuns: 1000 },
  );
});
