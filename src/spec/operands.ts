import type { ResolvedAssertion, SampleReference } from "./run.types.ts";

/** The samples that an assertion is about, in the order they are named. */
export function operandsOf(assertion: ResolvedAssertion): SampleReference[] {
  switch (assertion.kind) {
    case "not":
      return operandsOf(assertion.assertion);
    case "combination":
      return assertion.terms.map(({ of }) => of);
    case "ordered":
    case "trend":
    case "change-point":
      return [...assertion.of];
    case "no-decay":
    case "consistent":
      return [assertion.of];
    case "correlation":
      return assertion.pairs.flatMap(({ first, second }) => [first, second]);
    default: {
      const { first, second } = assertion;
      return second === undefined || typeof second === "number" ? [first] : [first, second];
    }
  }
}

/** What is denied, however often; the assertion itself where nothing is. */
export function innermost(assertion: ResolvedAssertion): Exclude<ResolvedAssertion, { kind: "not" }> {
  return assertion.kind === "not" ? innermost(assertion.assertion) : assertion;
}

/** The same assertion about other samples. */
export function mapOperands(
  assertion: ResolvedAssertion,
  change: (reference: SampleReference) => SampleReference,
): ResolvedAssertion {
  switch (assertion.kind) {
    case "not":
      return { ...assertion, assertion: mapOperands(assertion.assertion, change) };
    case "combination":
      return { ...assertion, terms: mapAll(assertion.terms, (term) => ({ ...term, of: change(term.of) })) };
    case "ordered":
      return { ...assertion, of: mapAll(assertion.of, change) };
    case "trend":
      return { ...assertion, of: mapAll(assertion.of, change) };
    case "change-point":
      return { ...assertion, of: mapAll(assertion.of, change) };
    case "no-decay":
    case "consistent":
      return { ...assertion, of: change(assertion.of) };
    case "correlation": {
      const changed = ({ first, second }: (typeof assertion.pairs)[number]) => ({
        first: change(first),
        second: change(second),
      });
      return { ...assertion, pairs: mapAll(assertion.pairs, changed) };
    }
    case "greater":
    case "less": {
      const { second } = assertion;
      return {
        ...assertion,
        first: change(assertion.first),
        second: typeof second === "number" ? second : change(second),
      };
    }
    case "within": {
      const { second } = assertion;
      return { ...assertion, first: change(assertion.first), ...(second ? { second: change(second) } : {}) };
    }
    default:
      return { ...assertion, first: change(assertion.first), second: change(assertion.second) };
  }
}

/** As many as there were. */
function mapAll<Item, List extends readonly Item[]>(list: List & readonly Item[], change: (item: Item) => Item): List {
  return list.map(change) as readonly Item[] as List;
}
