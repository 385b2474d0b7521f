import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { PublishedBaseline } from "../../spec/baseline.types.ts";
import { publishedEntries } from "../../spec/published-entries.ts";
import type { RunRecord, Suite } from "../../spec/run.types.ts";
import { nextLook } from "../more-seeds.ts";
import { type PrepareOptions, prepareSuite } from "../prepare-suite.ts";
import { collectTrial, Results } from "../results.ts";
import { openStore } from "../store/store.ts";
import { machineOf } from "./provenance.ts";
import { assembleRecord, type EndedTrial, provenanceOf } from "./run-record.ts";

/**
 * What a run would record if it ended at once: what of it is in the store, of open seeds the whole looks. Nothing is trained or written.
 *
 * @returns also the trials that are not in the store, or not wholly.
 * @throws ClaimbenchError when data, networks, engine or store are not usable.
 */
export async function storedRecord(
  suite: Suite,
  baseline: PublishedBaseline | undefined,
  options: PrepareOptions & { readonly storeFolder: string; readonly command: string; readonly now: () => Date },
): Promise<{ readonly record: RunRecord; readonly missing: readonly PlannedTrial[] }> {
  const startedAt = options.now().toISOString();
  const prepared = await prepareSuite(suite, options);
  const results = new Results(await openStore(options.storeFolder, { now: options.now }));
  const here = machineOf(prepared.hardware, prepared.engine.choice.device);
  const ended = new Map<PlannedTrial, EndedTrial>();
  const provenance = await provenanceOf(prepared);
  const published = publishedEntries(suite, baseline);
  let looked = { suite, trials: prepared.trials };
  const record = (status: "interrupted" | "complete") => {
    const run = { id: "stored", startedAt, endedAt: startedAt, status, durationSeconds: 0, command: options.command };
    const { absent } = prepared;
    return assembleRecord(looked.suite, { trials: looked.trials, absent }, ended, { run, provenance, published });
  };
  const collect = async (trials: readonly PlannedTrial[]): Promise<PlannedTrial[]> => {
    for (const trial of trials) {
      const found = await collectTrial(results, trial, here);
      if (found) ended.set(trial, found);
    }
    return trials.filter((trial) => !ended.has(trial));
  };
  const missing = await collect(prepared.trials);
  while (suite.sequential && missing.length === 0) {
    const next = nextLook(looked.suite, record("complete"), prepared);
    if (typeof next === "string" || (await collect(next.trials)).length > 0) break;
    looked = { suite: next.suite, trials: [...looked.trials, ...next.trials] };
  }
  return { record: record(missing.length > 0 ? "interrupted" : "complete"), missing };
}
