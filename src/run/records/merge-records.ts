import { contentKey } from "../../plan/content-key.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { PartTrial, RunFacts, RunPart, RunRecord, Sample, Suite, Trial } from "../../spec/run.types.ts";
import { checkBelongTogether, type NamedRecord } from "./belong-together.ts";
import { mergedProvenance } from "./merged-provenance.ts";

/** A merged record before it has a folder, whose name is its id. */
export type MergedRecord = Omit<RunRecord, "run"> & {
  readonly run: Omit<RunFacts, "id"> & { readonly parts: [RunPart, ...RunPart[]] };
};

interface Result {
  readonly file: string;
  readonly trial: Trial;
  readonly samples: readonly Sample[];
}

/**
 * One record of several: shards of a suite, or an interrupted run and those that went on with it. Trials stand seed by
 * seed, in the order of the suite's arms; those that none of the records has count as not run.
 *
 * @throws ClaimbenchError `records-differ` when they are not of one suite, version, engine and data; `samples-differ` when
 * a trial has other samples in one than in another; `nothing-to-merge` for fewer than two, or one given twice.
 */
export function mergeRecords(sources: readonly NamedRecord[]): MergedRecord {
  const [first, ...others] = sources;
  if (!first || others.length === 0) {
    throw new ClaimbenchError("nothing-to-merge", "one record is nothing to merge", {
      hint: "give the records of all shards; claimbench judge gives the verdicts of one",
    });
  }
  checkGivenOnce(sources);
  for (const other of others) checkBelongTogether(first, other);

  const { suite, published } = first.record;
  const results = planned(suite).map((id) => bestOf(id, sources));
  const trials = results.map(({ trial }) => trial);
  const parts = distinctParts(sources);
  return {
    format: first.record.format,
    run: {
      startedAt: parts.map(({ startedAt }) => startedAt).toSorted()[0] as string,
      endedAt: parts
        .map(({ endedAt }) => endedAt)
        .toSorted()
        .at(-1) as string,
      status: trials.some(({ state }) => state === "not-run") ? "interrupted" : "complete",
      durationSeconds: parts.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
      // What repeats a shard without the shard repeats it all.
      command: first.record.run.command.replace(/ --shard \d+\/\d+/, ""),
      parts,
    },
    suite,
    provenance: mergedProvenance(parts),
    trials,
    samples: results.flatMap(({ samples }) => samples),
    published,
  };
}

function planned({ seeds, arms }: Suite): PartTrial[] {
  return seeds.flatMap((seed) => arms.map(({ name }) => ({ arm: name, seed })));
}

/** What came to an end before what crashed, and that before what was not run. @throws ClaimbenchError `samples-differ`. */
function bestOf(id: PartTrial, sources: readonly NamedRecord[]): Result {
  const found = sources.flatMap(({ file, record }): Result[] => {
    const trial = record.trials.find((each) => isOf(each, id));
    return trial ? [{ file, trial, samples: record.samples.filter((sample) => isOf(sample, id)) }] : [];
  });
  const [ended, ...again] = found.filter(({ trial }) => hasEnded(trial));
  for (const other of again) if (ended) checkSameSamples(ended, other);
  const reason = "in none of the merged records";
  return (
    ended ??
    found.find(({ trial }) => trial.state === "crashed") ??
    found[0] ?? { file: "", trial: { state: "not-run", ...id, reason }, samples: [] }
  );
}

function isOf({ arm, seed }: PartTrial, id: PartTrial): boolean {
  return arm === id.arm && seed === id.seed;
}

function hasEnded({ state }: Trial): boolean {
  return state === "completed" || state === "diverged";
}

function checkSameSamples(one: Result, other: Result): void {
  if (one.trial.state === other.trial.state && contentKey(one.samples) === contentKey(other.samples)) return;
  const { arm, seed } = one.trial;
  throw new ClaimbenchError(
    "samples-differ",
    `trial ${arm} seed ${seed} is not the same in ${one.file} and ${other.file}: ${difference(one, other)}`,
    { hint: "another processor or number of threads changes the last bits; leave one of the two records out" },
  );
}

function difference(one: Result, other: Result): string {
  if (one.trial.state !== other.trial.state) return `${one.trial.state}, and ${other.trial.state}`;
  if (one.samples.length !== other.samples.length) return `${one.samples.length} samples, and ${other.samples.length}`;
  const i = one.samples.findIndex((sample, j) => contentKey(sample) !== contentKey(other.samples[j]));
  return [one, other].map(({ samples }) => sampleWords(samples[i] as Sample)).join(", and ");
}

function sampleWords(sample: Sample): string {
  const { measurement, epsilon, maximiser } = sample;
  const of = [measurement, epsilon === undefined ? "" : `ε ${epsilon}`, maximiser].filter(Boolean).join(" ");
  return `${of} ${"value" in sample ? sample.value : "absent"}`;
}

function checkGivenOnce(sources: readonly NamedRecord[]): void {
  const files = new Map<string, string>();
  for (const { file, record } of sources) {
    const key = contentKey(record);
    const before = files.get(key);
    if (before !== undefined) {
      const what = before === file ? `${file} is given twice` : `${before} and ${file} are the same record`;
      throw new ClaimbenchError("nothing-to-merge", what, { hint: "give each record once" });
    }
    files.set(key, file);
  }
}

/** A merged record and one that went into it have parts in common. */
function distinctParts(sources: readonly NamedRecord[]): [RunPart, ...RunPart[]] {
  const parts = sources.flatMap(({ record }) => partsOf(record));
  return [...new Map(parts.map((part) => [contentKey(part), part])).values()] as [RunPart, ...RunPart[]];
}

function partsOf({ run, provenance, trials }: RunRecord): RunPart[] {
  if (run.parts) return run.parts;
  return [{ ...run, provenance, trials: trials.filter(hasEnded).map(({ arm, seed }) => ({ arm, seed })) }];
}
