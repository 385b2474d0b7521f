import type { VerdictStatus } from "../../judge/verdict.ts";
import { STATUSES, verdictWords } from "../words/verdict-words.ts";

const MOST = 40;
const STEP = 4;
const HEIGHT = 18;

/** Of each verdict, where its bar stands: passes rise, failures fall, what is open stays in the middle. */
const BARS: Readonly<Record<VerdictStatus, string>> = {
  pass: "9V2",
  fail: "9V16",
  inconclusive: "7V11",
  "not-measured": "8.5V9.5",
};

/** The newest verdicts as a row of bars, oldest first, so high that it stands in a line of text. */
export function verdictStrip(verdicts: readonly VerdictStatus[]): string {
  const shown = verdicts.slice(-MOST);
  const width = Math.max(1, shown.length) * STEP;
  const paths = STATUSES.flatMap((status) => {
    const d = shown.map((each, i) => (each === status ? `M${STEP * i + 2} ${BARS[status]}` : "")).join("");
    return d === "" ? [] : [`<path d="${d}" stroke="var(--${status})"/>`];
  });
  return `<svg class="strip" role="img" aria-label="${labelOf(shown)}" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" fill="none" stroke-width="2.5">${paths.join("")}</svg>`;
}

/** "The last 12 verdicts: 10 pass, 2 fail". */
function labelOf(verdicts: readonly VerdictStatus[]): string {
  const counts = STATUSES.map((status) => ({ status, count: verdicts.filter((each) => each === status).length }));
  const words = counts
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${verdictWords(status).words}`);
  return `The last ${verdicts.length === 1 ? "verdict" : `${verdicts.length} verdicts`}: ${words.join(", ")}`;
}
