import { isDeepStrictEqual } from "node:util";
import type { JsonPath } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import { parseReference, type ReferenceForm, referTo } from "./reference.ts";
import type { ResolvedAssertion, SampleReference } from "./run.types.ts";
import type {
  Assertion,
  ChangePointAssertion,
  CombinationAssertion,
  CorrelationAssertion,
  TrendAssertion,
} from "./suite.types.ts";
import { fillAxes, type SuiteVariant, suffix } from "./variants.ts";

/** @param path from the claim's assertions on. */
export type Report = (path: JsonPath, message: string) => void;

type Of<Kind extends ResolvedAssertion["kind"]> = Extract<ResolvedAssertion, { kind: Kind }>;

/** Takes the operands of an assertion apart. @returns undefined where something is wrong, which is then reported. */
export function resolveAssertion(
  assertion: Assertion,
  variant: SuiteVariant,
  path: JsonPath,
  report: Report,
): ResolvedAssertion | undefined {
  const at = new Operands(variant, path, report);
  if ("not" in assertion) {
    const inner = resolveAssertion(assertion.not, variant, [...path, "not"], report);
    return inner && { kind: "not", assertion: inner };
  }
  if ("greater" in assertion || "less" in assertion) {
    const kind = "greater" in assertion ? "greater" : "less";
    const [left, right] = "greater" in assertion ? assertion.greater : assertion.less;
    const first = at.single(left, kind, 0);
    const second = typeof right === "string" ? at.single(right, kind, 1) : right;
    at.requireDistinct(left, first, second);
    return first && second !== undefined ? { kind, first, second, ...minimum(assertion) } : undefined;
  }
  if ("within" in assertion) {
    const { within, range } = assertion;
    const [lowest, highest] = range;
    if (lowest > highest) at.report(`the range starts at ${lowest} and ends at ${highest}, below it`, "range");
    if (typeof within === "string") {
      const first = at.single(within, "within");
      return first && { kind: "within", first, lowest, highest };
    }
    const pair = at.pair(within, "within");
    return pair && { kind: "within", ...pair, lowest, highest };
  }
  if ("ratio" in assertion || "difference" in assertion) {
    const kind = "ratio" in assertion ? "ratio" : "difference";
    const pair = at.pair("ratio" in assertion ? assertion.ratio : assertion.difference, kind);
    at.requireMinimum(assertion);
    return pair && { kind, ...pair, above: assertion.above, ...minimum(assertion) };
  }
  if ("combination" in assertion) return resolveCombination(assertion, at);
  if ("equivalent" in assertion) {
    const { margin, scale = "difference" } = assertion;
    if (scale === "ratio" && margin <= 1) at.report(`as a factor, the margin must be above 1, not ${margin}`, "margin");
    const pair = at.pair(assertion.equivalent, "equivalent");
    return pair && { kind: "equivalent", ...pair, margin, scale };
  }
  if ("ordered" in assertion) {
    const of = at.list(assertion.ordered, "ordered");
    return of && { kind: "ordered", of: of as Of<"ordered">["of"] };
  }
  if ("trend" in assertion) return resolveTrend(assertion, at);
  if ("changePoint" in assertion) return resolveChangePoint(assertion, at);
  if ("noPeakThenDecay" in assertion) {
    const of = at.series(assertion.noPeakThenDecay, "noPeakThenDecay");
    return of && { kind: "no-decay", of, tolerance: assertion.tolerance };
  }
  if ("ratioAtLoss" in assertion) {
    const [left, right] = assertion.ratioAtLoss;
    const [first, second] = [at.series(left, "ratioAtLoss", 0), at.series(right, "ratioAtLoss", 1)];
    at.requireLoss("ratioAtLoss", first, second);
    at.requireDistinct(left, first, second);
    at.requireMinimum(assertion);
    const { loss, above } = assertion;
    return first && second && { kind: "matched-loss", first, second, loss, above, ...minimum(assertion) };
  }
  if ("correlation" in assertion) return resolveCorrelation(assertion, at);
  if ("maximisersAgree" in assertion) {
    const pair = at.pair(assertion.maximisersAgree, "maximisersAgree");
    for (const reference of pair ? [pair.first, pair.second] : []) at.requireOpenMaximiser(reference);
    return pair && { kind: "maximisers-agree", ...pair };
  }
  const of = at.single(assertion.consistent, "consistent");
  const own = of?.arm.slice(0, of.arm.length - suffix(variant.axes).length);
  const pointer = fillAxes(assertion.with, variant.axes);
  return of && { kind: "consistent", of, pointer, arm: assertion.arm ?? own ?? of.arm };
}

function minimum({ atLeast }: { readonly atLeast?: number }): { atLeast?: number } {
  return atLeast === undefined ? {} : { atLeast };
}

function resolveCombination(
  { combination, above, below }: CombinationAssertion,
  at: Operands,
): Of<"combination"> | undefined {
  if ((above === undefined) === (below === undefined)) at.report('expected either "above" or "below"');
  const terms = Object.entries(combination).flatMap(([text, factor]) => {
    const of = at.single(text, "combination", text);
    return of ? [{ factor, of }] : [];
  });
  if (terms.length < Object.keys(combination).length) return undefined;
  const bounds = { ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) };
  return { kind: "combination", terms: terms as unknown as Of<"combination">["terms"], ...bounds };
}

