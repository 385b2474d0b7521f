import { ClaimbenchError } from "../../spec/error.ts";
import { didYouMean } from "../../spec/nearest.ts";
import { innermost, operandsOf } from "../../spec/operands.ts";
import type { Claim, RunRecord } from "../../spec/run.types.ts";
import { usableValues } from "../estimate.ts";
import { judge } from "../judge.ts";
import { onGrounds } from "../judge-claim.ts";
import { comparePublished, type PublishedComparison } from "../published.ts";
import { placeOf } from "../region.ts";
import { type AssertionVerdict, type ClaimVerdict, OPPOSITE, type SingleResult } from "../verdict.ts";
import { formatSeeds } from "../wording.ts";
import { type ExplainedInterval, explainIntervals } from "./interval.ts";
import { type ExplainedSamples, explainSamples } from "./samples.ts";
import { assertionWords } from "./words.ts";

/** Why a claim's verdict is what it is. */
export interface Explanation {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  readonly seeds: readonly number[];
  readonly confidence: number;
  readonly assertions: readonly ExplainedAssertion[];
  readonly published: readonly PublishedComparison[];
  /** Of the arms whose minimisers the claim is about, trial by trial; empty where it is about accuracies or losses only. */
  readonly training: readonly TrainedTrial[];
}

export interface ExplainedAssertion {
  readonly verdict: AssertionVerdict;
  readonly words: string;
  readonly results: readonly ExplainedResult[];
  /** How several results make one verdict; null where there is one. */
  readonly combination: string | null;
}

export interface ExplainedResult {
  readonly result: SingleResult;
  readonly samples: ExplainedSamples;
  readonly intervals: readonly ExplainedInterval[];
  /** The rule that decided. */
  readonly rule: string;
}

/** How near to a minimiser a trial came. */
export interface TrainedTrial {
  readonly arm: string;
  readonly seed: number;
  /** Mean cross-entropy in nats at the last epoch. */
  readonly trainLoss: number | null;
  /** ‖∇f‖₂ at the minimiser, where it was measured. */
  readonly gradientNorm: number | null;
}

/** @param id of the claim. @throws ClaimbenchError `unknown-claim`. */
export function explain(record: RunRecord, id: string): Explanation {
  const { claims } = record.suite;
  const claim = claims.find((each) => each.id === id);
  const names = claims.map((each) => each.id);
  if (!claim) {
    throw new ClaimbenchError("unknown-claim", `the run has no claim "${id}"${didYouMean(id, names)}`, {
      hint: `it has: ${names.join(", ")}`,
    });
  }
  const verdict = judge(record).find((each) => each.claim === id);
  if (!verdict) throw new TypeError(`no verdict on ${id}`);
  const judged = onGrounds(record, verdict);
  return {
    claim,
    verdict,
    seeds: verdict.seeds,
    confidence: verdict.confidence,
    assertions: verdict.assertions.map((each) => explainAssertion(judged, each)),
    published: comparePublished(record, verdict),
    training: trainingOf(judged, claim),
  };
}

function explainAssertion(record: RunRecord, verdict: AssertionVerdict): ExplainedAssertion {
  return {
    verdict,
    words: assertionWords(verdict.assertion, record.suite.confidence),
    results: verdict.results.map((result) => ({
      result,
      samples: explainSamples(record, verdict, result),
      intervals: explainIntervals(record, verdict, result),
      rule: ruleOf(record, verdict, result),
    })),
    combination: combinationOf(verdict),
  };
}

function combinationOf({ assertion, results }: AssertionVerdict): string | null {
  if (results.length === 1) return null;
  const { kind } = innermost(assertion);
  if (kind === "ordered") return "every neighbour must exceed the one before it: the first failure decides";
  if (kind === "maximisers-agree") return "all maximisers must lie on one side of 1; two on opposite sides refute it";
  return "each maximiser alone must give this verdict; where they disagree it is inconclusive";
}

