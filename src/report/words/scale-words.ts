import type { ClaimVerdict } from "../../judge/verdict.ts";
import { formatCount, formatPercent } from "../../judge/wording.ts";
import { operandsOf } from "../../spec/operands.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { dataWords } from "./data-words.ts";
import { intervalLevels } from "./interval-levels.ts";
import { formatWhole, listWords } from "./quantities.ts";

/** What a claim's verdict was reached on: a verdict at another scale than the paper's speaks of that scale only. */
export function scaleWords(record: RunRecord, verdict: ClaimVerdict): string {
  const names = verdict.assertions.flatMap(({ assertion }) => operandsOf(assertion).map(({ arm }) => arm));
  const arms = record.suite.arms.filter(({ name }) => names.includes(name));
  const networks = [...new Set(arms.map(({ networkName }) => networkName))].map((name) => networkWords(record, name));
  const data = [...new Set(arms.map((arm) => dataWords(arm.data)))];
  const level = `intervals at ${listWords(intervalLevels(verdict).map(formatPercent))}`;
  const facts = [...networks, ...data, seedWords(record, verdict), level].join("; ");
  if (verdict.surrogate) return `On surrogate data, made up by a generator, and at this scale only: ${facts}.`;
  return isPaperScale(record) ? `Measured on ${facts}.` : `At this scale only: ${facts}.`;
}

/** Whether a verdict speaks of the paper's own scale. */
export function isPaperScale({ suite: { profile } }: RunRecord): boolean {
  return profile === undefined || profile === "paper";
}

/** "5 seeds"; seeds that were added after the decision had no part in it. */
function seedWords({ suite }: RunRecord, { seeds }: ClaimVerdict): string {
  const all = suite.seeds.length;
  return seeds.length === all
    ? formatCount(all, "seed")
    : `the first ${seeds.length} of ${all} seeds, which decided it`;
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
