import { grouped } from "../../spec/grouped.ts";
import type { RunRecord, Sample, SampleReference } from "../../spec/run.types.ts";
import { firstLine, whatBecameOf } from "../trial-words.ts";

/** One quantity of one arm, at every seed that has it. */
export interface Quantity {
  readonly reference: SampleReference;
  readonly values: ReadonlyMap<number, number>;
}

/** The quantities of a record in its order. A trial that did not complete gives none, whatever the record holds of it. */
export function quantitiesOf(record: RunRecord): Quantity[] {
  const completed = new Set(
    record.trials.filter(({ state }) => state === "completed").map(({ arm, seed }) => trialKey(arm, seed)),
  );
  const found = new Map<string, { reference: SampleReference; values: Map<number, number> }>();
  for (const sample of record.samples) {
    if (!("value" in sample) || !completed.has(trialKey(sample.arm, sample.seed))) continue;
    const reference = referenceOf(sample);
    const key = quantityKey(reference);
    const quantity = found.get(key) ?? { reference, values: new Map() };
    quantity.values.set(sample.seed, sample.value);
    found.set(key, quantity);
  }
  return [...found.values()];
}

/** Equal for references to the same quantity. */
export function quantityKey({ arm, measurement, epsilon, maximiser, part, at }: SampleReference): string {
  return JSON.stringify([arm, measurement, epsilon ?? null, maximiser ?? null, part ?? null, at ?? null]);
}

function referenceOf({ arm, measurement, epsilon, maximiser, part, at }: Sample): SampleReference {
  return {
    arm,
    measurement,
    ...(epsilon === undefined ? {} : { epsilon }),
    ...(maximiser === undefined ? {} : { maximiser }),
    ...(part === undefined ? {} : { part }),
    ...(at === undefined ? {} : { at }),
  };
}

/** Why planned seeds gave no value of a quantity: a reason, or undefined where a run was not asked for it. */
export type Absences = (reference: SampleReference, seed: number) => string | undefined;

/** A trial that was never run is not an absence: nothing is known of it. */
export function absencesOf(record: RunRecord): Absences {
  const trials = new Map(record.trials.map((trial) => [trialKey(trial.arm, trial.seed), trial]));
  const absent = grouped(
    record.samples.filter((sample) => "absent" in sample),
    ({ arm, seed }) => trialKey(arm, seed),
  );
  return (reference, seed) => {
    const key = trialKey(reference.arm, seed);
    const trial = trials.get(key);
    if (!trial || trial.state === "not-run") return undefined;
    if (trial.state !== "completed") return whatBecameOf(trial);
    const sample = absent.get(key)?.find((each) => covers(each, reference));
    return sample && firstLine(sample.absent);
  };
}

/** An absent sample may stand for several quantities: it then lacks what tells them apart. */
function covers(sample: Sample, reference: SampleReference): boolean {
  return (
    sample.measurement === reference.measurement &&
    (["epsilon", "maximiser", "part", "at"] as const).every(
      (key) => sample[key] === undefined || sample[key] === reference[key],
    )
  );
}

function trialKey(arm: string, seed: number): string {
  return `${seed} ${arm}`;
}
