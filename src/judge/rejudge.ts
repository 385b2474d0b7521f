import { isDeepStrictEqual } from "node:util";
import { ClaimbenchError } from "../spec/error.ts";
import { operandsOf } from "../spec/operands.ts";
import type { Arm, Claim, RunRecord, SampleReference, Suite } from "../spec/run.types.ts";
import { formatReference } from "./criterion.ts";
import { judge } from "./judge.ts";
import type { ClaimVerdict } from "./verdict.ts";

/** A record judged by its own claims and by those of a changed suite. */
export interface Rejudged {
  readonly was: readonly ClaimVerdict[];
  readonly now: readonly ClaimVerdict[];
  /** The record with the changed claims. */
  readonly record: RunRecord;
  readonly differences: readonly SpecDifference[];
}

type Multiplicity = NonNullable<Suite["multiplicity"]>;

/** What the changed suite says otherwise. Claims are told by their id. */
export type SpecDifference =
  | { readonly kind: "confidence"; readonly was: number; readonly now: number }
  | { readonly kind: "multiplicity"; readonly was: Multiplicity; readonly now: Multiplicity }
  | { readonly kind: "added" | "removed"; readonly claim: string }
  | { readonly kind: "changed"; readonly claim: string; readonly changes: readonly ClaimChange[] };

/** Of an assertion in symbols, or of another part of the claim; null where there was, or is, none. */
export interface ClaimChange {
  readonly part: "assertion" | "statement" | "finding" | "published";
  readonly was: string | null;
  readonly now: string | null;
}

/**
 * Judges a record by the claims, the confidence and the multiplicity of a changed suite; its trials, samples and seeds stay.
 *
 * @param changed at the profile the record was run at.
 * @param published entries that the changed claims point at.
 * @throws ClaimbenchError `record-lacks` where a claim is about what the record has not, or has of another training.
 */
export function rejudge(record: RunRecord, changed: Suite, published: RunRecord["published"] = {}): Rejudged {
  const missing = missingFrom(record, changed);
  if (missing.length > 0) {
    throw new ClaimbenchError(
      "record-lacks",
      `the claims of ${changed.id} need what the record has not: ${missing.join("; ")}`,
      { hint: "run the changed suite: what is in the store is taken from there" },
    );
  }
  const { claims, confidence, multiplicity = "none" } = changed;
  const rejudged: RunRecord = {
    ...record,
    suite: { ...record.suite, claims, confidence, multiplicity },
    published: { ...record.published, ...published },
  };
  const was = judge(record);
  const now = judge(rejudged);
  return { was, now, record: rejudged, differences: differencesOf(record, rejudged, was, now) };
}

/** What the claims of a suite are about and a record does not hold, in words; empty where it holds all. */
export function missingFrom(record: RunRecord, changed: Suite): string[] {
  const references = changed.claims.flatMap(({ assertions }) => assertions.flatMap(operandsOf));
  const missing = references.flatMap((reference) => {
    const arm = record.suite.arms.find(({ name }) => name === reference.arm);
    if (!arm) return [`there is no arm ${reference.arm}`];
    const wanted = changed.arms.find(({ name }) => name === reference.arm);
    const otherwise = wanted ? trainedOtherwise(arm, wanted) : [];
    if (otherwise.length > 0) return [`${arm.name} has another ${otherwise.join(", another ")}`];
    return lacks(record, arm, wanted, reference) ?? [];
  });
  return [...new Set(missing)];
}

function trainedOtherwise(arm: Arm, wanted: Arm): string[] {
  return (["network", "data", "regime"] as const).filter((part) => !isDeepStrictEqual(arm[part], wanted[part]));
}

