// A plugin's metric on a real network: what it is given, and what becomes of what it gives.
import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { pluginMetric } from "../../src/measure/plugin-metric.ts";
import type { Metric, MetricContext } from "../../src/plugins/plugin.ts";
import { golden } from "../fixtures/golden-networks.ts";

const { samples, network, theta, values: reference } = golden("mlp-plain");
const model = onnxEngine({ threads: 1 }).load(network);
const trial = {
  model,
  arm: "SB",
  seed: 3,
  batchSize: 5,
  updates: 40,
  curve: [],
  train: samples,
  test: samples,
  start: theta.map((value) => value / 2),
  minimiser: theta,
  running: new Float32Array(),
};
const code = { module: "./m.mjs", sha256: "", title: "x" };

async function measured(metric: Partial<Metric> & Pick<Metric, "measure">, options: object = {}) {
  const measurement = { metric: "mine/one" as const, code, ...options };
  return pluginMetric(trial, measurement, {
    metricOf: async () => ({ title: "x", ...metric }),
    folder: "/home/someone/suites",
  });
}

test("it is given the weights, their places, and the options without our own", async () => {
  let given: MetricContext<object> | undefined;
  const measure = (context: MetricContext<object>) => {
    given = context;
    return 1;
  };
  await measured({ measure }, { order: 2, samples: 4, everyEpochs: 1 });
  expect(given).toMatchObject({ options: { order: 2 }, arm: "SB", seed: 3, batchSize: 5, updates: 40, weights: theta });
  expect(Object.keys(given?.options ?? {})).toEqual(["order"]);
  expect(given?.parameters.map(({ name }) => name)).toEqual(model.layout.parameters.map(({ name }) => name));
});

test("the objective is that of the training samples, the first so many where the suite says so, or of any samples", async () => {
  const measure: Metric["measure"] = async ({ weights, objective: of, test: held }) => {
    const slope = new Float32Array(weights.length);
    const loss = await of().lossAndGradient(weights, slope);
    return { loss, slope: Math.hypot(...slope), held: (await of(held).evaluate(weights)).loss };
  };
  const units = { loss: "nats", slope: "", held: "nats" };
  // As PyTorch has them.
  const { loss, gradientNorm } = reference;
  expect(await measured({ values: units, measure })).toEqual([
    { part: "loss", value: expect.closeTo(loss, 5) },
    { part: "slope", value: expect.closeTo(gradientNorm, 5) },
    { part: "held", value: expect.closeTo(loss, 5) },
  ]);
  const [first, , all] = await measured({ values: units, measure }, { samples: 4 });
  expect(first).not.toEqual({ part: "loss", value: expect.closeTo(loss, 5) });
  expect(all).toEqual({ part: "held", value: expect.closeTo(loss, 5) });
});

test("its random numbers are those of the seed", async () => {
  const measure: Metric["measure"] = ({ random }) => random.uniform() + random.normal();
  const [first, second] = [await measured({ measure }), await measured({ measure })];
  expect(first).toEqual(second);
  const [other] = await pluginMetric(
    { ...trial, seed: 4 },
    { metric: "mine/one", code },
    { metricOf: async () => ({ title: "x", measure }), folder: "." },
  );
  expect(other).not.toEqual(first[0]);
});

test("what it writes into its arrays changes nothing for others", async () => {
  const before = [theta.slice(), samples.x.slice(), samples.y.slice(), trial.start.slice()];
  await measured({
    measure({ weights, start, train, test: held }) {
      for (const array of [weights, start, train.x, train.y, held.x, held.y]) array.fill(7);
      return 1;
    },
  });
  expect([theta, samples.x, samples.y, trial.start]).toEqual(before);
});

const values = { a: "nats", b: "" };
const throws: Metric["measure"] = () => {
  throw new RangeError("cannot read /home/someone/suites/secret.json\nat line 2");
};

test.each<[string, Partial<Metric> & Pick<Metric, "measure">, object[]]>([
  ["throws", { measure: throws }, [{ absent: "mine/one: RangeError: cannot read ./secret.json" }]],
  ["throws, of several values", { values, measure: throws }, [{ part: "a" }, { part: "b" }]],
  ["rejects", { measure: () => Promise.reject(new Error("no")) }, [{ absent: "mine/one: no" }]],
  ["gives no number", { measure: () => "3" as never }, [{ absent: "mine/one: it gave '3', not a number" }]],
  ["gives nothing", { measure: () => undefined as never }, [{ absent: "mine/one: it gave undefined, not a number" }]],
  [
    "gives several values where one is declared",
    { measure: () => ({ a: 1 }) },
    [{ absent: "mine/one: it gave { a: 1 }, not a number" }],
  ],
  [
    "gives what JSON cannot hold",
    { values, measure: () => ({ a: 1n, b: globalThis }) as never },
    [
      { part: "a", absent: "mine/one: it gave 1n for a, not a number" },
      { part: "b", absent: expect.stringContaining("it gave <ref *1> Object [global]") },
    ],
  ],
  [
    "gives one where several are declared",
    { values, measure: () => 1 },
    [{ part: "a", absent: "mine/one: it gave 1; expected a, b" }, { part: "b" }],
  ],
  [
    "leaves one out",
    { values, measure: () => ({ a: 1 }) },
    [
      { part: "a", value: 1 },
      { part: "b", absent: "mine/one: it gave undefined for b, not a number" },
    ],
  ],
  [
    "gives one too many",
    { values, measure: () => ({ a: 1, b: 2, c: 3 }) },
    [{ part: "a", absent: 'mine/one: it gave "c", which it does not declare' }, { part: "b" }],
  ],
])("where it %s, that is the reason for there being no value", async (_, metric, expected) => {
  const found = await measured(metric);
  expect(found).toHaveLength(expected.length);
  expect(found).toMatchObject(expected);
});
