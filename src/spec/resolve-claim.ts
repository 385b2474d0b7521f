import type { JsonSource } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import { innermost } from "./operands.ts";
import type { Problems } from "./problems.ts";
import { type Report, resolveAssertion } from "./resolve-assertion.ts";
import type { ResolvedAssertion, Claim as ResolvedClaim } from "./run.types.ts";
import type { Claim } from "./suite.types.ts";
import { fillAxes, type SuiteVariant, suffix } from "./variants.ts";

/** Claims of one variant with their assertions taken apart; what is wrong goes to `problems` and the claim is left out. */
export function resolveClaims(variant: SuiteVariant, json: JsonSource, problems: Problems): ResolvedClaim[] {
  return Object.keys(variant.claims).flatMap((id) => {
    const places = variant.origins.map((origin) => [...origin, "claims", id]);
    const first = places.findLast((path) => json.has(path)) ?? [];
    return resolveClaim(id, variant, json.locate(first, "key").line, problems) ?? [];
  });
}

function resolveClaim(id: string, variant: SuiteVariant, line: number, problems: Problems): ResolvedClaim | undefined {
  const claim = variant.claims[id] as Claim;
  const missing = (["statement", "source", "assert"] as const).filter((key) => claim[key] === undefined);
  if (missing.length > 0) {
    const others = Object.keys(variant.claims).filter((other) => other !== id);
    const message = `claim ${id} lacks ${missing.join(", ")}${didYouMean(id, others)}`;
    problems.addAt(
      variant.origins.map((origin) => [...origin, "claims", id]),
      message,
      "key",
    );
    return undefined;
  }
  const add: Report = (path, message) =>
    problems.addAt(
      variant.origins.map((origin) => [...origin, "claims", id, "assert", ...path]),
      message,
    );
  const assertions = claim.assert.flatMap((assertion, i) => resolveAssertion(assertion, variant, [i], add) ?? []);
  const [first, ...rest] = assertions;
  if (!first || assertions.length < claim.assert.length) return undefined;
  const fill = (text: string) => fillAxes(text, variant.axes);
  const published = (claim.published === undefined ? [] : [claim.published].flat()).map(fill);
  return {
    id: id + suffix(variant.axes),
    statement: fill(claim.statement),
    source: fill(claim.source),
    ...(claim.registry === undefined ? {} : { registry: claim.registry }),
    assertions: [first, ...rest],
    // What an assertion compares with must be in the record, too.
    published: [...new Set([...published, ...assertions.flatMap(pointersOf)])],
    ...(claim.finding ? { finding: true as const } : {}),
    ...(claim.note === undefined ? {} : { note: fill(claim.note) }),
    line,
  };
}

function pointersOf(assertion: ResolvedAssertion): string[] {
  const inner = innermost(assertion);
  return inner.kind === "consistent" ? [inner.pointer] : [];
}