function resolveTrend(assertion: TrendAssertion, at: Operands): Of<"trend"> | undefined {
  const { trend, direction, against, half } = assertion;
  if (typeof trend === "string") {
    const of = at.series(trend, "trend");
    if (against === "loss") at.requireLoss("trend", of);
    const series = { against: against ?? ("epoch" as const), ...(half === undefined ? {} : { half }) };
    return of && { kind: "trend", of: [of], direction, ...series, ...minimum(assertion) };
  }
  for (const key of ["against", "half"] as const) {
    if (assertion[key] !== undefined) at.report(`"${key}" is for a series, not for a list`, key);
  }
  const of = at.list(trend, "trend");
  return of && { kind: "trend", of: of as Of<"trend">["of"], direction, ...minimum(assertion) };
}

function resolveChangePoint(assertion: ChangePointAssertion, at: Operands): Of<"change-point"> | undefined {
  const { changePoint, above = 6 } = assertion;
  const positions = assertion.at ?? changePoint.map((_, i) => i + 1);
  if (positions.length !== changePoint.length) {
    at.report(`${changePoint.length} references with ${positions.length} positions`, "at");
  } else if (positions.some((position, i) => i > 0 && position <= (positions[i - 1] ?? 0))) {
    at.report("expected increasing positions", "at");
  }
  const of = at.list(changePoint, "changePoint") as Of<"change-point">["of"] | undefined;
  return of && { kind: "change-point", of, at: positions as Of<"change-point">["at"], above };
}

function resolveCorrelation({ correlation, arms, above }: CorrelationAssertion, at: Operands) {
  const pairs = arms.flatMap((arm, i) => {
    if (!at.hasArm(arm, "arms", i)) return [];
    const [first, second] = correlation.map((name, k) => at.single(`${arm}.${name}`, "correlation", k));
    return first && second ? [{ first, second }] : [];
  });
  if (pairs.length < arms.length) return undefined;
  return { kind: "correlation" as const, pairs: pairs as unknown as Of<"correlation">["pairs"], above };
}

type Place = (string | number)[];

/** Reads the references of one assertion, and reports what is wrong with them. */
class Operands {
  readonly #variant: SuiteVariant;
  readonly #path: JsonPath;
  readonly #report: Report;

  constructor(variant: SuiteVariant, path: JsonPath, report: Report) {
    this.#variant = variant;
    this.#path = path;
    this.#report = report;
  }

  report(message: string, ...place: Place): void {
    this.#report([...this.#path, ...place], message);
  }

  single(text: string, ...place: Place): SampleReference | undefined {
    return this.#read(text, "single", place);
  }

  series(text: string, ...place: Place): SampleReference | undefined {
    return this.#read(text, "series", place);
  }

  /** All of them, or none. */
  list(texts: readonly string[], key: string): SampleReference[] | undefined {
    const found = texts.flatMap((text, i) => this.single(text, key, i) ?? []);
    return found.length === texts.length ? found : undefined;
  }

  pair(texts: readonly [string, string], key: string) {
    const [first, second] = [this.single(texts[0], key, 0), this.single(texts[1], key, 1)];
    this.requireDistinct(texts[0], first, second);
    return first && second && { first, second };
  }

  /** Compared taken apart: [0.001] and [1e-3] are the same samples. */
  requireDistinct(text: string, first?: SampleReference, second?: SampleReference | number): void {
    if (first && isDeepStrictEqual(first, second)) this.report(`both sides are ${text}`);
  }

  requireMinimum({ above, atLeast }: { readonly above: number; readonly atLeast?: number }): void {
    if (atLeast !== undefined && atLeast < above)
      this.report(`the smallest effect that counts, ${atLeast}, is below the bound, ${above}`, "atLeast");
  }

  /** Only these are measured together with the training loss at the same point. */
  requireLoss(key: string, ...references: (SampleReference | undefined)[]): void {
    for (const reference of references) {
      const metric = reference && this.#variant.measure[reference.measurement]?.metric;
      if (metric && metric !== "sharpness" && metric !== "gradient-norm") {
        this.report(`along the training loss only sharpness and gradient-norm can be followed, not ${metric}`, key);
      }
    }
  }

  requireOpenMaximiser({ measurement, maximiser }: SampleReference): void {
    const measured = this.#variant.measure[measurement];
    const count = measured && "maximiser" in measured ? measured.maximiser.length : 0;
    if (count < 2 || maximiser !== undefined) {
      this.report("expected a measurement with several maximisers, and none of them named", "maximisersAgree");
    }
  }

  hasArm(name: string, ...place: Place): boolean {
    const known = Object.keys(this.#variant.arms);
    if (known.includes(name)) return true;
    this.report(`there is no arm "${name}"${didYouMean(name, known)}`, ...place);
    return false;
  }

  #read(text: string, form: ReferenceForm, place: Place): SampleReference | undefined {
    const { arms, measure, axes } = this.#variant;
    const parsed = parseReference(text);
    if (typeof parsed === "string") {
      this.report(parsed, ...place);
      return undefined;
    }
    const { arm, measurement: id } = parsed;
    const measurement = Object.hasOwn(measure, id) ? measure[id] : undefined;
    if (!Object.hasOwn(arms, arm)) {
      this.report(`"${text}": there is no arm "${arm}"${didYouMean(arm, Object.keys(arms))}`, ...place);
      return undefined;
    }
    if (!measurement) {
      this.report(`"${text}": there is no measurement "${id}"${didYouMean(id, Object.keys(measure))}`, ...place);
      return undefined;
    }
    if (measurement.arms && !measurement.arms.includes(arm)) {
      this.report(`"${text}": "${id}" is measured on ${measurement.arms.join(", ")} only`, ...place);
      return undefined;
    }
    const found = referTo(text, parsed, arm + suffix(axes), measurement, form);
    if (typeof found !== "string") return found;
    this.report(found, ...place);
    return undefined;
  }
}
