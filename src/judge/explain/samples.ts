import { innermost, operandsOf } from "../../spec/operands.ts";
import type { ResolvedAssertion, RunRecord, SampleReference } from "../../spec/run.types.ts";
import { withinRange } from "../../stats/sample.ts";
import { stepsOf } from "../assertions/ordered.ts";
import { formatReference, pointsOf, series, single } from "../criterion.ts";
import { judgedValue, usableValues } from "../estimate.ts";
import { withMaximiser } from "../maximisers.ts";
import { observe } from "../observe.ts";
import type { AssertionVerdict, Effect, SingleResult } from "../verdict.ts";

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
  const assertion = innermost(verdict.assertion);
  const { maximiser } = result;
  const { seeds } = record.suite;
  const references = operandsOfResult(assertion, result).map((reference) =>
    maximiser === undefined ? reference : withMaximiser(record, reference, maximiser),
  );
  const operands = references.map((reference) => operandRow(record, assertion, reference));
  if (assertion.kind === "correlation" || result.status === "not-measured") {
    return { operands, statistic: null, judged: null };
  }
  const { effect, values } = result;
  const usable = usableValues(effect.scale, values);
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

/** Of an ordering, the two that one result compares. */
function operandsOfResult(assertion: ResolvedAssertion, { label }: SingleResult): SampleReference[] {
  if (assertion.kind !== "ordered") return operandsOf(assertion);
  return stepsOf(assertion)
    .filter((step) => step.label === label)
    .flatMap(({ larger, smaller }) => [larger, smaller]);
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
