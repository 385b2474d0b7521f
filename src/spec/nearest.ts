import { distance } from "fastest-levenshtein";

const LONGEST = 64;

/** The word most like `word`, when it is near enough to be what was meant. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of words) {
    const changes = misspelling(word.toLowerCase(), candidate.toLowerCase());
    if (changes !== undefined && changes < least) {
      least = changes;
      best = candidate;
    }
  }
  return best;
}

/** `; did you mean "…"?`, or nothing. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const found = nearest(word, words);
  return found === undefined ? "" : `; did you mean "${found}"?`;
}

/** How many changes lead from one to the other, if so few that it is a slip: one in a short word, a third of a long one. */
function misspelling(word: string, meant: string): number | undefined {
  const changes = distance(word, meant);
  const slip = Math.max(word.length < 5 ? 1 : 2, Math.floor(word.length / 3));
  const cutShort = word.length >= 3 && meant.startsWith(word);
  const swapped = word.length >= 3 && sorted(word) === sorted(meant);
  return (changes <= slip && changes < meant.length) || cutShort || swapped ? changes : undefined;
}

function sorted(word: string): string {
  return [...word].sort().join("");
}
