import { expect, test } from "vitest";
import { PAGE_SCRIPT } from "../../src/report/page-script.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const ATTACKS = [
  "<img src=x onerror=alert(1)>",
  "</style><script>alert(1)</script>",
  '" onfocus="alert(1)" x="',
  "{{suite}}{{{run}}}",
  "&amp; ≤ ‖∇f‖ 東京 🙂",
];

/** The example with a text in place of every text that a suite's author, a worker or a machine chooses. */
function poisoned(text: string): RunRecord {
  const { suite, run, provenance, trials, samples, published } = exampleRecord();
  return {
    format: "claimbench-run/1",
    run: { ...run, command: text, id: text, startedAt: text },
    suite: {
      ...suite,
      title: text,
      description: text,
      id: text,
      arms: suite.arms.map((arm) => ({
        ...arm,
        networkName: text,
        network: { ...arm.network, description: text },
        data: { files: { train: text, test: text } },
      })),
      claims: suite.claims.map((claim) => ({ ...claim, statement: text, source: text, registry: text, note: text })),
    },
    provenance: { ...provenance, operatingSystem: text, hardware: { ...provenance.hardware, cpu: text, gpu: text } },
    trials: trials.map((trial, i) =>
      i < 2 ? { state: "crashed", arm: trial.arm, seed: trial.seed, reason: text } : trial,
    ),
    samples: samples.map((sample) =>
      "value" in sample && sample.detail ? { ...sample, detail: { ...sample.detail, stop: text } } : sample,
    ),
    published: Object.fromEntries(
      Object.entries(published).map(([key, entry]) => [key, { ...entry, quantity: text, source: text, note: text }]),
    ),
  };
}

test.each(ATTACKS)("%s is shown as it stands", (attack) => {
  const { document, text } = open(render(poisoned(attack)));
  expect(document.querySelector("h1")?.textContent).toBe(attack);
  expect(document.querySelector("title")?.textContent).toContain(attack);
  expect(document.querySelectorAll("img, iframe, object, link[rel=stylesheet]").length).toBe(0);
  expect([...document.querySelectorAll("script")].map(({ textContent }) => textContent)).toEqual([PAGE_SCRIPT]);
  expect(document.querySelectorAll("[onerror], [onfocus], [onload]")).toHaveLength(0);
  expect(text.split(attack).length).toBeGreaterThan(20);
});

test("names of arms and measurements are escaped in charts too", () => {
  const attack = "<b onload=x>";
  const record = JSON.parse(
    JSON.stringify(exampleRecord())
      .replaceAll('"SB"', JSON.stringify(attack))
      .replaceAll('"sharpness":{', `"${attack}":{`),
  ) as RunRecord;
  const { document } = open(render(record));
  expect(document.querySelectorAll("b, [onload]")).toHaveLength(0);
  expect([...document.querySelectorAll(".chart text")].map(({ textContent }) => textContent)).toContain(attack);
});
