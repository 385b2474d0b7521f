import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const withMatrix = (matrix: string) => changed('"seeds": 3,', `"seeds": 3, "matrix": ${matrix},`);
const SIZES_AND_OPTIMISERS = `{
  "size": { "F1": { "arms": { "SB": { "network": "image" } } }, "F2": {} },
  "optimiser": { "adam": {}, "sgd": { "arms": { "SB": { "train": { "optimizer": { "sgd": { "learningRate": 1 } } } } } } }
}`;

test("arms and claims are repeated for every combination, in the order of the file", () => {
  const { arms, claims } = read(withMatrix(SIZES_AND_OPTIMISERS));
  const combinations = ["[F1,adam]", "[F1,sgd]", "[F2,adam]", "[F2,sgd]"];
  expect(arms.map(({ name }) => name)).toEqual(combinations.flatMap((end) => [`SB${end}`, `LB${end}`]));
  expect(claims.map(({ id }) => id)).toEqual(combinations.flatMap((end) => [`gap${end}`, `sharper${end}`]));
  const facts = arms.map(({ networkName, regime }) => [networkName, Object.keys(regime.optimizer)[0]].join());
  expect(facts.filter((_, i) => i % 2 === 1)).toEqual(["image,adam", "image,sgd", "plain,adam", "plain,sgd"]);
});

test("references and updatesOf stay within their combination", () => {
  const text = withMatrix(SIZES_AND_OPTIMISERS).replace(
    '"batch": "10%"',
    '"batch": "10%", "stop": { "updatesOf": "SB" }',
  );
  const { arms, claims } = read(text);
  expect(claims[1 + 2]?.assertions[0]).toMatchObject({ first: { arm: "LB[F1,sgd]" }, second: { arm: "SB[F1,sgd]" } });
  expect(arms[1 + 2]?.regime.stop).toEqual({ updatesOf: "SB[F1,sgd]" });
});

test.each(["0.5%", "v1.2", "10", "a-b_c"])("a variant may be called %s", (name) => {
  const { arms, claims } = read(withMatrix(`{ "share": { "${name}": {} } }`));
  expect(arms.map((arm) => arm.name)).toEqual([`SB[${name}]`, `LB[${name}]`]);
  expect(claims[0]?.assertions[0]).toMatchObject({ first: { arm: `SB[${name}]` }, second: { arm: `LB[${name}]` } });
});

test("{axis} is replaced in a claim's texts; other braces stay", () => {
  const texts = '"source": "Table 2, {size} {constructor} {other} {}", "note": "{size}", "published": "p#/{size}/x"';
  const { claims } = read(withMatrix('{ "size": { "F1": {} } }').replace('"source": "Table 2"', texts));
  expect(claims[0]).toMatchObject({
    source: "Table 2, F1 {constructor} {other} {}",
    note: "F1",
    published: ["p#/F1/x"],
    line: 17,
  });
});

test("a variant may change a claim and remove another", () => {
  const claims = '{ "gap": { "statement": "S" }, "sharper": null }';
  const suite = read(withMatrix(`{ "size": { "F1": { "claims": ${claims} }, "F2": {} } }`));
  expect(suite.claims.map(({ id, statement }) => [id, statement])).toEqual([
    ["gap[F1]", "S"],
    ["gap[F2]", "Large batches generalise worse."],
    ["sharper[F2]", "Large batches end in sharper minima."],
  ]);
});

test("what is wrong in a variant is located there", () => {
  const matrix = '{ "size": { "S": {}, "L": { "arms": { "SB": { "train": { "batch": ▶5000 } } } } } }';
  const { text, line, column } = marked(withMatrix(matrix));
  const error = failure(() => read(text));
  expect(error.location).toEqual({ file: "suite.json", line, column });
  expect(error.message).toBe("arm SB: a batch of 5000 is larger than its training set of 1000");
});

test("what is wrong in the suite is said once, not once a combination", () => {
  const text = changed('"batch": 32', '"batch": 5000', withMatrix(SIZES_AND_OPTIMISERS));
  expect(failure(() => read(text)).message).toBe("arm SB: a batch of 5000 is larger than its training set of 1000");
});

const axes = (count: number) =>
  JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `axis${i}`,
        Object.fromEntries(Array.from({ length: 10 }, (_, j) => [`v${j}`, {}])),
      ]),
    ),
  );

test("a matrix whose combinations would fill the memory is refused at its key", () => {
  const { text, line, column } = marked(changed('"seeds": 3,', `"seeds": 3, ▶"matrix": ${axes(9)},`));
  const error = failure(() => read(text));
  expect(error).toMatchObject({ code: "suite-invalid", location: { file: "suite.json", line, column } });
  expect(error.message).toBe("the matrix has 1000000000 combinations; expected at most 1000");
});

test("a profile whose axes are too many is refused at its own matrix", () => {
  const profile = `"profiles": { "smoke": { ▶"matrix": ${axes(4)} } }`;
  const { text, line, column } = marked(changed('"seeds": 3,', `"seeds": 3, ${profile},`));
  expect(failure(() => read(text, { profile: "smoke" })).location).toEqual({ file: "suite.json", line, column });
  expect(read(text).arms).toHaveLength(2);
});

test("a matrix of 1000 combinations is read", () => {
  expect(read(withMatrix(axes(3))).claims).toHaveLength(2000);
});
