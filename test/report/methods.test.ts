import { expect, test } from "vitest";
import { methodsProse } from "../../src/report/methods/prose.ts";
import type { Arm, RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();
const prose = (record: RunRecord) => methodsProse(record).join(" ");
const withArms = (arms: Arm[]): RunRecord => ({ ...example, suite: { ...example.suite, arms } });
const [small, large] = example.suite.arms as [Arm, Arm];

test.each([
  [
    "the network",
    "The network trained is F1 (784 → 5 × (dense 512, batch norm, relu) → dense 10; 1,462,794 parameters)",
  ],
  ["the initial weights", "weights are drawn from Glorot's uniform distribution, biases start at 0"],
  ["what batch norm uses", "Batch normalisation uses the statistics of the evaluation batch at evaluation."],
  ["the data", "The data are MNIST, 60,000 training and 10,000 test samples."],
  [
    "what tells the arms apart",
    "There are 2 arms: SB (batches of 256) and LB (batches of 10% of the training samples).",
  ],
  ["what they share", "All are trained with Adam, learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8; 30 epochs."],
  ["the seeds", "Each was trained once at each of 5 seeds, 10 trials in all. Seeds: 0, 1, 2, 3, 4."],
  ["what was measured", "sharpness φ, full space (ε 0.001, 0.0005; maximisers paper-literal, scaled, sign-ascent)"],
  ["where f is evaluated", "Where f is evaluated, it is over all training samples, at most 5,000 an evaluation."],
  ["what φ is", "φ = 100 · (max f(x + Ay) − f(x)) / (1 + f(x))"],
  ["the statistics", "intervals of their mean are Student's t at 95 %, so a ratio is a geometric mean"],
  ["the rule", "fails where one lies wholly on the other side"],
  [
    "the program",
    "Computed by claimbench 0.1.0 (commit 0123456789ab) with onnxruntime-node 1.30.0 on AMD EPYC, in float32.",
  ],
])("the methods tell %s", (_, words) => {
  expect(prose(example)).toContain(words);
  expect(open(render(example)).text).toContain(words);
});

test("a regime that only some arms have is told of those, the usual one once", () => {
  const conservative: Arm = {
    ...large,
    name: "LB-conservative",
    regime: { ...large.regime, objective: { proximal: { lambda: 0.001, steps: 3 } } },
  };
  const tuned: Arm = {
    ...large,
    name: "LB-tuned",
    regime: { ...large.regime, optimizer: { sgd: { learningRate: 0.1 } } },
  };
  const text = prose(withArms([small, large, conservative, tuned]));
  expect(text).toContain("LB-conservative (conservative, 3 updates a batch, λ 0.001)");
  expect(text).toContain("LB-tuned (SGD, learning rate 0.1, momentum 0)");
  expect(text).toContain("SB (batches of 256)");
  expect(text).toContain("Unless said otherwise they are trained with batches of 10% of the training samples; Adam");
});

test("the variants of a matrix are told once", () => {
  const arms = ["a", "b"].flatMap((variant) =>
    [small, large].map((arm) => ({ ...arm, name: `${arm.name}[${variant}]` })),
  );
  expect(prose(withArms(arms))).toContain(
    "There are 4 arms: SB (batches of 256) and LB (batches of 10% of the training samples), for every variant of the matrix.",
  );
});

test("many arms are left to their table", () => {
  const arms = Array.from({ length: 12 }, (_, i) => ({
    ...small,
    name: `B${i}`,
    regime: { ...small.regime, batch: 2 ** i },
  }));
  expect(prose(withArms(arms))).toContain("There are 12 arms, which the table of arms tells apart.");
});

test("statistics that no claim uses are not told", () => {
  expect(prose(example)).not.toMatch(/Spearman|BIC|Schuirmann/);
  const claims = example.suite.claims.map((claim) => ({
    ...claim,
    assertions: [
      {
        kind: "correlation" as const,
        above: 0,
        pairs: [{ first: { arm: "SB", measurement: "distance" }, second: { arm: "SB", measurement: "testAccuracy" } }],
      },
    ] as (typeof claim)["assertions"],
  }));
  const correlations = prose({ ...example, suite: { ...example.suite, claims } });
  expect(correlations).toContain("A correlation is Spearman's ρ over all trials, with Fisher's interval.");
  expect(correlations).not.toContain("geometric mean");
});

test("how f is evaluated is said once, apart from how often along the training", () => {
  const measured = (...measure: Arm["measure"][string][]) =>
    prose(
      withArms([
        { ...small, measure: Object.fromEntries(measure.map((each, i) => [`m${i}`, each])) as Arm["measure"] },
      ]),
    );
  const along = measured({ metric: "trace", everyEpochs: 3 });
  expect(along).toContain("trace of the Hessian (20 Rademacher probes; also every 3 epochs of the training).");
  expect(along).toContain("Where f is evaluated, it is over all training samples, at most 5,000 an evaluation.");
  const several = measured(
    { metric: "trace", everyEpochs: 3 },
    { metric: "gradient-norm" },
    { metric: "top-eigenvalue", samples: 500 },
  );
  expect(several).toContain(
    "trace of the Hessian (20 Rademacher probes; also every 3 epochs of the training); gradient norm ‖∇f‖₂; top",
  );
  expect(several).toContain("f over the first 500 training samples; at most 5,000 an evaluation)");
  expect(several).toContain("at most 5,000 an evaluation, unless said otherwise.");
});
