import { mapOperands, operandsOf } from "../../spec/operands.ts";
import type { ResolvedAssertion, RunRecord, SampleReference } from "../../spec/run.types.ts";
import type { Maximiser } from "../../spec/suite.types.ts";
import { withinRange } from "../../stats/sample.ts";
import { formatReference, pointsOf, series, single } from "../criterion.ts";
import { observe } from "../observe.ts";
import type { AssertionVerdict, Effect, SingleResult } from "../verdict.ts";
import { judgedValue, judgedValues } from "./interval.ts";

/** One line of a table whose columns are seeds. */
export interface SampleRow {
  readonly name: string;
  /** By seed of the suite, in its order; null where there is none. */
  readonly values: readonly (number | null)[];
}

/** What one set of samples gave, seed by seed. */
export interface ExplainedSamples {
  readonly operands: readonly SampleRow[];
  /** What each seed gives, in units of the effect, and on the scale that is judged where that is another. */
  readonly statistic: SampleRow | null;
  readonly judged: SampleRow | null;
}

/** @param result one of the verdict's. */
export function explainSamples(record: RunRecord, verdict: AssertionVerdict, result: SingleResult): ExplainedSamples {
  const assertion = withMaximiser(record, innermost(verdict.assertion), result.maximiser);
  const { seeds } = record.suite;
  const operands = operandsOfResult(assertion, result).map((reference) => operandRow(record, assertion, reference));
  if (assertion.kind === "correlation" || result.status === "not-measured") {
    return { operands, statistic: null, judged: null };
  }
  const { effect, values } = result;
  const usable = judgedValues(effect.scale, values);
  const row = (name: string, of: (pair: (typeof values)[number]) => number): SampleRow => ({
    name,
    values: seeds.map((seed) => {
      const pair = usable.find((each) => each.seed === seed);
      return pair ? of(pair) : null;
    }),
  });
  const logarithm = (pair: (typeof values)[number]) => judgedValue(effect.scale, pair);
  if (effect.scale === "ratio") {
    return {
      operands,
      statistic: row("ratio", (pair) => withinRange(Math.exp(logarithm(pair)))),
      judged: row("log of ratio", logarithm),
    };
  }
  // A mean of one sample is judged as it was measured.
  const isPlain = operands.length === 1 && !isSeries(assertion);
  return { operands, statistic: isPlain ? null : row(STATISTICS[effect.scale], logarithm), judged: null };
}

const STATISTICS: Record<Exclude<Effect["scale"], "ratio">, string> = {
  difference: "difference",
  mean: "statistic",
  correlation: "Spearman's ρ",
  "BIC difference": "BIC(1) − BIC(2)",
};

export function innermost(assertion: ResolvedAssertion): Exclude<ResolvedAssertion, { kind: "not" }> {
  return assertion.kind === "not" ? innermost(assertion.assertion) : assertion;
}

function withMaximiser<Assertion extends ResolvedAssertion>(
  record: RunRecord,
  assertion: Assertion,
  maximiser: Maximiser | undefined,
): Assertion {
  if (maximiser === undefined) return assertion;
  return mapOperands(assertion, (reference) => {
    const measured = record.suite.arms.find(({ name }) => name === reference.arm)?.measure[reference.measurement];
    const isOpen = reference.maximiser === undefined && reference.epsilon !== undefined;
    return isOpen && measured && "maximiser" in measured ? { ...reference, maximiser } : reference;
  }) as Assertion;
}

/** Of an ordering, the two that one result compares. */
function operandsOfResult(assertion: ResolvedAssertion, { label }: SingleResult): SampleReference[] {
  const all = operandsOf(assertion);
  if (assertion.kind !== "ordered" || label === undefined) return all;
  return [...all.entries()]
    .filter(([i, smaller]) => {
      const larger = all[i + 1];
      return larger && [smaller.arm, larger.arm].every((arm) => label.includes(arm.replace(/\[.*$/, "")));
    })
    .slice(0, 1)
    .flatMap(([i]) => [all[i + 1] as SampleReference, all[i] as SampleReference]);
}

function isSeries(assertion: ResolvedAssertion): boolean {
  return (
    assertion.kind === "no-decay" ||
    assertion.kind === "matched-loss" ||
    (assertion.kind === "trend" && assertion.against !== undefined)
  );
}

function operandRow(record: RunRecord, assertion: ResolvedAssertion, reference: SampleReference): SampleRow {
  const along = isSeries(assertion);
  let points = 0;
  const { values } = observe(record, {
    operands: [along ? series(reference) : single(reference)],
    statistic(given) {
      if (!along) return { first: given[0] as number };
      const [all = []] = pointsOf(given);
      points = Math.max(points, all.length);
      return { first: all.at(-1)?.value ?? Number.NaN };
    },
  });
  return {
    name: along ? `${formatReference(reference)}, last of ${points}` : formatReference(reference),
    values: record.suite.seeds.map((seed) => values.find((each) => each.seed === seed)?.first ?? null),
  };
}
