import type { ClaimVerdict, VerdictStatus } from "../judge/verdict.ts";
import { formatCount, formatPercent } from "../judge/wording.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { variantOf } from "./arms.ts";
import type { ClaimView } from "./claim/claim.ts";
import { dataWords } from "./words/data-words.ts";
import { type EffectLine, effectLine, rangeOfCounts } from "./words/effect-line.ts";
import { intervalLevels } from "./words/interval-levels.ts";
import { formatDuration, formatTime, listWords } from "./words/quantities.ts";
import { isPaperScale, networkWords } from "./words/scale-words.ts";
import { STATUSES, type VerdictWords, verdictWords } from "./words/verdict-words.ts";

/** The first screen. */
export interface SummaryView {
  readonly title: string;
  readonly description: string | null;
  readonly interruption: string | null;
  readonly whatRan: string;
  readonly counts: readonly { readonly count: number; readonly verdict: VerdictWords }[];
  /** Level of the intervals: "95 %". */
  readonly confidence: string;
  /** Of a run that is smaller than the paper's. */
  readonly scale: string | null;
  /** Of findings and surrogates, where there are any. */
  readonly provisos: string | null;
  readonly groups: readonly ClaimGroup[];
}

/** The claims of one matrix variant; one group without name where there is no matrix. */
interface ClaimGroup {
  readonly variant: string;
  /** Networks of the variant's arms, where the variant's own name does not tell: none says little. */
  readonly networks: string;
  readonly rows: readonly ClaimRow[];
}

const RANKS: readonly VerdictStatus[] = ["fail", "not-measured", "inconclusive", "pass"];

interface ClaimRow {
  readonly claim: ClaimView;
  /** What sorts the verdicts: those that ask for a look come first. */
  readonly rank: number;
  /** Seeds used: one number where all effects share it. */
  readonly n: string;
  /** Of the first assertion that decides; its section has them all. */
  readonly effect: EffectLine;
  /** "2 more", "1 of 3 assertions"; where there are several. */
  readonly decided: string | null;
}

export function summaryView(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  claims: readonly ClaimView[],
): SummaryView {
  const { suite, trials, run } = record;
  const rows = verdicts.flatMap((verdict, i) => {
    const claim = claims[i];
    return claim ? [claimRow(verdict, claim)] : [];
  });
  const variants = [...new Set(claims.map(({ variant }) => variant))];
  const notRun = trials.filter(({ state }) => state === "not-run").length;
  return {
    title: suite.title || suite.id,
    description: suite.description ?? null,
    interruption:
      run.status === "interrupted"
        ? `The run was interrupted: ${notRun} of ${formatCount(trials.length, "trial")} did not run. The verdicts rest on what there is.`
        : null,
    whatRan: whatRan(record),
    counts: STATUSES.map((status) => ({
      count: verdicts.filter((verdict) => verdict.status === status && !verdict.finding).length,
      verdict: verdictWords(status),
    })),
    confidence: confidenceWords(record, verdicts),
    scale: isPaperScale(record) ? null : `Profile ${suite.profile}: every verdict speaks of this scale only.`,
    provisos: provisosOf(verdicts),
    groups: variants.map((variant) => ({
      variant,
      networks: networksOf(record, variant),
      rows: rows.filter(({ claim }) => claim.variant === variant),
    })),
  };
}

/** Where claims are judged together, or at several looks, those that are open have wider intervals than the suite says. */
function confidenceWords({ suite }: RunRecord, verdicts: readonly ClaimVerdict[]): string {
  const levels = verdicts.flatMap(intervalLevels);
  if (levels.length === 0) return formatPercent(suite.confidence);
  const [least, most] = [formatPercent(Math.min(...levels)), formatPercent(Math.max(...levels))];
  return least === most ? least : `${least} to ${most}`;
}

function claimRow({ assertions, status }: ClaimVerdict, claim: ClaimView): ClaimRow {
  const deciding = assertions.filter((each) => each.status === status);
  const [first] = deciding;
  return {
    claim,
    rank: RANKS.indexOf(status),
    effect: effectLine(first ?? assertions[0]),
    decided: decidedWords(deciding.length, assertions.length),
    n: rangeOfCounts(assertions),
  };
}

/** What one line leaves out: "2 more", or that only some of them say so. */
function decidedWords(deciding: number, all: number): string | null {
  if (all === 1) return null;
  return deciding === all ? `${all - 1} more` : `${deciding} of ${all} assertions`;
}

function provisosOf(verdicts: readonly ClaimVerdict[]): string | null {
  const findings = verdicts.filter(({ finding }) => finding).length;
  const surrogates = verdicts.filter(({ surrogate }) => surrogate).length;
  const words = [
    ...(findings > 0 ? [`Not counted: ${formatCount(findings, "finding")}, told and not gated.`] : []),
    ...(surrogates > 0
      ? [
          `${formatCount(surrogates, "verdict")} on surrogate data, made up by a generator, which says nothing about the data it stands for.`,
        ]
      : []),
  ];
  return words.length === 0 ? null : words.join(" ");
}

function networksOf({ suite }: RunRecord, variant: string): string {
  const names = suite.arms.filter(({ name }) => variantOf(name) === variant).map(({ networkName }) => networkName);
  const plain = (name: string) => name.replaceAll(",", "-");
  const different = [...new Set(names)].filter((name) => plain(name) !== plain(variant));
  return different.length === 0 ? "" : listWords(different);
}

function whatRan(record: RunRecord): string {
  const { suite, trials, provenance, run } = record;
  const networks = [...new Set(suite.arms.map(({ networkName }) => networkName))].map((name) =>
    networkWords(record, name),
  );
  const data = [...new Set(suite.arms.map((arm) => dataWords(arm.data)))];
  const completed = trials.filter(({ state }) => state === "completed").length;
  const short = trials.length - completed;
  const outcome = short === 0 ? "" : `, ${short} of which did not complete`;
  const reused = trials.filter((trial) => trial.state === "completed" && trial.reused).length;
  const fromStore = reused === 0 ? "" : `, ${reused} of the trials taken over from earlier runs`;
  const { hardware, engine } = provenance;
  const machine = `${hardware.cpu}, ${formatCount(hardware.cores, "core")}${hardware.gpu === undefined ? "" : `, ${hardware.gpu}`}`;
  return (
    `${formatCount(trials.length, "trial")} (${formatCount(suite.arms.length, "arm")}, ${formatCount(suite.seeds.length, "seed")})${outcome}: ` +
    `${listWords(networks)} on ${listWords(data, 3)}. ` +
    `Ran on ${machine} with ${engine.version} (${engine.device}, ${engine.precision}) in ${formatDuration(run.durationSeconds)}${fromStore}, ${formatTime(run.startedAt)}.`
  );
}
