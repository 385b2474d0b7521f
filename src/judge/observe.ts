import type { RunRecord, SampleReference, Trial } from "../spec/run.types.ts";
import { formatReference } from "./criterion.ts";
import type { SeedValues } from "./verdict.ts";
import type { SeedRemark } from "./wording.ts";

/** What the planned seeds gave for one operand, or for two paired over seeds. */
export interface Observations {
  /** Seeds with every value, in the suite's order. */
  readonly values: readonly SeedValues[];
  /** Seeds without one, in the suite's order. */
  readonly missing: readonly number[];
  /** Why they are missing. */
  readonly remarks: readonly SeedRemark[];
}

/** Samples of the planned seeds; a trial that did not complete gives none, whatever the record holds of it. */
export function observe(record: RunRecord, first: SampleReference, second?: SampleReference): Observations {
  const values: SeedValues[] = [];
  const missing: number[] = [];
  const remarks: SeedRemark[] = [];
  for (const seed of record.suite.seeds) {
    const found = [first, ...(second ? [second] : [])].map((reference) => valueAt(record, reference, seed));
    const [firstValue, secondValue] = found;
    const absent = found.filter((value) => typeof value !== "number");
    if (absent.length > 0) {
      missing.push(seed);
      remarks.push(...withoutRepeats(absent));
    } else if (typeof firstValue === "number") {
      values.push({ seed, first: firstValue, ...(typeof secondValue === "number" ? { second: secondValue } : {}) });
    }
  }
  return { values, missing, remarks };
}

function valueAt(record: RunRecord, reference: SampleReference, seed: number): number | SeedRemark {
  const trial = record.trials.find((each) => each.arm === reference.arm && each.seed === seed);
  if (trial && trial.state !== "completed") return { seed, subject: reference.arm, remark: whatBecameOf(trial) };

  const subject = formatReference(reference);
  const samples = record.samples.filter(
    (sample) => sample.arm === reference.arm && sample.seed === seed && sample.measurement === reference.measurement,
  );
  const exact = samples.filter(
    ({ epsilon, maximiser }) => epsilon === reference.epsilon && maximiser === reference.maximiser,
  );
  const values = exact.flatMap((sample) => ("value" in sample ? [sample.value] : []));
  const [value, ...others] = values;
  if (others.length > 0) return { seed, subject, remark: `has ${values.length} values where one is expected` };
  if (value !== undefined) return Number.isFinite(value) ? value : { seed, subject, remark: `is ${value}` };
  // A trial that gave nothing has one absent sample for a measurement, without ε and maximiser.
  const absent = exact.concat(samples).find((sample) => "absent" in sample && covers(sample, reference));
  const reason = absent && "absent" in absent ? `: ${firstLine(absent.absent)}` : "";
  return { seed, subject, remark: `has no value${reason}` };
}

function covers(
  { epsilon, maximiser }: { epsilon?: number; maximiser?: string },
  reference: { epsilon?: number; maximiser?: string },
): boolean {
  return (
    (epsilon === undefined || epsilon === reference.epsilon) &&
    (maximiser === undefined || maximiser === reference.maximiser)
  );
}

function whatBecameOf(trial: Exclude<Trial, { state: "completed" }>): string {
  if (trial.state === "diverged") return `diverged at update ${trial.update}`;
  return `${trial.state === "crashed" ? "crashed" : "was not run"}: ${firstLine(trial.reason)}`;
}

/** A crash's reason may end with all that the worker printed. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** Both operands may be measurements of one trial. */
function withoutRepeats(remarks: readonly SeedRemark[]): SeedRemark[] {
  const [one, other] = remarks;
  return one && other && one.subject === other.subject && one.remark === other.remark ? [one] : [...remarks];
}
