import type { AssertionVerdict, ClaimVerdict } from "../judge/verdict.ts";
import { digitsOf, formatCount, formatInterval, formatNumber } from "../judge/wording.ts";
import { operandsOf } from "../spec/operands.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { variantOf } from "./arms.ts";
import type { ClaimView } from "./claim.ts";
import { dataWords } from "./data-words.ts";
import { effectWords, isMeasured } from "./measured-result.ts";
import { formatDuration, formatTime, listWords } from "./quantities.ts";
import { networkWords } from "./scale-words.ts";
import { STATUSES, type VerdictWords, verdictWords } from "./verdict-words.ts";

/** The first screen. */
export interface SummaryView {
  readonly title: string;
  readonly description: string | null;
  readonly interruption: string | null;
  readonly whatRan: string;
  readonly counts: readonly { readonly count: number; readonly verdict: VerdictWords }[];
  readonly confidence: string;
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

interface ClaimRow {
  readonly claim: ClaimView;
  /** Seeds used: one number where all effects share it. */
  readonly n: string;
  readonly effects: readonly {
    readonly label: string;
    readonly effect: string;
    readonly interval: string;
  }[];
}

export function summaryView(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  claims: readonly ClaimView[],
): SummaryView {
  const { suite, trials, run } = record;
  const rows = claims.map((claim, i) => {
    const effects = verdicts[i]?.assertions.map(effectLine) ?? [];
    return { claim, effects, n: rangeOfCounts(verdicts[i]?.assertions ?? []) };
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
    confidence: `${Number((100 * suite.confidence).toPrecision(6))} %`,
    provisos: provisosOf(verdicts),
    groups: variants.map((variant) => ({
      variant,
      networks: networksOf(record, variant),
      rows: rows.filter(({ claim }) => claim.variant === variant),
    })),
  };
}

function provisosOf(verdicts: readonly ClaimVerdict[]): string | null {
  const findings = verdicts.filter(({ finding }) => finding).length;
  const surrogates = verdicts.filter(({ surrogate }) => surrogate).length;
  const words = [
    ...(findings > 0 ? [`Not counted: ${formatCount(findings, "finding")}, told and not gated.`] : []),
    ...(surrogates > 0
      ? [
          `${formatCount(surrogates, "verdict")} on surrogate data, made up by a generator: nothing about the data it stands for.`,
        ]
      : []),
  ];
  return words.length === 0 ? null : words.join(" ");
}

function networksOf({ suite }: RunRecord, variant: string): string {
  const names = suite.arms.filter(({ name }) => variantOf(name) === variant).map(({ networkName }) => networkName);
  const different = [...new Set(names)].filter((name) => name !== variant);
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

/** One line an assertion; several maximisers give the range of what they found. */
function effectLine({ assertion, judged, results }: AssertionVerdict): ClaimRow["effects"][number] {
  const epsilons = new Set(operandsOf(assertion).flatMap(({ epsilon }) => epsilon ?? []));
  const epsilon = epsilons.size === 0 ? "" : `, ε ${[...epsilons].join(" and ")}`;
  const label = `${assertion.kind === "not" ? "not: " : ""}${judged.subject.replace(/, [^,]*$/, "")}${epsilon}`;
  const measured = results.filter(isMeasured);
  const [first] = measured;
  if (!first) return { label, effect: "not measured", interval: "" };
  const digits = digitsOf(first.effect.scale);
  const { scale } = first.effect;
  if (measured.length === 1 || measured.some(({ effect }) => effect.scale !== scale)) {
    const { estimate, interval } = first.effect;
    if (measured.length > 1) return { label, effect: measured.map(effectWords).join("; "), interval: "" };
    const text = interval ? formatInterval(interval, [], digits) : "no interval";
    return { label, effect: `${scale} ${formatNumber(estimate, [], digits)}`, interval: text };
  }
  const estimates = measured.map(({ effect }) => effect.estimate);
  const ends = measured.flatMap(({ effect: { interval } }) => (interval ? [interval.lower, interval.upper] : []));
  const range = (values: readonly number[]) =>
    formatInterval({ lower: Math.min(...values), upper: Math.max(...values) }, [], digits);
  return {
    label,
    effect: `${scale}s ${range(estimates)}`,
    interval: `${ends.length === 0 ? "no interval" : range(ends)}, over ${measured.length} ${first.label === undefined ? "maximisers" : "comparisons"}`,
  };
}

/** Seeds used: "5", or "4–5" where the results differ. */
function rangeOfCounts(assertions: readonly AssertionVerdict[]): string {
  const counts = assertions.flatMap(({ results }) =>
    results.map((result) => (isMeasured(result) ? result.effect.n : 0)),
  );
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least}–${most}`;
}
