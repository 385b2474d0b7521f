import type { ExplainedAssertion, ExplainedResult, Explanation, TrainedTrial } from "../../judge/explain/explain.ts";
import type { ExplainedInterval } from "../../judge/explain/interval.ts";
import type { SampleRow } from "../../judge/explain/samples.ts";
import type { Region } from "../../judge/region.ts";
import { formatCount, formatNumber, formatPercent } from "../../judge/wording.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { columns } from "../text/columns.ts";
import { paragraph, WIDTH } from "../text/paragraph.ts";

/** A verdict's whole reasoning as plain text. */
export function renderExplanation(explanation: Explanation, { run, suite }: RunRecord): string {
  const { claim, verdict, assertions, published, training } = explanation;
  const marks = [
    ...(verdict.finding ? ["finding, not gated"] : []),
    ...(verdict.surrogate ? ["surrogate data"] : []),
    ...(suite.profile ? [`profile ${suite.profile}`] : []),
  ];
  const heading = `${verdict.status}  ${claim.id}${claim.registry ? ` ${claim.registry}` : ""}${marks.length > 0 ? ` (${marks.join("; ")})` : ""}`;
  return `${[
    ...paragraph(heading),
    ...fact("claim", claim.statement),
    ...fact("source", claim.source),
    ...(claim.note === undefined ? [] : fact("note", claim.note)),
    ...fact(
      "run",
      `${suite.id}, ${run.id ?? run.startedAt}, ${run.status}; seeds ${suite.seeds.join(", ")}; confidence ${formatPercent(suite.confidence)}`,
    ),
    ...judgedAt(explanation, suite),
    ...(assertions.length > 1 ? fact("because", `${countOf(verdict.reason)}; ${CLAIM_RULE}`) : []),
    ...assertions.flatMap((each, i) => ["", ...assertionLines(each, i, explanation)]),
    ...publishedLines(published),
    ...trainingLines(training),
  ].join("\n")}\n`;
}

/** What the number of claims and of looks make of the suite's confidence. */
function judgedAt({ verdict }: Explanation, { seeds, sequential, multiplicity }: RunRecord["suite"]): string[] {
  const { alone, confidence } = verdict;
  const looks = sequential
    ? `by ${formatCount(verdict.seeds.length, "seed")}${verdict.seeds.length < seeds.length ? ", which decided it" : ""}, `
    : "";
  const together = alone === undefined ? "" : `; alone it would be ${alone}`;
  const holm = multiplicity === "holm" && !verdict.finding ? " (Holm, over the suite's claims)" : "";
  if (looks === "" && holm === "") return [];
  return fact("judged", `${looks}at ${formatPercent(confidence)}${holm}${together}`);
}

const CLAIM_RULE = "a claim fails if any fails, else is not measured or inconclusive if any is, else passes";

/** "2 of 3 assertions fail"; what each says follows at the assertion. */
function countOf(reason: string): string {
  return reason.split(":", 1)[0] ?? "";
}

/** Longest name of a fact, and two spaces. */
const NAME_WIDTH = 10;

function fact(name: string, text: string, indent = 2): string[] {
  return paragraph(text.trim(), indent + NAME_WIDTH).map((line, i) =>
    i === 0 ? `${" ".repeat(indent)}${name.padEnd(NAME_WIDTH)}${line.trimStart()}` : line,
  );
}

function assertionLines(assertion: ExplainedAssertion, index: number, { assertions, seeds }: Explanation): string[] {
  const { verdict, words, results, combination } = assertion;
  const { judged } = verdict;
  const place = assertions.length === 1 ? "Assertion" : `Assertion ${index + 1} of ${assertions.length}`;
  const minimum = judged.minimum === undefined ? "" : `; the estimate must reach ${judged.minimum}`;
  const scale = judged.scale === "ratio" ? "ratio, judged by its logarithm" : judged.scale;
  return [
    ...paragraph(`${place}: ${verdict.status}`),
    ...fact("symbols", verdict.expression),
    ...fact("words", words),
    ...fact("effect", `${scale}: ${judged.subject}`),
    ...fact("region", `${regionWords(judged.region)}${minimum}`),
    ...results.flatMap((each) => resultLines(each, seeds)),
    ...(combination === null
      ? []
      : ["", ...fact("together", `${combination}: ${verdict.status}`), ...fact("reason", verdict.reason)]),
  ];
}

function regionWords(region: Region): string {
  return region.kind === "within"
    ? `between ${number(region.lowest)} and ${number(region.highest)}`
    : `${region.kind} ${number(region.bound)}`;
}

