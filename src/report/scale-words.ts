import type { ClaimVerdict } from "../judge/verdict.ts";
import { formatCount } from "../judge/wording.ts";
import { operandsOf } from "../spec/operands.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { dataWords } from "./data-words.ts";
import { formatWhole, listWords } from "./quantities.ts";

/** What a claim's verdict was reached on: a verdict at another scale than the paper's speaks of that scale only. */
export function scaleWords(record: RunRecord, verdict: ClaimVerdict): string {
  const names = verdict.assertions.flatMap(({ assertion }) => operandsOf(assertion).map(({ arm }) => arm));
  const arms = record.suite.arms.filter(({ name }) => names.includes(name));
  const networks = [...new Set(arms.map(({ networkName }) => networkName))].map((name) => networkWords(record, name));
  const data = [...new Set(arms.map((arm) => dataWords(arm.data)))];
  const facts = [...networks, ...data, formatCount(record.suite.seeds.length, "seed")].join("; ");
  if (verdict.surrogate) return `On surrogate data, made up by a generator, and at this scale only: ${facts}.`;
  return record.suite.profile === "paper" ? `Measured on ${facts}.` : `At this scale only: ${facts}.`;
}

/** "F1-3x128 (135,562 parameters)". */
export function networkWords(record: RunRecord, networkName: string): string {
  const arms = record.suite.arms.filter((arm) => arm.networkName === networkName).map(({ name }) => name);
  const sizes = parameterCounts(record, arms);
  return sizes.length === 0 ? networkName : `${networkName} (${listWords(sizes.map(formatWhole))} parameters)`;
}

/** Different ones, of the trials that completed. */
export function parameterCounts({ trials }: RunRecord, arms: readonly string[]): number[] {
  const completed = trials.flatMap((trial) =>
    trial.state === "completed" && arms.includes(trial.arm) ? [trial.parameterCount] : [],
  );
  return [...new Set(completed)];
}
