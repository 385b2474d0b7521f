import { createHash } from "node:crypto";
import { classesOfParts, hardwareClass } from "../../judge/captured/hardware-class.ts";
import type { Region } from "../../judge/region.ts";
import type { AssertionVerdict, ClaimVerdict, Effect, VerdictStatus } from "../../judge/verdict.ts";
import { operandsOf } from "../../spec/operands.ts";
import type { Provenance, RunRecord } from "../../spec/run.types.ts";
import { isMeasured } from "../words/measured-result.ts";
import { type ArmSeconds, armSeconds } from "./arm-seconds.ts";

/** Of a run, what a history of many runs shows. */
export interface RunSummary {
  /** The record, as the user would type its path. */
  readonly file: string;
  /** SHA-256 of the record's bytes. */
  readonly sha256: string;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly suite: { readonly id: string; readonly title: string; readonly profile: string | null };
  /** Only runs of one class share a line. Of a merged run with parts of several classes, all of them. */
  readonly hardwareClass: string;
  /** In words: "AMD EPYC 7B13, onnx on cpu". */
  readonly machine: string;
  /** Version of claimbench, with the commit where it is known. */
  readonly program: string;
  /** Facts that may change from run to run, by name. */
  readonly settings: readonly (readonly [what: string, value: string])[];
  readonly claims: readonly ClaimSummary[];
  readonly arms: readonly ArmSeconds[];
}

export interface ClaimSummary {
  readonly claim: string;
  readonly registry: string | null;
  readonly statement: string;
  readonly status: VerdictStatus;
  readonly finding: boolean;
  readonly surrogate: boolean;
  /** Measured ones, those of the assertions that decide first. */
  readonly effects: readonly ClaimEffect[];
}

/** One effect of a claim. */
export interface ClaimEffect {
  /** Equal in every run that measured the same effect, whatever bound it was held against. */
  readonly key: string;
  /** "LB / SB, sharpness, ε 0.001, scaled". */
  readonly label: string;
  readonly effect: Effect;
  /** Where its interval must lie; null where the effect stands in for one on another scale. */
  readonly region: Region | null;
  readonly minimum: number | null;
  /** Whether it is denied that the interval lies there. */
  readonly negated: boolean;
}

/**
 * @param verdicts of `judge(record)`.
 * @param source the record's file and the SHA-256 of its bytes.
 */
export function summariseRun(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  source: { readonly file: string; readonly sha256: string },
): RunSummary {
  const { run, suite, provenance } = record;
  const claims = new Map(suite.claims.map((claim) => [claim.id, claim]));
  const classes = classesOfParts(record);
  const own = hardwareClass(provenance);
  const [model] = own.facts;
  const { engine } = provenance;
  return {
    ...source,
    id: run.id,
    startedAt: run.startedAt,
    durationSeconds: run.durationSeconds,
    suite: { id: suite.id, title: suite.title || suite.id, profile: suite.profile ?? null },
    hardwareClass: classes.length > 1 ? classes.toSorted().join(" + ") : own.id,
    machine:
      classes.length > 1
        ? `Merged from ${classes.length} classes of hardware`
        : `${model?.value ?? "unknown"}, ${engine.name} on ${engine.device}`,
    program: programOf(provenance),
    settings: settingsOf(record),
    claims: verdicts.map((verdict) => {
      const { claim: id, status, finding, surrogate } = verdict;
      const claim = claims.get(id);
      const statement = claim?.statement || id;
      return {
        claim: id,
        registry: claim?.registry ?? null,
        statement,
        status,
        finding,
        surrogate,
        effects: effectsOf(verdict),
      };
    }),
    arms: armSeconds(record),
  };
}

function effectsOf({ status, assertions }: ClaimVerdict): ClaimEffect[] {
  const deciding = assertions.filter((each) => each.status === status);
  const others = assertions.filter((each) => each.status !== status);
  return [...deciding, ...others].flatMap(effectsOfAssertion);
}

function effectsOfAssertion({ assertion, judged, results }: AssertionVerdict): ClaimEffect[] {
  const operands = operandsOf(assertion);
  const epsilons = [...new Set(operands.flatMap(({ epsilon }) => epsilon ?? []))];
  const negated = assertion.kind === "not";
  return results.filter(isMeasured).map(({ effect, label, maximiser }) => ({
    key: keyOf([judged.subject, effect.scale, operands, label ?? null, maximiser ?? null]),
    label: [
      `${negated ? "not: " : ""}${judged.subject}`,
      ...(epsilons.length === 0 ? [] : [`ε ${epsilons.join(" and ")}`]),
      ...(label === undefined ? [] : [label]),
      ...(maximiser === undefined ? [] : [maximiser]),
    ].join(", "),
    effect,
    region: effect.scale === judged.scale ? judged.region : null,
    minimum: effect.scale === judged.scale ? (judged.minimum ?? null) : null,
    negated,
  }));
}

/** Short, since hundreds of runs may be kept. */
function keyOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}

function programOf({ claimbench: { version, gitCommit } }: Provenance): string {
  return gitCommit === undefined ? version : `${version} (${gitCommit})`;
}

function settingsOf({ suite, provenance }: RunRecord): RunSummary["settings"] {
  const { engine, node, workers, threadsPerWorker, dataSets } = provenance;
  return [
    ["claimbench", programOf(provenance)],
    ["suite file", suite.sha256],
    ["seeds", String(suite.seeds.length)],
    ["confidence", String(suite.confidence)],
    ["runtime", engine.version],
    ["precision", engine.precision],
    ["Node", node],
    ["workers", String(workers)],
    ["threads per worker", String(threadsPerWorker)],
    ["data files", dataSets.map(({ name, sha256 }) => `${name} ${sha256}`).join(", ")],
  ];
}
