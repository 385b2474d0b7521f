import { ClaimbenchError } from "./error.ts";
import { operandsOf } from "./operands.ts";
import type { Arm, SampleReference, Suite } from "./run.types.ts";

const MOST_LISTED = 20;

/**
 * Keeps the claims that a filter names, and the arms and measurements they need.
 *
 * @param filter words with commas between (those within brackets belong to a name: gap[F1,adam]); a claim is kept whose
 * id contains one or whose registry number is one.
 * @throws ClaimbenchError `filter-matches-nothing`.
 */
export function filterSuite(suite: Suite, filter: string): Suite {
  const words = wordsOf(filter);
  const claims = suite.claims.filter((claim) => words.some((word) => matches(claim, word)));
  if (claims.length === 0) {
    const known = suite.claims.map(({ id, registry }) => (registry ? `${id} (${registry})` : id));
    const more = known.length - MOST_LISTED;
    throw new ClaimbenchError("filter-matches-nothing", `no claim of ${suite.id} matches "${filter}"`, {
      hint: `claims: ${known.slice(0, MOST_LISTED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    });
  }
  const references = claims.flatMap(({ assertions }) => assertions.flatMap(operandsOf));
  const needed = new Set(references.map(({ arm }) => arm));
  for (const name of needed) {
    const arm = suite.arms.find((each) => each.name === name);
    if (!arm) continue;
    const { stop, start } = arm.regime;
    if ("updatesOf" in stop) needed.add(stop.updatesOf);
    if (start) needed.add(start.arm);
    for (const measurement of Object.values(neededMeasurements(arm, references))) {
      if (measurement.metric === "path") needed.add(measurement.from);
    }
  }
  const arms = suite.arms
    .filter(({ name }) => needed.has(name))
    .map((arm) => ({ ...arm, measure: neededMeasurements(arm, references) }));
  return { ...suite, claims, arms };
}

/** @returns words of a filter that match none of the claims. */
export function unmatchedWords(filter: string, claims: Suite["claims"]): string[] {
  return wordsOf(filter).filter((word) => !claims.some((claim) => matches(claim, word)));
}

function wordsOf(filter: string): string[] {
  return filter
    .toLowerCase()
    .split(/,(?![^[\]]*\])/)
    .map((word) => word.trim())
    .filter(Boolean);
}

function matches({ id, registry }: Suite["claims"][number], word: string): boolean {
  return id.toLowerCase().includes(word) || registry?.toLowerCase() === word;
}

function neededMeasurements({ name, measure }: Arm, references: readonly SampleReference[]): Arm["measure"] {
  const isNeeded = (id: string) =>
    references.some((reference) => reference.arm === name && reference.measurement === id);
  return Object.fromEntries(Object.entries(measure).filter(([id]) => isNeeded(id)));
}
