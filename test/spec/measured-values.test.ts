import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const ACCURACY = '"accuracy": { "metric": "accuracy", "on": "test" },';
const GREATER = '{ "greater": ["SB.accuracy", "LB.accuracy"] }';
const PATH = '"path": { "metric": "path", "shape": "linear", "from": "SB", "arms": ["LB"] }';
const MORE = [
  PATH,
  '"narrow": { "metric": "path", "shape": "filter-normalised", "from": "SB", "arms": ["LB"], "points": 7 }',
  '"spectrum": { "metric": "spectrum" }',
  '"rescaled": { "metric": "rescaled-sharpness", "factor": 4, "epsilon": [0.001, 0.1], "maximiser": ["scaled", "sign-ascent"] }',
  '"curve": { "metric": "accuracy", "on": "test", "at": "every-epoch" }',
  '"norm": { "metric": "gradient-norm", "everyEpochs": 1 }',
  '"along": { "metric": "sharpness", "space": "full", "epsilon": [0.001], "maximiser": ["scaled"], "everyEpochs": 1 }',
].join(", ");
const measured = (assertion: string) => changed(ACCURACY, `${ACCURACY} ${MORE},`, changed(GREATER, assertion));
const greater = (reference: string) => `{ "greater": ["${reference}", 0] }`;

test.each([
  ["LB.path[rise,alpha=1.25]", { arm: "LB", measurement: "path", part: "rise", at: 1.25 }],
  ["LB.path[alpha=-0.125, train-loss]", { arm: "LB", measurement: "path", part: "train-loss", at: -0.125 }],
  ["LB.path[half-width,alpha=0]", { arm: "LB", measurement: "path", part: "half-width", at: 0 }],
  ["LB.path[barrier-position]", { arm: "LB", measurement: "path", part: "barrier-position" }],
  ["LB.narrow[rise,alpha=1.5]", { arm: "LB", measurement: "narrow", part: "rise", at: 1.5 }],
  ["SB.spectrum[share-above-tenth]", { arm: "SB", measurement: "spectrum", part: "share-above-tenth" }],
  ["SB.rescaled[loss-change]", { arm: "SB", measurement: "rescaled", part: "loss-change" }],
  ["SB.rescaled[sharpness,0.1]", { arm: "SB", measurement: "rescaled", part: "sharpness", epsilon: 0.1 }],
  ["SB.norm", { arm: "SB", measurement: "norm" }],
  ["SB.norm[epoch=1]", { arm: "SB", measurement: "norm", at: 1 }],
  ["SB.along[epoch=0]", { arm: "SB", measurement: "along", epsilon: 0.001, at: 0 }],
])("%s names one value a seed", (text, reference) => {
  expect(read(measured(greater(text))).claims[0]?.assertions[0]).toEqual({
    kind: "greater",
    first: reference,
    second: 0,
  });
});

test.each([
  ["LB.path", '"path" has several values; name one of train-loss, train-accuracy'],
  ["LB.path[rise]", '"path" has a value at every alpha; name one, such as [alpha=2]'],
  ["LB.path[rise,alpha=0.3]", '"path" has no value at alpha = 0.3, only at -1, -0.875'],
  ["LB.path[half-width,alpha=2]", "only at 0, 1"],
  ["LB.path[ris,alpha=1]", 'unknown part "ris"; did you mean "rise"?'],
  ["LB.path[barrier,alpha=1]", '"path" has no alpha here'],
  ["LB.narrow[rise,alpha=0.5]", "only at -1, -0.5, 0, 1, 1.5, 2"],
  ["LB.narrow[barrier]", 'unknown part "barrier"'],
  ["SB.path[barrier]", '"path" is measured on LB only'],
  ["SB.rescaled[loss-change,0.1]", "has no ε but for the part sharpness"],
  ["SB.rescaled[sharpness]", "is measured at several ε"],
  ["SB.curve", '"curve" has a value at every epoch; name one'],
])("%s does not", (text, message) => {
  const marks = marked(measured(`{ "greater": [▶"${text}", 0] }`));
  const error = failure(() => read(marks.text));
  expect(error).toMatchObject({ code: "suite-invalid", location: { line: marks.line, column: marks.column } });
  expect(error.message).toContain(message);
});

test("a measurement is only that of the arms it names, and says so nowhere else", () => {
  const { arms } = read(measured(greater("LB.path[barrier]")));
  const [SB, LB] = arms;
  expect(Object.keys(SB?.measure ?? {})).not.toContain("path");
  expect(LB?.measure["path"]).toEqual({
    metric: "path",
    shape: "linear",
    from: "SB",
    points: 25,
    range: [-1, 2],
    lossRise: 0.5,
    evaluationBatch: 5000,
  });
});

test("a path keeps to its matrix variant", () => {
  const matrix = '"matrix": { "rate": { "low": {}, "high": {} } }, "seeds": 3';
  const suite = read(changed('"seeds": 3', matrix, measured(greater("LB.path[barrier]"))));
  const found = suite.arms.find(({ name }) => name === "LB[high]")?.measure["path"];
  expect(found).toMatchObject({ from: "SB[high]" });
});

test.each([
  ['"from": "SB", "arms": ["LB"]', '"from": ▶"SX", "arms": ["LB"]', 'there is no arm "SX"; did you mean "SB"?'],
  ['"from": "SB", "arms": ["LB"]', '"from": "SB", "arms": ["LB", ▶"LX"]', 'there is no arm "LX"; did you mean "LB"?'],
  ['"from": "SB", "arms": ["LB"]', '"from": ▶"SB"', "path would lead from SB to itself"],
])("a path from or to nothing is refused: %s → %s", (from, to, message) => {
  const path = changed(PATH, PATH.replace(from, to), measured(greater("LB.path[barrier]")));
  const { text, line, column } = marked(path);
  const error = failure(() => read(text));
  expect(error.location).toMatchObject({ line, column });
  expect(error.message).toContain(message);
});

test("many arms with many paths between them, none of them back, are read at once", () => {
  const names = Array.from({ length: 40 }, (_, i) => `P${i}`);
  const arms = names.map((name) => `"${name}": { "extends": "SB" }`).join(", ");
  const paths = names.slice(1).map((name, i) => {
    const before = JSON.stringify(names.slice(0, i + 1));
    return `"to${i}": { "metric": "path", "shape": "linear", "from": "${name}", "arms": ${before} }`;
  });
  const suite = changed(`"LB": {`, `${arms}, "LB": {`, changed(`"accuracy": {`, `${paths.join(", ")}, "accuracy": {`));
  expect(read(suite).arms).toHaveLength(42);
});

test("arms that would wait for each other are refused", () => {
  const back = `${PATH}, "back": { "metric": "path", "shape": "linear", "from": "LB", "arms": ["SB"] }`;
  const error = failure(() => read(changed(PATH, back, measured(greater("LB.path[barrier]")))));
  expect(error.message).toContain("arms would wait for each other: LB → SB → LB");
});

test("the ends of a path have one network", () => {
  const other = '"LB": { "extends": "SB", "network": "normed", "train": { "batch": "10%" } }';
  const suite = changed('"LB": { "extends": "SB", "train": { "batch": "10%" } }', other);
  const text = changed(ACCURACY, `${ACCURACY} ${PATH},`, suite);
  expect(failure(() => read(text)).message).toContain("path leads from SB, which trains plain, to LB: normed");
});
