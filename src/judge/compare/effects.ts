import { innermost } from "../../spec/operands.ts";
import { fisherZ } from "../../stats/fisher-interval.ts";
import { standardDeviation } from "../../stats/sample.ts";
import { estimate, judgedValue, usableValues } from "../estimate.ts";
import type { AssertionVerdict, ClaimVerdict, Effect, SingleResult, VerdictStatus } from "../verdict.ts";

/** What one machine found of an effect. */
export interface EffectCell {
  readonly status: VerdictStatus;
  /** As the record's own verdict has it. */
  readonly effect: Effect;
  /**
   * On the scale it is judged on: the logarithm of a ratio, Fisher's z of a correlation over trials, else as it is. null with
   * fewer than two seeds, or four trials, which give no standard error.
   */
  readonly judged: {
    readonly estimate: number;
    readonly standardError: number;
    readonly degreesOfFreedom: number | null;
  } | null;
}

/** An effect and, for the statistics, what each seed gave. */
export interface FoundEffect {
  readonly cell: EffectCell;
  /** On the judged scale by seed; empty for a correlation, which is over all trials at once. */
  readonly values: ReadonlyMap<number, number>;
}

/** What tells an effect of a claim from its others. */
export interface EffectIdentity {
  /** Equal on all machines that state it alike. */
  readonly key: string;
  /** What the effect is of, such as "LB / SB, sharpness". */
  readonly subject: string;
  /** The assertion in symbols, with the maximiser. */
  readonly expression: string;
  readonly scale: Effect["scale"];
}

/** The effects of a claim on one machine, in the order of its assertions; not measured ones have nothing found. */
export function effectsOf(verdict: ClaimVerdict): { identity: EffectIdentity; found: FoundEffect | null }[] {
  return verdict.assertions.flatMap((assertion, i) =>
    assertion.results.map((result) => ({
      identity: identityOf(assertion, result, i),
      found: result.status === "not-measured" ? null : foundEffect(assertion, result),
    })),
  );
}

function identityOf(assertion: AssertionVerdict, { label, maximiser }: SingleResult, place: number): EffectIdentity {
  const names = [label, maximiser].filter((name) => name !== undefined);
  const of = names.length === 0 ? "" : ` (${names.join(", ")})`;
  return {
    key: JSON.stringify([place, assertion.expression, label ?? null, maximiser ?? null]),
    subject: assertion.judged.subject,
    expression: `${assertion.expression}${of}`,
    scale: assertion.judged.scale,
  };
}

function foundEffect(
  { assertion }: AssertionVerdict,
  { effect, values, status }: Exclude<SingleResult, { status: "not-measured" }>,
): FoundEffect {
  // A trend has a correlation, too, but one of every seed.
  if (innermost(assertion).kind === "correlation") {
    const transformed = fisherZ(effect.estimate, effect.n);
    const judged = transformed && { ...transformed, degreesOfFreedom: null };
    return { cell: { status, effect, judged }, values: new Map() };
  }
  const usable = usableValues(effect.scale, values);
  const bySeed = new Map(usable.map((pair) => [pair.seed, judgedValue(effect.scale, pair)]));
  if (usable.length < 2) return { cell: { status, effect, judged: null }, values: bySeed };
  const { judged } = estimate(effect.scale, usable, 0.95);
  const error = standardDeviation([...bySeed.values()]) / Math.sqrt(usable.length);
  const own = { estimate: judged.point, standardError: error, degreesOfFreedom: usable.length - 1 };
  return { cell: { status, effect, judged: own }, values: bySeed };
}
