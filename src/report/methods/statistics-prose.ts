import { lookSchedule } from "../../judge/looks.ts";
import { formatPercent } from "../../judge/wording.ts";
import type { ResolvedAssertion, RunRecord } from "../../spec/run.types.ts";
import { listWords } from "../words/quantities.ts";
import { capitalise } from "../words/sentence.ts";

/** How the claims were judged: what each kind of assertion rests on, the rule, and what bounds the error. */
export function statisticsSentences(record: RunRecord): string {
  const { claims, arms } = record.suite;
  if (claims.length === 0) return "";
  const several = arms.some(({ measure }) =>
    Object.values(measure).some((each) => "maximiser" in each && each.maximiser.length > 1),
  );
  return [
    ...kindSentence(record),
    "A claim passes where every interval lies wholly on the claimed side and every declared minimum is reached, fails where one lies wholly on the other side, and is inconclusive otherwise; a seed without a value makes it inconclusive at best.",
    ...(several ? ["Where several maximisers were used, all must say the same."] : []),
    ...lookSentence(record),
    ...multiplicitySentence(record),
  ].join(" ");
}

/** Assertions of one kind are told once. */
function kindSentence({ suite: { claims, confidence } }: RunRecord): string[] {
  const kinds = new Set(claims.flatMap(({ assertions }) => assertions.map(kindOf)));
  const level = formatPercent(confidence);
  const told: string[] = [];
  if ([...kinds].some((kind) => MEAN_KINDS.has(kind))) {
    told.push(
      `each seed gives one number, a difference or the logarithm of a ratio; intervals of their mean are Student's t at ${level}, so a ratio is a geometric mean`,
    );
  }
  if (kinds.has("equivalent"))
    told.push(`equivalence is two one-sided tests at ${formatPercent(1 - confidence)} each (Schuirmann 1987)`);
  if (kinds.has("correlation")) told.push("a correlation is Spearman's ρ over all trials, with Fisher's interval");
  if (kinds.has("trend")) told.push("a trend is the mean of the seeds' rank correlations");
  if (kinds.has("change-point"))
    told.push("a change point is the mean of the seeds' differences of BIC between one line and two that meet");
  if (kinds.has("consistent")) told.push("agreement with a published mean is judged by its prediction interval");
  return told.length === 0 ? [] : [`${capitalise(told.join("; "))}.`];
}

/** Of a suite that adds seeds while claims are open. */
function lookSentence({ suite: { sequential } }: RunRecord): string[] {
  if (!sequential) return [];
  const looks = lookSchedule(sequential).map(String);
  return [
    `Seeds were added to the arms of undecided claims only, which were judged with ${listWords(looks, 20)} seeds; a look spends of the allowed error in proportion to the seeds that it adds.`,
  ];
}

function multiplicitySentence({ suite: { claims, confidence, multiplicity = "none" } }: RunRecord): string[] {
  const error = formatPercent(1 - confidence);
  const judged = claims.filter(({ finding }) => !finding).length;
  if (judged < 2) return [];
  if (multiplicity === "none") return ["Nothing corrects for the number of claims."];
  const which = judged === claims.length ? `The ${judged} claims` : `The ${judged} claims that are no findings`;
  return [
    `${which} are judged together by Holm's step-down procedure (Holm 1979), so that the chance of any wrong decision among them is at most ${error}: where r of them are undecided each is judged at ${error} / r.`,
  ];
}

const MEAN_KINDS: ReadonlySet<ResolvedAssertion["kind"]> = new Set([
  "greater",
  "less",
  "ratio",
  "difference",
  "within",
  "combination",
  "equivalent",
  "ordered",
  "no-decay",
  "matched-loss",
] as const);

function kindOf(assertion: ResolvedAssertion): ResolvedAssertion["kind"] {
  return assertion.kind === "not" ? kindOf(assertion.assertion) : assertion.kind;
}
