import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const record = exampleRecord();
const html = render(record);
const { document, text } = open(html);
const claimText = (id: string) => document.getElementById(`claim-${id}`)?.textContent?.replace(/\s+/g, " ") ?? "";

test("the example has every kind of verdict", () => {
  expect(judge(record).map(({ status }) => status)).toEqual(["pass", "inconclusive", "fail", "not-measured"]);
});

test.each([
  ["the title", "Keskar et al. 2017: large batches find sharp minima and generalise worse"],
  [
    "what ran",
    "10 trials (2 arms, 5 seeds): F1 (1,462,794 parameters) on MNIST, 60,000 training and 10,000 test samples.",
  ],
  [
    "on what",
    "Ran on AMD EPYC, 2 cores with onnxruntime-node 1.30.0 (cpu, float32) in 31 min 19 s, 14 March 2026, 09:26 UTC.",
  ],
  ["the counts", "1 pass 1 fail 1 inconclusive 1 not measured"],
  ["the network in words", "784 → 5 × (dense 512, batch norm, relu) → dense 10"],
  ["the optimiser", "Adam, learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8"],
  ["the stop rule", "after 30 epochs"],
  ["the batch in samples", "10% (6,000)"],
  ["the options of a measurement", "ε 0.001; maximisers scaled; 5 draws per trial; gaussian columns"],
  ["the engine", "onnx: onnxruntime-node 1.30.0, cpu, float32"],
  ["the suite", "keskar-2017/sharp-minima, profile quick"],
  ["the suite's hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
  ["the data's hash", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"],
  ["the command", "claimbench run keskar-2017/sharp-minima --profile quick"],
  ["how to judge again", "claimbench judge run.json"],
  ["why a sample is absent", "more-curved"],
])("the page tells %s", (_, words) => {
  expect(text).toContain(words);
});

test("the overview has a row a claim: verdict, number, statement, effect with interval, n", () => {
  const rows = [...document.querySelectorAll(".overview tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, " ").trim()),
  );
  expect(rows).toHaveLength(4);
  expect(rows[0]).toEqual([
    "pass",
    "C01",
    "With the same optimiser, large-batch training ends with a lower test accuracy than small-batch training.",
    expect.stringMatching(/^SB − LB, testAccuracy: difference 0\.00\d+ \(0\.00\d+ to 0\.00\d+\)$/),
    "5",
  ]);
  expect(rows[1]?.[4]).toBe("4–5");
  expect(rows[3]?.[3]).toContain("not measured");
});

test("every claim of the overview leads to its section", () => {
  const targets = [...document.querySelectorAll(".overview a, nav a, .skip")].map(
    (link) => link.getAttribute("href") ?? "",
  );
  expect(targets).toHaveLength(4 + 6 + 1);
  for (const target of targets) expect(document.getElementById(target.slice(1)), target).not.toBeNull();
});

test("a claim's section has source, assertion, interval chart, reason, published values, note and scale", () => {
  const words = claimText("sharper");
  for (const part of [
    "Table 3; text, p. 6",
    "LB.sharpness[0.001] / SB.sharpness[0.001] > 1, at least 2",
    "Sharpness φ, full space, ε = 0.001",
    "205.14 ± 69.52 (n = 5)",
    "table3/F1/0.001",
    "The ratio is 167, above the text's one to two orders of magnitude.",
    "no verdict hangs on it",
    "Sharpness falls as training converges.",
    "At this scale only: F1 (1,462,794 parameters); MNIST, 60,000 training and 10,000 test samples; 5 seeds; intervals at 95 %.",
  ]) {
    expect(words).toContain(part);
  }
  expect(document.querySelectorAll("#claim-sharper .chart")).toHaveLength(2);
});

test("maximisers are told apart, each with verdict, effect and interval", () => {
  const [first] = document.querySelectorAll("#claim-sharper .results");
  const rows = [...(first?.querySelectorAll("li") ?? [])].map((row) => row.textContent?.replace(/\s+/g, " ").trim());
  expect(rows).toHaveLength(3);
  expect(rows[1]).toMatch(/^pass scaled: ratio [\d.]+ \([\d.]+ to [\d.]+\), 5 seeds$/);
});

test("an inconclusive claim says what would settle it", () => {
  expect(claimText("sharper")).toMatch(/What would settle it: Positive values at seed 3\./);
});

test("a claim that was not measured says why, and has no chart", () => {
  expect(claimText("more-curved")).toContain("no convergence in 50 iterations");
  expect(document.querySelectorAll("#claim-more-curved .chart")).toHaveLength(0);
});

test("the values of every seed stand beside a claim", () => {
  const table = document.querySelector("#claim-gap details table");
  expect([...(table?.querySelectorAll("tbody th") ?? [])].map((cell) => cell.textContent)).toEqual([
    "0",
    "1",
    "2",
    "3",
    "4",
  ]);
  expect(table?.querySelector("tbody td")?.textContent).toMatch(/^0\.98\d*$/);
});

test("ours stands beside the published values, arm by arm", () => {
  const rows = [...document.querySelectorAll("#claim-gap .published tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent?.trim()),
  );
  expect(rows[0]).toEqual(["Paper", "0.9803 ± 0.0007 (n = 5)", "0.9781 ± 0.0007 (n = 5)", "0.0022"]);
  expect(rows[1]?.slice(0, 2)).toEqual(["Ours", expect.stringMatching(/^0\.98\d* ± 0\.000\d+ \(n = 5\)$/)]);
  expect(rows[1]?.[3]).toMatch(/^0\.00\d+ \(0\.00\d+ to 0\.00\d+\)$/);
});

test("the charts of what was measured: learning curves, φ by seed, φ against loss, other measurements", () => {
  const titles = [...document.querySelectorAll("#measured ~ section figcaption")].map((caption) => caption.textContent);
  expect(titles).toEqual([
    "Training loss",
    "Training accuracy",
    "Test loss",
    "Test accuracy",
    ...["0.001", "0.0005", "subspaces"].flatMap(() => [
      "φ at each seed",
      "φ against the training loss it was measured at",
    ]),
    "Test accuracy",
    "Training accuracy",
    "Distance from the start ‖x − x₀‖₂",
    "Top eigenvalue λmax of the Hessian",
  ]);
});

test("φ has a table with f(x), the gradient norm, evaluations and stop", () => {
  const caption = "Sharpness φ, full space, ε = 0.0005 (sharpness), F1";
  const table = [...document.querySelectorAll("table")].find(
    (each) => each.querySelector("caption")?.textContent === caption,
  );
  const rows = [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows).toHaveLength(30);
  const stuck = rows.find(([arm, seed, maximiser]) => arm === "SB" && seed === "3" && maximiser === "paper-literal");
  expect(stuck?.[3]).toBe("0");
  expect(stuck?.slice(6)).toEqual(["20", "projected-gradient"]);
});

test("a φ of 0 is drawn at the edge of its logarithmic axis and told in words", () => {
  expect(text).toContain("Hollow, at the edge: SB at seed 3 (paper-literal) is 0.");
  const figure = [...document.querySelectorAll("figure")].find((each) => each.textContent?.includes("Hollow"));
  expect(figure?.querySelectorAll('g[fill="var(--page)"][stroke="var(--arm-1)"] > *')).toHaveLength(1);
  expect([...(figure?.querySelectorAll("svg text") ?? [])].map((each) => each.textContent)).toContain("0");
});

test("entries of one quantity are told apart by their places", () => {
  const { suite, published } = record;
  const [claim] = suite.claims;
  const [pointer = ""] = claim?.published ?? [];
  const other = pointer.replace("F1", "F2");
  const entry = published[pointer];
  if (!claim || !entry) throw new Error("the example's first claim has a published entry");
  const twice = {
    ...record,
    suite: { ...suite, claims: [{ ...claim, published: [pointer, other] }] },
    published: { [pointer]: entry, [other]: entry },
  };
  const { document: page } = open(render(twice));
  const names = [...page.querySelectorAll(".published .scroll")].map((each) => each.getAttribute("aria-label"));
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(2);
  expect(page.querySelector("#claim-gap")?.textContent).toContain("table2/F2/test-accuracy");
});

test("no two elements of the page have one id, whatever claims are called", () => {
  const ids = ["gap", "gap-title", "Gap", "gap title"];
  const claims = record.suite.claims.map((claim, i) => ({ ...claim, id: ids[i] ?? "" }));
  const page = open(render({ ...record, suite: { ...record.suite, claims: claims as typeof record.suite.claims } }));
  const found = [...page.document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(found).toContain("claim-gap-title");
  expect(found.filter((id, i) => found.indexOf(id) !== i)).toEqual([]);
});
