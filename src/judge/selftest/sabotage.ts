import type { ResolvedAssertion, RunRecord, Sample, SampleReference } from "../../spec/run.types.ts";
import { judgeAssertion } from "../judge-assertion.ts";
import type { VerdictStatus } from "../verdict.ts";

/**
 * swap: the two that an assertion compares change places, or a list is read backwards; shuffle: the values of the first one's arm change seeds;
 * drop: a planned seed loses its samples; scale: the values of the one that is claimed to be smaller are multiplied.
 */
export const SABOTAGES = ["swap", "shuffle", "drop", "scale"] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** What became of one assertion's verdict. */
export interface SabotagedVerdict {
  readonly sabotage: Sabotage;
  readonly claim: string;
  readonly expression: string;
  readonly before: VerdictStatus;
  readonly after: VerdictStatus;
  /** Whether no sound judge would still pass it. */
  readonly wrong: boolean;
}

export const SCALE = 100;

/**
 * Judges every assertion of a record as it is and with damage done to its samples.
 *
 * A pass must turn where the two that are compared change places, unless its bound leaves room for both (a difference
 * above a negative number), and wherever a planned seed is missing. What a shuffle or a factor does depends on the numbers.
 */
export function sabotage(record: RunRecord): SabotagedVerdict[] {
  const dropped = record.suite.seeds.at(-1);
  const withoutSeed = { ...record, samples: record.samples.filter(({ seed }) => seed !== dropped) };
  return record.suite.claims.flatMap(({ id, assertions }) =>
    assertions.flatMap((assertion) => {
      const { expression, status: before } = judgeAssertion(record, assertion);
      const told = (sabotage: Sabotage, after: VerdictStatus, mustTurn: boolean): SabotagedVerdict => {
        const wrong = mustTurn && before === "pass" && after === "pass";
        return { sabotage, claim: id, expression, before, after, wrong };
      };
      const arms = comparedArms(assertion);
      const swapped = swap(assertion);
      return [
        ...(swapped ? [told("swap", judgeAssertion(record, swapped).status, allowsOneDirection(assertion))] : []),
        ...(arms ? [told("shuffle", judgeAssertion(shuffled(record, arms.larger), assertion).status, false)] : []),
        told("drop", judgeAssertion(withoutSeed, assertion).status, true),
        ...(arms ? [told("scale", judgeAssertion(scaled(record, arms.smaller), assertion).status, false)] : []),
      ];
    }),
  );
}

type Comparing = Extract<ResolvedAssertion, { first: SampleReference }> & { second: SampleReference };

function comparing(assertion: ResolvedAssertion): Comparing | undefined {
  if (!("first" in assertion) || assertion.second === undefined || typeof assertion.second === "number")
    return undefined;
  return assertion as Comparing;
}

function swap(assertion: ResolvedAssertion): ResolvedAssertion | undefined {
  if (assertion.kind === "not") {
    const inner = swap(assertion.assertion);
    return inner && { ...assertion, assertion: inner };
  }
  if (assertion.kind === "ordered") return { ...assertion, of: reversed(assertion.of) };
  if (assertion.kind === "trend" && assertion.against === undefined) {
    return { ...assertion, of: reversed(assertion.of) };
  }
  const found = comparing(assertion);
  return found && { ...found, first: found.second, second: found.first };
}

/** As many as there were. */
function reversed<List extends readonly SampleReference[]>(list: List): List {
  return list.toReversed() as readonly SampleReference[] as List;
}

/** Whether an assertion cannot hold both ways round. */
function allowsOneDirection(assertion: ResolvedAssertion): boolean {
  switch (assertion.kind) {
    case "greater":
    case "less":
      return true;
    case "ordered":
      return true;
    case "trend":
      return assertion.against === undefined;
    case "ratio":
    case "matched-loss":
      return assertion.above >= 1;
    case "difference":
      return assertion.above >= 0;
    case "not": {
      const { assertion: denied } = assertion;
      if (denied.kind === "greater" || denied.kind === "less") return true;
      if (denied.kind === "ratio" || denied.kind === "matched-loss") return denied.above <= 1;
      return denied.kind === "difference" && denied.above <= 0;
    }
    default:
      return false;
  }
}

/** Of two different arms, which one is claimed to have the larger values. */
function comparedArms(assertion: ResolvedAssertion): { larger: string; smaller: string } | undefined {
  if (assertion.kind === "not") {
    const denied = comparedArms(assertion.assertion);
    return denied && { larger: denied.smaller, smaller: denied.larger };
  }
  const found = comparing(assertion);
  if (!found || found.first.arm === found.second.arm) return undefined;
  const [larger, smaller] = found.kind === "less" ? [found.second, found.first] : [found.first, found.second];
  return { larger: larger.arm, smaller: smaller.arm };
}

/** Every seed gets the samples of the next one, so that none keeps its own. */
function shuffled(record: RunRecord, arm: string): RunRecord {
  const { seeds } = record.suite;
  const next = new Map(seeds.map((seed, i) => [seed, seeds[(i + 1) % seeds.length] as number]));
  return changed(record, arm, (sample) => ({ ...sample, seed: next.get(sample.seed) ?? sample.seed }));
}

function scaled(record: RunRecord, arm: string): RunRecord {
  return changed(record, arm, (sample) => ("value" in sample ? { ...sample, value: SCALE * sample.value } : sample));
}

function changed(record: RunRecord, arm: string, change: (sample: Sample) => Sample): RunRecord {
  return { ...record, samples: record.samples.map((sample) => (sample.arm === arm ? change(sample) : sample)) };
}
