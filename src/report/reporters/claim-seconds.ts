import { operandsOf } from "../../spec/operands.ts";
import type { RunRecord } from "../../spec/run.types.ts";

/**
 * Seconds of training and measuring by claim: those of each arm are shared equally by the claims that read it. What was
 * taken from the store, or came to no end, took none that the record knows of.
 */
export function claimSeconds({ suite, trials }: Pick<RunRecord, "suite" | "trials">): ReadonlyMap<string, number> {
  const arms = new Map(
    suite.claims.map(({ id, assertions }) => [id, new Set(assertions.flatMap(operandsOf).map(({ arm }) => arm))]),
  );
  const seconds = new Map<string, number>(suite.claims.map(({ id }) => [id, 0]));
  for (const trial of trials) {
    if (trial.state !== "completed" || trial.reused) continue;
    const readers = [...arms].filter(([, read]) => read.has(trial.arm)).map(([id]) => id);
    const share = (trial.trainSeconds + trial.measureSeconds) / readers.length;
    for (const id of readers) seconds.set(id, (seconds.get(id) as number) + share);
  }
  return seconds;
}
