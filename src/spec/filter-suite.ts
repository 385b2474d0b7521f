import { ClaimbenchError } from "./error.ts";
import type { Arm, Claim, SampleReference, Suite } from "./run.types.ts";

const MOST_LISTED = 20;

/**
 * Keeps the claims that a filter names, and the arms and measurements they need.
 *
 * @param filter words with commas between (those within brackets belong to a name: gap[F1,adam]); a claim is kept whose
 * id contains one or whose registry number is one.
 * @throws ClaimbenchError `filter-matches-nothing`.
 */
export function filterSuite(suite: Suite, filter: string): Suite {
  const words = filter
    .toLowerCase()
    .split(/,(?![^[\]]*\])/)
    .map((word) => word.trim())
    .filter(Boolean);
  const claims = suite.claims.filter(({ id, registry }) =>
    words.some((word) => id.toLowerCase().includes(word) || registry?.toLowerCase() === word),
  );
  if (claims.length === 0) {
    const known = suite.claims.map(({ id, registry }) => (registry ? `${id} (${registry})` : id));
    const more = known.length - MOST_LISTED;
    throw new ClaimbenchError("filter-matches-nothing", `no claim of ${suite.id} matches "${filter}"`, {
      hint: `claims: ${known.slice(0, MOST_LISTED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    });
  }
  const references = claims.flatMap(referencesOf);
  const needed = new Set(references.map(({ arm }) => arm));
  for (const name of needed) {
    const regime = suite.arms.find((arm) => arm.name === name)?.regime;
    if (regime && "updatesOf" in regime.stop) needed.add(regime.stop.updatesOf);
    if (regime?.start) needed.add(regime.start.arm);
  }
  const arms = suite.arms
    .filter(({ name }) => needed.has(name))
    .map((arm) => ({ ...arm, measure: neededMeasurements(arm, references) }));
  return { ...suite, claims, arms };
}

function neededMeasurements({ name, measure }: Arm, references: readonly SampleReference[]): Arm["measure"] {
  const isNeeded = (id: string) =>
    references.some((reference) => reference.arm === name && reference.measurement === id);
  return Object.fromEntries(Object.entries(measure).filter(([id]) => isNeeded(id)));
}

function referencesOf(claim: Claim): SampleReference[] {
  return claim.assertions.flatMap((assertion) => {
    const second: SampleReference | number | undefined = "second" in assertion ? assertion.second : undefined;
    return [assertion.first, ...(typeof second === "object" ? [second] : [])];
  });
}
