import { isDeepStrictEqual } from "node:util";
import type { JsonPath, JsonSource } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import type { Problems } from "./problems.ts";
import { parseReference } from "./reference.ts";
import type { ResolvedAssertion, Claim as ResolvedClaim, SampleReference } from "./run.types.ts";
import type { Assertion, Claim, Reference } from "./suite.types.ts";
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
  const published = claim.published === undefined ? [] : [claim.published].flat();
  const fill = (text: string) => fillAxes(text, variant.axes);
  return {
    id: id + suffix(variant.axes),
    statement: fill(claim.statement),
    source: fill(claim.source),
    ...(claim.registry === undefined ? {} : { registry: claim.registry }),
    assertions: [first, ...rest],
    published: published.map(fill),
    ...(claim.note === undefined ? {} : { note: fill(claim.note) }),
    line,
  };
}

/** @param path from the claim's assertions on. */
type Report = (path: JsonPath, message: string) => void;

function resolveAssertion(
  assertion: Assertion,
  variant: SuiteVariant,
  path: JsonPath,
  report: Report,
): ResolvedAssertion | undefined {
  const read = (text: string, ...place: (string | number)[]) =>
    resolveReference(text, variant, [...path, ...place], report);
  // Compared taken apart: [0.001] and [1e-3] are the same samples.
  const distinct = (text: Reference, first?: SampleReference, second?: SampleReference | number) => {
    if (first && isDeepStrictEqual(first, second)) report(path, `both sides are ${text}`);
  };
  if ("greater" in assertion || "less" in assertion) {
    const kind = "greater" in assertion ? "greater" : "less";
    const [left, right] = "greater" in assertion ? assertion.greater : assertion.less;
    const first = read(left, kind, 0);
    const second = typeof right === "string" ? read(right, kind, 1) : right;
    distinct(left, first, second);
    if (!first || second === undefined) return undefined;
    return { kind, first, second, ...(assertion.atLeast === undefined ? {} : { atLeast: assertion.atLeast }) };
  }
  if ("within" in assertion) {
    const { within, range } = assertion;
    const [lowest, highest] = range;
    if (lowest > highest) report([...path, "range"], `the range starts at ${lowest} and ends at ${highest}, below it`);
    if (typeof within === "string") {
      const first = read(within, "within");
      return first && { kind: "within", first, lowest, highest };
    }
    const [first, second] = [read(within[0], "within", 0), read(within[1], "within", 1)];
    distinct(within[0], first, second);
    return first && second && { kind: "within", first, second, lowest, highest };
  }
  const kind = "ratio" in assertion ? "ratio" : "difference";
  const pair = "ratio" in assertion ? assertion.ratio : assertion.difference;
  const [first, second] = [read(pair[0], kind, 0), read(pair[1], kind, 1)];
  distinct(pair[0], first, second);
  if (assertion.atLeast !== undefined && assertion.atLeast < assertion.above) {
    report(
      [...path, "atLeast"],
      `the smallest effect that counts, ${assertion.atLeast}, is below the bound, ${assertion.above}`,
    );
  }
  if (!first || !second) return undefined;
  const { above, atLeast } = assertion;
  return { kind, first, second, above, ...(atLeast === undefined ? {} : { atLeast }) };
}

function resolveReference(
  text: string,
  variant: SuiteVariant,
  path: JsonPath,
  report: Report,
): SampleReference | undefined {
  const reference = parseReference(text);
  if (typeof reference === "string") {
    report(path, reference);
    return undefined;
  }
  const { arm, measurement: id, epsilon, maximiser } = reference;
  const measurement = Object.hasOwn(variant.measure, id) ? variant.measure[id] : undefined;
  if (!Object.hasOwn(variant.arms, arm)) {
    report(path, `"${text}": there is no arm "${arm}"${didYouMean(arm, Object.keys(variant.arms))}`);
    return undefined;
  }
  if (!measurement) {
    report(path, `"${text}": there is no measurement "${id}"${didYouMean(id, Object.keys(variant.measure))}`);
    return undefined;
  }
  const resolved = { ...reference, arm: arm + suffix(variant.axes) };
  if (measurement.metric !== "sharpness") {
    if (epsilon === undefined) return resolved;
    report(path, `"${text}": "${id}" measures ${measurement.metric}, which has no ε; write ${arm}.${id}`);
    return undefined;
  }
  const [only, ...more] = measurement.epsilon;
  if (epsilon === undefined && more.length > 0) {
    report(
      path,
      `"${text}": "${id}" is measured at several ε; write ${arm}.${id}[${only}] or another of ${measurement.epsilon.join(", ")}`,
    );
    return undefined;
  }
  if (epsilon !== undefined && !measurement.epsilon.includes(epsilon)) {
    report(path, `"${text}": "${id}" is not measured at ε = ${epsilon}, only at ${measurement.epsilon.join(", ")}`);
    return undefined;
  }
  if (maximiser !== undefined && !measurement.maximiser.includes(maximiser)) {
    report(path, `"${text}": "${id}" is not measured with ${maximiser}, only with ${measurement.maximiser.join(", ")}`);
    return undefined;
  }
  return { ...resolved, epsilon: epsilon ?? only };
}
