import type { BaselineComparison } from "../../judge/captured/compare.ts";

const MOST_LINES = 20;

/** A comparison with a captured baseline as text: the summary, then what changed, and what there is to know. */
export function baselineText({
  summary,
  level,
  verdictChanges,
  deviations,
  differences,
  notes,
}: BaselineComparison): string {
  const values = deviations.map(({ quantity, reason }) => `  ${quantity}: ${reason}`);
  const left = values.length - MOST_LINES;
  return lines([
    `baseline: ${summary}`,
    ...verdictChanges.map(
      ({ claim, captured, now, finding, reason }) =>
        `  ${finding ? "finding" : "claim"} ${claim}: ${captured} → ${now}: ${reason}`,
    ),
    ...values.slice(0, MOST_LINES),
    ...(left > 0 ? [`  and ${left} more (--json has them all)`] : []),
    ...(level === "none" ? [] : differences.map((difference) => `  differs: ${difference}`)),
    ...notes.map((note) => `  ${note}`),
  ]);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
