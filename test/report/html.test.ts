import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { renderHtml } from "../../src/report/html.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";

const render = (record: RunRecord) => renderHtml(record, judge(record));
/** The page's text without tags and style sheet. */
const textOf = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("the page holds verdicts, effects, published values, methods and provenance", () => {
  const html = render(exampleRecord());
  const text = textOf(html);
  for (const part of [
    "An example",
    "1 ✓ pass",
    "1 ? inconclusive",
    "1 – not measured",
    "LB.sharpness[0.001] / SB.sharpness[0.001] &gt; 1, at least 2",
    "Statement of sharper.",
    "C04",
    "A caveat.",
    "the power iteration did not converge",
    "784 → dense 8 → batch norm → relu → dense 10",
    "10% (60)",
    "Adam, learning rate 0.001",
    "paper (stated)",
    "claimbench run example",
    "onnx: 1, cpu, float32",
  ]) {
    expect(text.includes(part), part).toBe(true);
  }
  expect(html.match(/<svg/g)?.length).toBeGreaterThan(10);
});

test("nothing is loaded and nothing runs", () => {
  const html = render(exampleRecord());
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<link rel="stylesheet"|<img|@import|url\(/);
  expect(html.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:\/\//);
});

test("texts are shown, not run", () => {
  const attack = "<img src=x onerror=alert(1)>{{constructor}}\"'&";
  const record = exampleRecord();
  const [claim] = record.suite.claims as [RunRecord["suite"]["claims"][number]];
  const html = render({
    ...record,
    run: { ...record.run, command: attack },
    suite: {
      ...record.suite,
      title: attack,
      description: attack,
      claims: [{ ...claim, statement: attack, note: attack, source: attack }],
    },
    trials: record.trials.map((trial) => ({ state: "crashed", arm: trial.arm, seed: trial.seed, reason: attack })),
  });
  expect(html).not.toContain("<img");
  expect(html.split("&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;{{constructor}}").length).toBeGreaterThan(6);
});

const record = exampleRecord();
const odd: readonly [string, RunRecord, RegExp][] = [
  ["no samples", { ...record, samples: [] }, /3 – not measured/],
  [
    "all diverged",
    {
      ...record,
      samples: [],
      trials: record.trials.map(({ arm, seed }) => ({
        state: "diverged",
        arm,
        seed,
        update: 7,
        epoch: 1,
        curve: [],
        reason: "the loss stopped being finite at update 7",
      })),
    },
    /stopped being finite at update 7/,
  ],
  [
    "one seed",
    {
      ...record,
      suite: { ...record.suite, seeds: [0] },
      trials: record.trials.filter(({ seed }) => seed === 0),
      samples: record.samples.filter(({ seed }) => seed === 0),
    },
    /one seed gives no interval/,
  ],
  [
    "no sharpness",
    { ...record, samples: record.samples.filter(({ measurement }) => measurement !== "sharpness") },
    /Learning curves/,
  ],
  ["interrupted", { ...record, run: { ...record.run, status: "interrupted" } }, /Interrupted\./],
  [
    "a sharpness of 0",
    {
      ...record,
      samples: record.samples.map((sample) =>
        "epsilon" in sample && sample.seed === 0 ? { ...sample, value: 0 } : sample,
      ),
    },
    /Not on the logarithmic axes: SB seed 0 \(0, ε 0\.001, paper-literal\)/,
  ],
  [
    "a huge and a tiny value",
    {
      ...record,
      samples: record.samples.map((sample) =>
        "epsilon" in sample ? { ...sample, value: sample.seed === 0 ? 1e-300 : 1e300 } : sample,
      ),
    },
    /Sharpness φ in the full space/,
  ],
  [
    "a hundred claims",
    {
      ...record,
      suite: {
        ...record.suite,
        claims: Array.from({ length: 100 }, (_, i) => ({
          ...record.suite.claims[i % 3],
          id: `claim-${i}`,
        })) as typeof record.suite.claims,
      },
    },
    /claim-99/,
  ],
  [
    "a very long name",
    { ...record, suite: { ...record.suite, title: "Donaudampfschifffahrt".repeat(40) } },
    /(Donaudampfschifffahrt){40}/,
  ],
];

test.each(odd)("a record with %s has a page", (_, value, expected) => {
  const text = textOf(render(value));
  expect(expected.test(text)).toBe(true);
  expect(/.{0,80}(NaN|undefined|\[object).{0,80}/.exec(text)?.[0]).toBeUndefined();
});
