import type { BaselineComparison } from "../../judge/captured/compare.ts";
import { operandsOf } from "../../spec/operands.ts";
import type { Claim, SampleReference } from "../../spec/run.types.ts";
import type { ReportedSuite } from "./reported-suite.ts";

/** What drifted, by claim that is gated, and what no such claim reads. In sentences. */
export interface Drift {
  readonly byClaim: ReadonlyMap<string, readonly string[]>;
  readonly others: readonly string[];
}

/** A claim drifted where its verdict changed, or a value deviates that it reads. */
export function driftOf({ record, baseline }: Pick<ReportedSuite, "record" | "baseline">): Drift {
  const { comparison } = baseline ?? {};
  if (baseline?.status !== "drifted" || comparison === undefined) return { byClaim: new Map(), others: [] };
  const byClaim = new Map<string, string[]>();
  const add = (claim: string, reason: string) => byClaim.set(claim, [...(byClaim.get(claim) ?? []), reason]);
  for (const { claim, captured, now, finding, reason } of comparison.verdictChanges) {
    if (!finding) add(claim, `${captured} → ${now}: ${reason}`);
  }
  const gated = record.suite.claims.filter(({ finding }) => !finding);
  const others: string[] = [];
  for (const { quantity, reason } of comparison.deviations) {
    const readers = gated.filter((claim) => reads(claim, quantity, comparison));
    for (const { id } of readers) add(id, `${quantity}: ${reason}`);
    if (readers.length === 0) others.push(`${quantity}: ${reason}`);
  }
  return { byClaim, others };
}

function reads(claim: Claim, quantity: string, comparison: BaselineComparison): boolean {
  const reference = comparison.quantities.find((compared) => compared.quantity === quantity)?.reference;
  const operands = claim.assertions.flatMap(operandsOf);
  // Of a quantity that has no value any more there is only the name.
  if (reference === undefined) return operands.some(({ arm, measurement }) => isOf(quantity, `${arm}.${measurement}`));
  return operands.some((operand) => covers(operand, reference));
}

function isOf(quantity: string, name: string): boolean {
  return quantity === name || quantity.startsWith(`${name}[`);
}

/** An operand stands for all that it does not tell apart, such as every maximiser. */
function covers(operand: SampleReference, reference: SampleReference): boolean {
  return (
    operand.arm === reference.arm &&
    operand.measurement === reference.measurement &&
    (["epsilon", "maximiser", "part", "at"] as const).every(
      (key) => operand[key] === undefined || operand[key] === reference[key],
    )
  );
}
