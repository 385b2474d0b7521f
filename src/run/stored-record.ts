import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import type { RunRecord, Suite } from "../spec/run.types.ts";
import { type PrepareOptions, prepareSuite } from "./prepare-suite.ts";
import { machineOf } from "./provenance.ts";
import { collectTrial, Results } from "./results.ts";
import { assembleRecord, type EndedTrial, provenanceOf } from "./run-record.ts";
import { openStore } from "./store/store.ts";

/**
 * What a run would record if it ended at once: what of it is in the store. Nothing is trained or written.
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
  for (const trial of prepared.trials) {
    const found = await collectTrial(results, trial, here);
    if (found) ended.set(trial, found);
  }
  const missing = prepared.trials.filter((trial) => !ended.has(trial));
  const run = {
    id: "stored",
    startedAt,
    endedAt: startedAt,
    status: missing.length > 0 ? ("interrupted" as const) : ("complete" as const),
    durationSeconds: 0,
    command: options.command,
  };
  const provenance = await provenanceOf(prepared);
  const published = publishedEntries(suite, baseline);
  return { record: assembleRecord(suite, prepared, ended, { run, provenance, published }), missing };
}