function lacks({ samples }: RunRecord, arm: Arm, wanted: Arm | undefined, reference: SampleReference): string | null {
  const { measurement, epsilon, maximiser, part, at } = reference;
  const measured = arm.measure[measurement];
  const name = formatReference(reference);
  if (!measured) return `${name} was not measured`;
  const asWanted = wanted?.measure[measurement];
  if (asWanted && !isDeepStrictEqual(settingsOf(measured), settingsOf(asWanted))) {
    return `${arm.name}.${measurement} was measured in another way`;
  }
  const given = [
    epsilon === undefined || ("epsilon" in measured && (measured.epsilon as readonly number[]).includes(epsilon)),
    maximiser === undefined || ("maximiser" in measured && measured.maximiser.includes(maximiser)),
  ];
  if (given.includes(false)) return `${name} was not measured`;
  if (part === undefined && at === undefined) return null;
  const own = samples.filter((sample) => sample.arm === arm.name && sample.measurement === measurement);
  const values = own.filter((sample) => "value" in sample);
  // Where nothing was measured the samples say why, and the verdict repeats it.
  if (values.length === 0 && own.length > 0) return null;
  return values.some((sample) => sample.part === part && sample.at === at) ? null : `${name} was not measured`;
}

/** Of a measurement, but for the lists that a reference picks from. */
function settingsOf(measurement: Arm["measure"][string]): object {
  return Object.fromEntries(
    Object.entries(measurement).filter(([key]) => !["epsilon", "maximiser", "arms"].includes(key)),
  );
}

function differencesOf(
  record: RunRecord,
  changed: RunRecord,
  was: readonly ClaimVerdict[],
  now: readonly ClaimVerdict[],
): SpecDifference[] {
  const before = new Map(record.suite.claims.map((claim, i) => [claim.id, { claim, verdict: was[i] }]));
  const after = new Map(changed.suite.claims.map((claim, i) => [claim.id, { claim, verdict: now[i] }]));
  const confidence = { was: record.suite.confidence, now: changed.suite.confidence };
  const multiplicity = { was: record.suite.multiplicity ?? "none", now: changed.suite.multiplicity ?? "none" };
  return [
    ...(confidence.was === confidence.now ? [] : [{ kind: "confidence" as const, ...confidence }]),
    ...(multiplicity.was === multiplicity.now ? [] : [{ kind: "multiplicity" as const, ...multiplicity }]),
    ...[...before.keys()].filter((id) => !after.has(id)).map((claim) => ({ kind: "removed" as const, claim })),
    ...[...after].flatMap(([id, { claim, verdict }]): SpecDifference[] => {
      const old = before.get(id);
      if (!old?.verdict || !verdict) return [{ kind: "added", claim: id }];
      const changes = changesOf(old.claim, claim, expressionsOf(old.verdict), expressionsOf(verdict));
      return changes.length === 0 ? [] : [{ kind: "changed", claim: id, changes }];
    }),
  ];
}

function expressionsOf({ assertions }: ClaimVerdict): string[] {
  return assertions.map(({ expression }) => expression);
}

/** @param wasWords, nowWords assertions in symbols. */
function changesOf(was: Claim, now: Claim, wasWords: readonly string[], nowWords: readonly string[]): ClaimChange[] {
  const gone = was.assertions.flatMap((each, i) => (isIn(each, now.assertions) ? [] : [wasWords[i] ?? ""]));
  const come = now.assertions.flatMap((each, i) => (isIn(each, was.assertions) ? [] : [nowWords[i] ?? ""]));
  const assertions = Array.from({ length: Math.max(gone.length, come.length) }, (_, i) => ({
    part: "assertion" as const,
    was: gone[i] ?? null,
    now: come[i] ?? null,
  }));
  const finding = { was: was.finding ? "finding" : null, now: now.finding ? "finding" : null };
  const published = { was: was.published.join(", ") || null, now: now.published.join(", ") || null };
  const parts: ClaimChange[] = [
    { part: "statement", was: was.statement, now: now.statement },
    { part: "finding", ...finding },
    { part: "published", ...published },
  ];
  return [...assertions, ...parts.filter((part) => part.was !== part.now)];
}

function isIn(assertion: Claim["assertions"][number], assertions: Claim["assertions"]): boolean {
  return assertions.some((other) => isDeepStrictEqual(other, assertion));
}