function resultLines({ result, samples, intervals, rule }: ExplainedResult, seeds: readonly number[]): string[] {
  const name = [result.label, result.maximiser].filter((word) => word !== undefined).join(", ");
  const statistics = [samples.statistic, samples.judged].filter((row) => row !== null);
  return [
    "",
    ...(name === "" ? [] : paragraph(`${name}: ${result.status}`, 2)),
    ...seedTable([...samples.operands, ...statistics], seeds),
    ...intervals.flatMap((interval) => fact("interval", intervalWords(interval))),
    ...("effect" in result ? fact("estimate", `${number(result.effect.estimate)}, n = ${result.effect.n}`) : []),
    ...fact("rule", rule),
    ...fact("reason", result.reason),
    ...("settle" in result && result.settle !== undefined ? fact("settle", result.settle) : []),
  ];
}

const LONGEST_NAME = 44;

/** Seeds are columns; as many tables, one below the other, as it takes to stay within the width. */
function seedTable(rows: readonly SampleRow[], seeds: readonly number[]): string[] {
  const table = [
    { name: "seed", cells: seeds.map(String) },
    ...rows.map(({ name, values }) => ({
      name: name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name,
      cells: values.map((value) => (value === null ? "–" : number(value))),
    })),
  ];
  const nameWidth = Math.max(...table.map(({ name }) => name.length));
  const cellWidth = Math.max(...table.flatMap(({ cells }) => cells.map((cell) => cell.length)));
  const perTable = Math.max(1, Math.floor((WIDTH - INDENT - nameWidth) / (cellWidth + 2)));
  const starts = seeds.flatMap((_, i) => (i % perTable === 0 ? [i] : []));
  return starts.flatMap((from) =>
    columns(
      table.map(({ name, cells }) => [name, ...cells.slice(from, from + perTable)]),
      INDENT,
    ),
  );
}

const INDENT = 2;

function intervalWords(interval: ExplainedInterval): string {
  const level = formatPercent(interval.confidence);
  const { lower, upper } = interval.interval;
  const ends = `${number(lower)} to ${number(upper)}`;
  switch (interval.kind) {
    case "student": {
      const { n, degreesOfFreedom, mean, standardDeviation, critical, halfWidth, judged } = interval;
      const back =
        judged.lower === lower && judged.upper === upper
          ? ""
          : `; ${number(judged.lower)} to ${number(judged.upper)} there, which is`;
      return `${level}, Student's t of ${n} seeds: ${number(mean)} ± ${number(critical)} · ${number(standardDeviation)} / √${n} = ${number(mean)} ± ${number(halfWidth)} (mean, critical value at ${degreesOfFreedom} df, standard deviation)${back}: ${ends}`;
    }
    case "fisher": {
      const { n, rho, critical, standardError } = interval;
      return `${level}, Fisher's transformation with Bonett and Wright's variance, ${n} trials: tanh(atanh ${number(rho)} ± ${number(critical)} · ${number(standardError)}): ${ends}`;
    }
    case "prediction": {
      const { mean, standardDeviation, n, newValues, critical, degreesOfFreedom } = interval;
      return `${level}, prediction of the mean of ${newValues} from the published ${n}: ${number(mean)} ± ${number(critical)} · ${number(standardDeviation)} · √(1/${n} + 1/${newValues}) (critical value at ${degreesOfFreedom} df): ${ends}`;
    }
  }
}

function publishedLines(published: Explanation["published"]): string[] {
  if (published.length === 0) return [];
  return [
    "",
    "Published beside it",
    ...published.flatMap(({ pointer, entry, wording }) => [
      ...paragraph(`${pointer}: ${entry.quantity} (${entry.source}; ${entry.origin})`, 2, 2),
      ...paragraph(wording, 4),
    ]),
  ];
}

function trainingLines(training: readonly TrainedTrial[]): string[] {
  if (training.length === 0) return [];
  const withGradient = training.some(({ gradientNorm }) => gradientNorm !== null);
  const rows = training.map(({ arm, seed, trainLoss, gradientNorm }) => [
    arm,
    String(seed),
    trainLoss === null ? "–" : number(trainLoss),
    ...(withGradient ? [gradientNorm === null ? "–" : number(gradientNorm)] : []),
  ]);
  return [
    "",
    "How near to a minimiser training came",
    ...columns([["arm", "seed", "training loss", ...(withGradient ? ["‖∇f‖"] : [])], ...rows], INDENT),
  ];
}

function number(value: number): string {
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude >= 1e6 || magnitude < 1e-4)) return value.toExponential(3);
  return formatNumber(value, [], 5);
}
