import { operandsOf } from "../spec/operands.ts";
import type { ResolvedAssertion, RunRecord, SampleReference } from "../spec/run.types.ts";
import type { Maximiser } from "../spec/suite.types.ts";

/**
 * The maximisers that an assertion leaves open, in the suite's order: all that any operand was measured with, so that one
 * without the other shows as missing. Where it names one for an operand, the others are looked at with that one.
 *
 * @returns none where it leaves none open.
 */
export function openMaximisers(record: RunRecord, assertion: ResolvedAssertion): Maximiser[] {
  const operands = operandsOf(assertion);
  const open = operands.filter((reference) => isOpen(record, reference));
  const named = operands.flatMap(({ maximiser }) => maximiser ?? []);
  if (open.length === 0) return [];
  return [...new Set(named.length > 0 ? named : open.flatMap((reference) => measuredWith(record, reference)))];
}

/** The same reference, with this maximiser where it leaves that open. */
export function withMaximiser(record: RunRecord, reference: SampleReference, maximiser: Maximiser): SampleReference {
  return isOpen(record, reference) ? { ...reference, maximiser } : reference;
}

function isOpen(record: RunRecord, reference: SampleReference): boolean {
  return reference.maximiser === undefined && measuredWith(record, reference).length > 0;
}

function measuredWith(record: RunRecord, { arm, measurement, epsilon }: SampleReference): Maximiser[] {
  const measured = record.suite.arms.find(({ name }) => name === arm)?.measure[measurement];
  return measured && "maximiser" in measured && epsilon !== undefined ? measured.maximiser : [];
}
