import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const SEEDS = '"seeds": 3';
const DENSE = (units: string) => `{ "input": [784], "layers": [{ "layer": "dense", "units": ${units} }] }`;
const values = [
  [SEEDS, '"seeds": ▶"3"', 'expected an integer, or an array, or an object with "min"; found "3"'],
  [SEEDS, '"seeds": ▶null', 'expected an integer, or an array, or an object with "min"; found null'],
  [SEEDS, '"seeds": ▶0', "expected an integer of at least 1, found 0"],
  [SEEDS, '"seeds": ▶1001', "expected an integer of at most 1000, found 1001"],
  [SEEDS, '"seeds": ▶1.5', "expected an integer, found 1.5"],
  [SEEDS, '"seeds": ▶[]', "expected at least 1 item, found none"],
  [SEEDS, '"seeds": [0, ▶-1]', "expected an integer of at least 0, found -1"],
  [SEEDS, '"seeds": [7, 8, ▶7]', "7 occurs twice"],
  [SEEDS, '"seeds": 3, "confidence": ▶95', "expected a number below 1, found 95"],
  [SEEDS, '"seeds": 3, "matrix": ▶{}', "expected at least one entry, found none"],
  [SEEDS, '"seeds": 3, "matrix": { "size": { ▶"a,b": {} } }', '"a,b" is not a name'],
  [SEEDS, '"seeds": 3, "profiles": { "smoke": { "arms": { "SB": ▶3 } } }', "expected null, or an object; found 3"],
  ['"suite": "demo"', '"suite": ▶"De mo"', '"De mo" does not fit: identifier of the suite'],
  ['"suite": "demo"', '"suite": ▶3', "expected a string, found 3"],
  ['"batch": 32', '"batch": ▶-32', "expected an integer of at least 1, found -32"],
  ['"batch": 32', '"batch": ▶"32"', '"32" does not fit: samples per update'],
  ['"batch": 32', '"batch": ▶"-1%"', '"-1%" does not fit'],
  ['"batch": 32', '"batch": ▶[32]', "expected an integer, or a string; found [32]"],
  ['"batch": 32', '"batch": ▶1e400', "found Infinity"],
  ["0.001 } }", "▶0 } }", "expected a number above 0, found 0"],
  ["0.001 } }", '▶"0.001" } }', 'expected a number, found "0.001"'],
  ["0.001 } }", '0.001, "beta1": ▶1 } }', "expected a number below 1, found 1"],
  ['"epochs": 2', '"epochs": ▶0', "expected an integer of at least 1, found 0"],
  ["[0.001, 0.0005]", "▶[]", "expected at least 1 item, found none"],
  ["[0.001, 0.0005]", "▶0.001", "expected an array, found 0.001"],
  ["[0.001, 0.0005]", "[0.001, ▶0]", "expected a number above 0, found 0"],
  ["[0.001, 0.0005]", "[0.1, ▶0.1]", "0.1 occurs twice"],
  ['"network": "plain"', '"network": ▶3', 'expected a string, or an object with "input"; found 3'],
  ['"network": "plain"', `"network": ${DENSE("▶0")}`, "expected an integer of at least 1, found 0"],
  [
    '"network": "plain"',
    '"network": { "input": [784], "layers": [▶3] }',
    'expected an object with "layer" or "repeat"; found 3',
  ],
  ['"LB": {', '▶"L B": {', '"L B" is not a name: a letter, then letters, digits, _ and -'],
  ['"LB": {', '▶"__proto__": {', '"__proto__" is not a name'],
  ['"source": "Table 2"', '"source": ▶""', "expected some text, found an empty string"],
  ['"source": "Table 2"', '"source": "Table 2", "published": ▶"nope"', '"nope" does not fit: <paper>#/<path>'],
  ['"source": "Table 2"', '"source": "Table 2", "published": ▶[]', "expected at least 1 item, found none"],
  ['"source": "Table 2"', '"source": "Table 2", "registry": ▶"X1"', "number of the claim in the registry"],
  ['["SB.accuracy", "LB.accuracy"]', '▶["SB.accuracy"]', "expected 2 items, found 1"],
  ['["SB.accuracy", "LB.accuracy"]', '["SB.accuracy", ▶"LB"]', '"LB" does not fit: samples of an arm'],
  ['["SB.accuracy", "LB.accuracy"]', "[▶0.5, 0.5]", "expected a string, found 0.5"],
  ['[{ "greater": ["SB.accuracy", "LB.accuracy"] }]', "▶[]", "expected at least 1 item, found none"],
  ['"suite": "demo",', "", '"suite" is missing'],
  ['"epsilon": [0.001, 0.0005], ', "", '"epsilon" is missing'],
] as const;

test.each(values)("%s → %s is refused", (from, to, message) => {
  const { text, line, column } = marked(changed(from, to));
  const error = failure(() => read(text));
  if (to.includes("▶")) expect(error.location).toEqual({ file: "suite.json", line, column });
  expect(error.code).toBe("suite-invalid");
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("\n");
});
