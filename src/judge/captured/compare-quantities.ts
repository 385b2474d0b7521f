import type { CapturedBaseline } from "../../spec/captured.types.ts";
import type { RunRecord, SampleReference } from "../../spec/run.types.ts";
import { holm } from "../../stats/multiplicity.ts";
import { formatReference } from "../criterion.ts";
import { capturedValues } from "./capture.ts";
import { isDerivedTiming, type QuantityTest, REPEAT_RATIO, testQuantity } from "./compare-quantity.ts";
import type { Conditions } from "./conditions.ts";
import { absencesOf, quantitiesOf, quantityKey } from "./quantity.ts";

export interface QuantityComparison extends QuantityTest {
  /** As in a suite: LB.sharpness[0.001,scaled]. */
  readonly quantity: string;
  readonly reference: SampleReference;
  /** Adjusted for all quantities that were compared (Holm). */
  readonly adjustedP: number;
  readonly drifted: boolean;
}

export interface Deviation {
  readonly quantity: string;
  readonly reason: string;
}

/** Compares every captured quantity that the run has too. */
export function compareQuantities(record: RunRecord, captured: CapturedBaseline, conditions: Conditions) {
  const { confidence } = record.suite;
  const arms = new Map(record.suite.arms.map((arm) => [arm.name, arm]));
  const ours = new Map(quantitiesOf(record).map((quantity) => [quantityKey(quantity.reference), quantity]));
  const repeatsOf = repeatRatios(record, captured);
  const absenceOf = absencesOf(record);
  const tests: { reference: SampleReference; quantity: string; test: QuantityTest }[] = [];
  const absent: Deviation[] = [];
  const notCompared = new Map<string, string[]>();
  for (const sample of captured.samples) {
    const { values: _, ...reference } = sample;
    const arm = arms.get(reference.arm);
    const key = quantityKey(reference);
    const values = ours.get(key)?.values;
    const theirs = capturedValues(sample);
    ours.delete(key);
    if (isDerivedTiming({ reference, arm })) continue;
    const quantity = formatReference(reference);
    // At a seed that was not captured a value may be missing by chance; where all are, it is no chance.
    const expected = record.suite.seeds.filter((seed) => values?.has(seed) === false && theirs.has(seed));
    const missing = (values ? expected : record.suite.seeds).flatMap((seed) => {
      const reason = absenceOf(reference, seed);
      return reason === undefined ? [] : [`seed ${seed}: ${reason}`];
    });
    if (missing.length > 0)
      absent.push({ quantity, reason: `has no value any more; ${missing.slice(0, 3).join("; ")}` });
    if (!values) {
      if (missing.length === 0) note(notCompared, "not in this run", quantity);
      continue;
    }
    const test = testQuantity(
      { reference, arm, ours: values, captured: theirs, repeats: repeatsOf(reference) },
      conditions,
      confidence,
    );
    if ("notCompared" in test) note(notCompared, test.notCompared, quantity);
    else tests.push({ reference, quantity, test });
  }
  for (const { reference } of ours.values()) note(notCompared, "new, not captured", formatReference(reference));
  const quantities = adjusted(tests, 1 - confidence);
  return {
    quantities,
    deviations: [...quantities.filter(({ drifted }) => drifted).map(deviationOf), ...absent],
    notes: [...notCompared].map(([why, names]) => `${why}: ${listed(names)}`),
  };
}

/** By arm and measurement, of both sides. */
function repeatRatios(record: RunRecord, captured: CapturedBaseline): (of: SampleReference) => readonly number[] {
  const ratios = new Map<string, number[]>();
  const add = ({ arm, measurement, part }: SampleReference, values: Iterable<number>) => {
    if (part !== REPEAT_RATIO) return;
    const key = `${arm} ${measurement}`;
    ratios.set(key, [...(ratios.get(key) ?? []), ...values]);
  };
  for (const { reference, values } of quantitiesOf(record)) add(reference, values.values());
  for (const sample of captured.samples) add(sample, capturedValues(sample).values());
  return ({ arm, measurement }) => (ratios.get(`${arm} ${measurement}`) ?? []).filter((ratio) => ratio > 0);
}

function adjusted(
  tests: readonly { reference: SampleReference; quantity: string; test: QuantityTest }[],
  level: number,
): QuantityComparison[] {
  const pValues = holm(tests.map(({ test }) => test.p));
  return tests.map(({ reference, quantity, test }, i) => {
    const adjustedP = pValues[i] as number;
    return { quantity, reference, ...test, adjustedP, drifted: test.drifted ?? adjustedP < level };
  });
}

function deviationOf({ quantity, wording, level, adjustedP }: QuantityComparison): Deviation {
  const chance = level === "seeds" ? "" : ` (p = ${Number(adjustedP.toPrecision(2))} after Holm)`;
  return { quantity, reason: `${wording}${chance}` };
}

function note(notes: Map<string, string[]>, why: string, name: string): void {
  notes.set(why, [...(notes.get(why) ?? []), name]);
}

const MOST_NAMES = 4;

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const left = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
