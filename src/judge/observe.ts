import { grouped } from "../spec/grouped.ts";
import type { MeasuredSample, RunRecord, Sample, SampleReference, Trial } from "../spec/run.types.ts";
import { type Criterion, formatReference, type Operand, type OperandValue, type SeedStatistic } from "./criterion.ts";
import type { SeedValues } from "./verdict.ts";
import type { SeedRemark } from "./wording.ts";

/** What the planned seeds gave for a criterion. */
export interface Observations {
  /** Seeds with every value, in the suite's order. */
  readonly values: readonly SeedValues[];
  /** Seeds without one, in the suite's order. */
  readonly missing: readonly number[];
  /** Why they are missing. */
  readonly remarks: readonly SeedRemark[];
  /** What the statistic says beside its numbers, by seed. */
  readonly notes: readonly string[];
}

/** Samples of the planned seeds; a trial that did not complete gives none, whatever the record holds of it. */
export function observe(record: RunRecord, { operands, statistic }: Pick<Criterion, "operands" | "statistic">) {
  const values: SeedValues[] = [];
  const missing: number[] = [];
  const remarks: SeedRemark[] = [];
  const notes: string[] = [];
  for (const seed of record.suite.seeds) {
    const found = operands.map((operand) => valueAt(record, operand, seed));
    const absent = found.filter(isRemark);
    const given = found.filter((value): value is OperandValue => !isRemark(value));
    const result = absent.length > 0 ? undefined : finiteOrAbsent(statistic(given));
    if (!result) {
      missing.push(seed);
      remarks.push(...withoutRepeats(absent));
    } else if ("absent" in result) {
      missing.push(seed);
      remarks.push({ seed, subject: subjectOf(operands), remark: result.absent });
    } else {
      const { note, ...numbers } = result;
      values.push({ seed, ...numbers });
      if (note !== undefined) notes.push(note);
    }
  }
  return { values, missing, remarks, notes } satisfies Observations;
}

/** Sums and products of numbers may be none. */
function finiteOrAbsent(found: SeedStatistic): SeedStatistic {
  if ("absent" in found || (Number.isFinite(found.first) && Number.isFinite(found.second ?? 0))) return found;
  return { absent: "came out beyond the range of numbers" };
}

function isRemark(value: OperandValue | SeedRemark): value is SeedRemark {
  return typeof value === "object" && "remark" in value;
}

/** "A.x", "A.x and B.x", "A.x … D.x". */
function subjectOf(operands: readonly Operand[]): string {
  const names = operands.map(({ reference }) => formatReference(reference));
  return names.length <= 2 ? names.join(" and ") : `${names[0]} … ${names.at(-1)}`;
}

function valueAt(record: RunRecord, { reference, form }: Operand, seed: number): OperandValue | SeedRemark {
  const trial = trialOf(record, reference.arm, seed);
  if (trial && trial.state !== "completed") return { seed, subject: reference.arm, remark: whatBecameOf(trial) };

  const subject = formatReference(reference);
  const samples = samplesOf(record, reference.arm, seed).filter(
    ({ measurement }) => measurement === reference.measurement,
  );
  const exact = samples.filter(
    ({ epsilon, maximiser, part }) =>
      epsilon === reference.epsilon && maximiser === reference.maximiser && part === reference.part,
  );
  const wanted = exact.filter(({ at }) => (form === "series" ? at !== undefined : at === reference.at));
  const measured = wanted.flatMap((sample) => ("value" in sample ? [sample] : []));
  if (form === "series" && measured.length > 0 && measured.length === wanted.length) {
    return seriesOf(measured, seed, subject);
  }
  const [value, ...others] = form === "series" ? [] : measured.map((sample) => sample.value);
  if (others.length > 0) return { seed, subject, remark: `has ${measured.length} values where one is expected` };
  if (value !== undefined) return Number.isFinite(value) ? value : { seed, subject, remark: `is ${value}` };
  // A trial that gave nothing has one absent sample for a measurement, without ε, maximiser, part and α.
  const absent = wanted.concat(samples).find((sample) => "absent" in sample && covers(sample, reference));
  const reason = absent && "absent" in absent ? `: ${firstLine(absent.absent)}` : "";
  return { seed, subject, remark: `has no value${reason}` };
}

/** One point an epoch, in order. */
function seriesOf(measured: readonly MeasuredSample[], seed: number, subject: string): OperandValue | SeedRemark {
  const points = measured
    .map(({ at = 0, value, detail }) => ({ at, value, ...(detail?.loss === undefined ? {} : { loss: detail.loss }) }))
    .toSorted((a, b) => a.at - b.at);
  const repeated = points.find(({ at }, i) => points[i + 1]?.at === at);
  if (repeated) return { seed, subject, remark: `has several values at epoch ${repeated.at}` };
  const infinite = points.find(({ value }) => !Number.isFinite(value));
  return infinite ? { seed, subject, remark: `is ${infinite.value} at epoch ${infinite.at}` } : points;
}

type Keys = Pick<SampleReference, "epsilon" | "maximiser" | "part" | "at">;

function covers(sample: Keys, reference: Keys): boolean {
  return (["epsilon", "maximiser", "part", "at"] as const).every(
    (key) => sample[key] === undefined || reference[key] === undefined || sample[key] === reference[key],
  );
}

/** Records may hold thousands of samples, and are looked into for every operand. */
const trialLookups = new WeakMap<RunRecord["trials"], Map<string, Trial>>();
const sampleLookups = new WeakMap<RunRecord["samples"], Map<string, Sample[]>>();

function trialOf({ trials }: RunRecord, arm: string, seed: number): Trial | undefined {
  let lookup = trialLookups.get(trials);
  if (!lookup) {
    lookup = new Map(trials.map((trial) => [`${trial.arm} ${trial.seed}`, trial]));
    trialLookups.set(trials, lookup);
  }
  return lookup.get(`${arm} ${seed}`);
}

function samplesOf({ samples }: RunRecord, arm: string, seed: number): readonly Sample[] {
  let lookup = sampleLookups.get(samples);
  if (!lookup) {
    lookup = grouped(samples, (sample) => `${sample.arm} ${sample.seed}`);
    sampleLookups.set(samples, lookup);
  }
  return lookup.get(`${arm} ${seed}`) ?? [];
}

function whatBecameOf(trial: Exclude<Trial, { state: "completed" }>): string {
  if (trial.state === "diverged") return `diverged at update ${trial.update}`;
  return `${trial.state === "crashed" ? "crashed" : "was not run"}: ${firstLine(trial.reason)}`;
}

/** A crash's reason may end with all that the worker printed. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** Several operands may be measurements of one trial. */
function withoutRepeats(remarks: readonly SeedRemark[]): SeedRemark[] {
  return remarks.filter(
    ({ subject, remark }, i) =>
      remarks.findIndex((other) => other.subject === subject && other.remark === remark) === i,
  );
}