function ruleOf(record: RunRecord, { assertion, judged }: AssertionVerdict, result: SingleResult): string {
  if (result.status === "not-measured") return "without data there is no verdict, and never a pass";
  const inner = innermost(assertion);
  const denials = denialsOf(assertion);
  const status = denials % 2 === 1 ? OPPOSITE[result.status] : result.status;
  const turned = denials === 0 ? "" : `; denied ${denials === 1 ? "once" : `${denials} times`}: ${result.status}`;
  const rule = (words: string) => `${words}: ${status}${turned}`;
  const missing = missingSeeds(record, inner.kind === "correlation" ? inner.pairs.length : 1, result.values);
  if (missing !== null) return rule(`${missing}; what is left may be biased, so nothing passes or fails`);
  if (inner.kind === "consistent") {
    return rule(`the mean lies ${status === "pass" ? "in" : "outside"} the prediction interval`);
  }
  const { effect, values } = result;
  if (judged.scale === "ratio" && usableValues("ratio", values).length < values.length) {
    return rule("a ratio takes positive values only, and not all are");
  }
  if (effect.interval === null) return rule("too few values for an interval");
  if (inner.kind === "maximisers-agree") return rule("whether this maximiser's interval lies wholly on one side of 1");
  if (inner.kind === "equivalent" && status !== "fail") {
    if (status === "pass") return rule("the interval at 2c − 1 lies wholly within the margin");
    return rule("the interval at 2c − 1 is not wholly within the margin, nor that at c wholly outside it");
  }
  if (status === "fail") return rule("the whole interval lies on the other side of the bound");
  if (status === "pass") {
    const minimum = judged.minimum === undefined ? "" : ", and the estimate reaches the declared minimum";
    return rule(`the whole interval lies on the claimed side of the bound${minimum}`);
  }
  const inside = placeOf(effect.interval, judged.region) === "inside";
  return rule(
    inside
      ? "the whole interval lies on the claimed side, but the estimate is short of the declared minimum"
      : "the interval contains the bound",
  );
}

function denialsOf(assertion: AssertionVerdict["assertion"]): number {
  return assertion.kind === "not" ? 1 + denialsOf(assertion.assertion) : 0;
}

/** @param times how many values each seed should have. */
function missingSeeds({ suite }: RunRecord, times: number, values: readonly { seed: number }[]): string | null {
  const missing = suite.seeds.filter((seed) => values.filter((each) => each.seed === seed).length < times);
  return missing.length === 0 ? null : `values are missing at ${formatSeeds(missing)}`;
}

/** Metrics that say something of the training itself. */
const CURVE_METRICS: ReadonlySet<string> = new Set(["accuracy", "loss", "step-time"]);

function trainingOf(record: RunRecord, { assertions }: Claim): TrainedTrial[] {
  const references = assertions.flatMap(operandsOf);
  return record.suite.arms.flatMap(({ name, measure }) => {
    const isMeasured = references.some(({ arm, measurement }) => {
      const metric = arm === name ? measure[measurement]?.metric : undefined;
      return metric !== undefined && !CURVE_METRICS.has(metric);
    });
    if (!isMeasured) return [];
    const gradient = Object.keys(measure).find((key) => measure[key]?.metric === "gradient-norm");
    return record.suite.seeds.flatMap((seed): TrainedTrial[] => {
      const trial = record.trials.find((each) => each.arm === name && each.seed === seed);
      const trainLoss = trial?.state === "completed" ? (trial.curve.at(-1)?.trainLoss ?? null) : null;
      const sample = record.samples.find(
        (each) => each.arm === name && each.seed === seed && each.measurement === gradient && each.at === undefined,
      );
      const gradientNorm = sample && "value" in sample ? sample.value : null;
      return trainLoss === null && gradientNorm === null ? [] : [{ arm: name, seed, trainLoss, gradientNorm }];
    });
  });
}
