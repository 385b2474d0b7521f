import { didYouMean } from "./nearest.ts";
import type { SampleReference } from "./run.types.ts";
import type { Maximiser } from "./suite.types.ts";

export const MAXIMISERS = ["paper-literal", "scaled", "sign-ascent"] as const satisfies Maximiser[];

/**
 * Takes a reference such as `LB.sharpness[0.001,scaled]` apart; its form is already checked by the schema.
 *
 * @returns the reference, or in words what is wrong within the brackets.
 */
export function parseReference(text: string): SampleReference | string {
  const match = /^([^.]+)\.([^[]+)(?:\[([^\]]+)\])?$/.exec(text);
  const [, arm = "", measurement = "", options] = match ?? [];
  if (options === undefined) return { arm, measurement };
  const [size = "", maximiser, ...more] = options.split(",").map((word) => word.trim());
  const epsilon = Number(size);
  if (!(epsilon > 0) || more.length > 0) return `"${text}": expected [ε] or [ε,maximiser], such as [0.001,scaled]`;
  if (maximiser === undefined) return { arm, measurement, epsilon };
  if (!isMaximiser(maximiser))
    return `"${text}": unknown maximiser "${maximiser}"${didYouMean(maximiser, MAXIMISERS)} (known: ${MAXIMISERS.join(", ")})`;
  return { arm, measurement, epsilon, maximiser };
}

function isMaximiser(word: string): word is Maximiser {
  return (MAXIMISERS as readonly string[]).includes(word);
}
