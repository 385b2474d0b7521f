// Runs the suite beside it from a program, judges its record again and computes with its samples.
import { fileURLToPath } from "node:url";
import { judge, run, stats } from "claimbench";

const suite = fileURLToPath(new URL("toy-suite.json", import.meta.url));
const { record, verdicts, recordPath, reportPath } = await run(suite, {
  seeds: 4,
  listener: {
    onTrialEnd: ({ arm, seed, state }, { finished, total }) =>
      console.error(`${finished}/${total} ${arm} seed ${seed}: ${state}`),
  },
});

for (const { claim, status } of verdicts) console.log(`${claim}: ${status}`);

// The record holds every sample: nothing has to be trained to ask something else of it.
const normOf = (/** @type {string} */ arm) =>
  record.samples.flatMap((sample) =>
    sample.arm === arm && sample.measurement === "norm" && sample.at === undefined && "value" in sample
      ? [sample.value]
      : [],
  );
const [small, large] = [normOf("SB"), normOf("LB")];
const test = stats.pairedT(small, large, record.suite.confidence);
if (test) console.log(`SB's norm exceeds LB's: t = ${test.t.toPrecision(3)}, p = ${test.p.toPrecision(2)}`);

// A stricter level, from the same record.
const strict = judge({ ...record, suite: { ...record.suite, confidence: 0.99 } });
console.log(`${strict.filter(({ status }) => status === "pass").length} of ${strict.length} pass at 0.99`);
console.log(recordPath);
console.log(reportPath);
