import type { CapturedBaseline } from "../../spec/captured.types.ts";
import type { Provenance, RunRecord } from "../../spec/run.types.ts";
import { classDifferences, classesOfParts, hardwareClass } from "./hardware-class.ts";

/** What a run and a captured baseline have in common, and so what may be asked of their values. */
export interface Conditions {
  /** In words, what makes the two incomparable; empty where they can be compared. */
  readonly incomparable: readonly string[];
  /** Whether equal seeds should give equal values to the last bit. */
  readonly exact: boolean;
  /** Whether times can be compared. */
  readonly timings: boolean;
  /** Everything else the two differ in, in words. */
  readonly differences: readonly string[];
}

export function conditionsOf(record: RunRecord, captured: CapturedBaseline): Conditions {
  const { suite, provenance } = record;
  const theirs = captured.provenance;
  const classes = classesOfParts(record);
  const sameRuntime = provenance.engine.version === theirs.engine.version;
  const threads = [provenance, ...(record.run.parts ?? []).map((part) => part.provenance)];
  const sameThreads = threads.every(({ threadsPerWorker }) => threadsPerWorker === theirs.threadsPerWorker);
  return {
    incomparable: [
      ...difference("suite", suite.id, captured.suite.id),
      ...difference("profile", suite.profile ?? "none", captured.suite.profile ?? "none"),
      ...classDifferences(hardwareClass(provenance), hardwareClass(theirs)),
      ...(classes.length > 1 ? [`the run's parts are of different classes: ${classes.join(", ")}`] : []),
    ],
    // Other devices add up in an order that changes from run to run.
    exact: sameRuntime && sameThreads && provenance.engine.device === "cpu",
    timings: sameThreads && provenance.workers === theirs.workers,
    differences: [
      ...(suite.sha256 === captured.suite.sha256 ? [] : ["the suite file has changed"]),
      ...difference("runtime", provenance.engine.version, theirs.engine.version),
      ...difference("threads per worker", String(provenance.threadsPerWorker), String(theirs.threadsPerWorker)),
      ...difference("workers", String(provenance.workers), String(theirs.workers)),
      ...difference("Node", provenance.node, theirs.node),
      ...difference("claimbench", programOf(provenance), programOf(theirs)),
      ...dataDifference(provenance, theirs),
    ],
  };
}

function difference(what: string, ours: string, captured: string): string[] {
  return ours === captured ? [] : [`${what}: ${ours}, captured with ${captured}`];
}

function programOf({ claimbench: { version, gitCommit } }: Provenance): string {
  return gitCommit === undefined ? version : `${version} (${gitCommit})`;
}

function dataDifference(ours: Provenance, captured: Provenance): string[] {
  const known = new Map(captured.dataSets.map(({ name, sha256 }) => [name, sha256]));
  const changed = ours.dataSets.filter(({ name, sha256 }) => known.get(name) !== sha256).map(({ name }) => name);
  return changed.length === 0 ? [] : [`data files have changed: ${changed.join(", ")}`];
}
