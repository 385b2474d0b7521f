import { formatCount } from "../../judge/wording.ts";
import type { Arm, RunRecord } from "../../spec/run.types.ts";
import { plainName } from "../arms.ts";
import { formatWhole, listWords } from "../words/quantities.ts";
import { optimizerWords, scheduleWords, specialWords, stopWords } from "./regime-words.ts";
import { usualOf } from "./usual.ts";

/** More arms than this are described by what they share; the table of arms has the rest. */
const MOST_ARMS = 8;

/** What arms share is told once, what tells them apart arm by arm. */
export function armSentences({ suite: { arms } }: RunRecord): string {
  const facts = FACTS.map((fact) => {
    const words = arms.map(({ regime }) => fact(regime));
    return { words, usual: usualOf(words) };
  });
  const usual = facts.flatMap(({ usual: each }) => each || []);
  const own = new Set(
    arms.map(({ name }, i) => {
      const told = facts.flatMap(({ words, usual: each }) => (words[i] === each ? [] : words[i] || []));
      return told.length === 0 ? plainName(name) : `${plainName(name)} (${told.join("; ")})`;
    }),
  );
  const count = formatCount(arms.length, "arm");
  // The variants of a matrix are told by their networks above.
  const variants = own.size === arms.length ? "" : ", for every variant of the matrix";
  const which =
    own.size > MOST_ARMS
      ? `${count}, which the table of arms tells apart`
      : `${count}: ${listWords([...own], MOST_ARMS)}${variants}`;
  const unanimous = facts.every(({ words, usual: each }) => !each || words.every((word) => word === each));
  const whom =
    arms.length === 1
      ? "It is trained with"
      : unanimous
        ? "All are trained with"
        : "Unless said otherwise they are trained with";
  const together = usual.length === 0 ? "" : ` ${whom} ${usual.join("; ")}.`;
  return `There ${arms.length === 1 ? "is" : "are"} ${which}.${together}`;
}

const FACTS: readonly ((regime: Arm["regime"]) => string)[] = [
  ({ batch, lastBatch, microBatch, ghostBatchNorm }) =>
    [
      `batches of ${typeof batch === "number" ? formatWhole(batch) : `${batch} of the training samples`}`,
      ...(lastBatch === "drop" ? ["the last short one dropped"] : []),
      ...(microBatch === undefined ? [] : [`in micro-batches of at most ${formatWhole(microBatch)}`]),
      ...(ghostBatchNorm ? ["batch normalisation over each of these"] : []),
    ].join(", "),
  (regime) => optimizerWords(regime.optimizer) + scheduleWords(regime.schedule),
  ({ stop }) => ("epochs" in stop ? formatCount(stop.epochs, "epoch") : `an end ${stopWords(stop)}`),
  (regime) => specialWords(regime),
  ({ start }) => (start ? `a start from ${start.arm} after epoch ${start.epoch}` : ""),
];

/** How often each arm was trained, and what arms share at one seed. */
export function seedSentence({ suite: { seeds, arms }, trials }: RunRecord): string {
  // Seeds are added to the arms of undecided claims only.
  const counts = arms.map(({ name }) => new Set(trials.flatMap(({ arm, seed }) => (arm === name ? [seed] : []))).size);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const each = least === most ? formatCount(most, "seed") : `${least} to ${most} seeds`;
  const trained = `Each was trained once at each of ${each}, ${formatCount(trials.length, "trial")} in all. Seeds: ${seeds.join(", ")}.`;
  return arms.length === 1
    ? trained
    : `${trained} At one seed, arms of equal networks start from the same weights and share the seed of their data order, so they are compared seed by seed.`;
}
