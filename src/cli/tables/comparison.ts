import pc from "picocolors";
import type { ComparedClaim, ComparedEffect } from "../../judge/compare/claims.ts";
import type { Comparison } from "../../judge/compare/compare.ts";
import type { EffectCell } from "../../judge/compare/effects.ts";
import { AGREEMENT_WORDS, agreementWords, effectWords } from "../../judge/compare/outcome-words.ts";
import { digitsOf, formatCount, formatNumber } from "../../judge/wording.ts";
import { letterOf } from "../../report/compare/letters.ts";
import { VERDICT_SYMBOLS } from "../../report/words/verdict-words.ts";
import { columns } from "../text/columns.ts";
import { wrap } from "../text/wrap.ts";

const SPREAD_WORDS =
  "A seed spread is the standard deviation over the seeds of one machine. p is adjusted for all effects (Holm).";

type Colours = ReturnType<typeof pc.createColors>;

/** A comparison as text: machines by letter, a block a claim, then samples, times and settings. */
export function renderComparison(comparison: Comparison, available: number, colour: boolean): string {
  const colours = pc.createColors(colour);
  const width = Math.max(40, Math.min(available, 160));
  const letters = new Map(comparison.machines.map(({ name }, i) => [name, letterOf(i)]));
  const letter = (name: string) => letters.get(name) ?? name;
  const lines = [
    ...machineLines(comparison, width, colours),
    "",
    ...claimLines(comparison, letter, width, colours),
    "",
    ...wrap(countLine(comparison), width),
    ...(comparison.claims.some(({ effects }) => effects.some(({ test }) => test))
      ? wrap(SPREAD_WORDS, width).map(colours.dim)
      : []),
    ...section("Samples", sampleLines(comparison, letter, width), colours),
    ...section("Times", timingLines(comparison), colours),
    ...section("Settings that differ", settingLines(comparison, width), colours),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, lines: readonly string[], colours: Colours): string[] {
  return lines.length === 0 ? [] : ["", colours.bold(title), ...lines];
}

function machineLines({ machines, notes }: Comparison, width: number, colours: Colours): string[] {
  return [
    ...machines.flatMap(({ name, run, suite }, i) => [
      ...wrap(`${colours.bold(letterOf(i))}  ${name}`, width, "", "   "),
      ...wrap(
        `${suite.id}${suite.profile === null ? "" : `, profile ${suite.profile}`}, run ${run.id}`,
        width,
        "   ",
      ).map(colours.dim),
    ]),
    ...notes.flatMap((note) => wrap(note, width, "   ").map(colours.yellow)),
  ];
}

/** One table where it fits, else a block a claim with a line a machine. */
function claimLines(
  { claims, machines }: Comparison,
  letter: (name: string) => string,
  width: number,
  colours: Colours,
): string[] {
  const rows = claims.map((claim) => ({ claim, cells: tableRows(claim) }));
  const count = machines.length + 1;
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(1, ...rows.flatMap(({ cells }) => cells.map((row) => row[i]?.length ?? 0))),
  );
  const stacked = widths.reduce((sum, each) => sum + each + 2, 0) > width;
  const head = ["claim", ...machines.map((_, i) => letterOf(i))];
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    ...(stacked ? [] : [colours.bold(line(head))]),
    ...rows.flatMap(({ claim, cells }) => [
      ...(stacked
        ? stackedLines(claim, width, colours)
        : cells.map((row, i) => (i === 0 ? paintRow(line(row), claim, colours) : line(row)))),
      ...effectLines(claim, letter, width, colours),
    ]),
  ];
}

/** The verdicts, then two rows an effect: estimates, and their intervals and numbers of seeds. */
function tableRows(claim: ComparedClaim): string[][] {
  return [
    [
      titleOf(claim),
      ...claim.verdicts.map((cell) => (cell ? `${VERDICT_SYMBOLS[cell.status]} ${cell.status}` : "not in it")),
    ],
    ...claim.effects.flatMap((effect) => [
      [`  ${shortName(claim, effect)}`, ...effect.cells.map((cell) => (cell ? estimateText(cell) : "–"))],
      ["", ...effect.cells.map((cell) => (cell ? `${intervalText(cell)} ${cell.effect.n}` : ""))],
    ]),
  ];
}

function titleOf({ claim, registry }: ComparedClaim): string {
  return registry === null ? claim : `${claim} ${registry}`;
}

/** Numbered where a claim has several; the line below the block says what it is. */
function shortName({ effects }: ComparedClaim, effect: ComparedEffect): string {
  return effects.length === 1 ? effect.scale : `${effects.indexOf(effect) + 1} ${effect.scale}`;
}

function paintRow(text: string, { agreement }: ComparedClaim, colours: Colours): string {
  return agreement === "disagree" ? colours.bold(colours.red(text)) : colours.bold(text);
}

function stackedLines(claim: ComparedClaim, width: number, colours: Colours): string[] {
  return [
    ...wrap(colours.bold(titleOf(claim)), width),
    ...claim.verdicts.flatMap((verdict, i) => {
      if (!verdict) return [`  ${letterOf(i)}  not in its record`];
      const found = claim.effects.map((effect) => {
        const cell = effect.cells[i];
        const number = claim.effects.length === 1 ? "" : `(${claim.effects.indexOf(effect) + 1}) `;
        return cell
          ? `${number}${estimateText(cell)} ${intervalText(cell)}, n = ${cell.effect.n}`
          : `${number}not measured`;
      });
      return wrap(
        `${letterOf(i)}  ${VERDICT_SYMBOLS[verdict.status]} ${verdict.status}  ${found.join("; ")}`,
        width,
        "  ",
        "     ",
      );
    }),
  ];
}

function effectLines(
  claim: ComparedClaim,
  letter: (name: string) => string,
  width: number,
  colours: Colours,
): string[] {
  const lettered = {
    ...claim,
    differences: claim.differences.map((each) => ({ ...each, groups: each.groups.map((names) => names.map(letter)) })),
  };
  const heading = `${claim.finding ? "finding; " : ""}${agreementWords(lettered)}`;
  const paint =
    claim.agreement === "disagree" ? colours.red : claim.agreement === "not-comparable" ? colours.yellow : colours.dim;
  return [
    ...wrap(heading, width, "  ").map(paint),
    ...claim.effects.flatMap((effect, i) => {
      const number = claim.effects.length === 1 ? "" : `${i + 1} `;
      const words =
        claim.agreement === "agree" || claim.agreement === "disagree" ? `: ${effectWords(effect, letter)}` : "";
      return wrap(`${number}${effect.expression}${words}`, width, "  ", "    ").map(
        effect.outcome === "beyond" ? colours.yellow : colours.dim,
      );
    }),
  ];
}

function estimateText({ effect }: EffectCell): string {
  return formatNumber(effect.estimate, [], digitsOf(effect.scale));
}

function intervalText({ effect }: EffectCell): string {
  const { interval } = effect;
  if (interval === null) return "[no interval]";
  return `[${formatNumber(interval.lower, [], 3)}, ${formatNumber(interval.upper, [], 3)}]`;
}

function countLine({ claims, counts }: Comparison): string {
  const told = (["agree", "disagree", "not-comparable", "not-measured", "one-machine"] as const).filter(
    (each) => counts.agreements[each] > 0,
  );
  const { beyond, small } = counts.outcomes;
  const apart = `${formatCount(beyond, "effect")} beyond the seed spread${small > 0 ? `, ${small} told apart within it` : ""}`;
  return `${formatCount(claims.length, "claim")}: ${told.map((each) => `${counts.agreements[each]} ${AGREEMENT_WORDS[each]}`).join(" · ")} · ${apart}`;
}

function sampleLines({ samples }: Comparison, letter: (name: string) => string, width: number): string[] {
  if (samples.byMeasurement.length === 0) return [];
  const table = [
    ["", "samples", "bit-equal", "rounding", "beyond", "> spread", "widest"],
    ...samples.byMeasurement.map(({ measurement, compared, bitEqual, rounding, beyond, beyondSpread, widest }) => [
      measurement,
      ...[compared, bitEqual, rounding, beyond, beyondSpread].map(String),
      widest ? formatNumber(widest.relative, [], 2) : "0",
    ]),
  ];
  const pairs = samples.byPair.map(({ machines, compared, bitEqual, rounding }) => {
    const share =
      bitEqual === compared ? "all bit-equal" : `${bitEqual} of ${compared} bit-equal, ${rounding} within rounding`;
    return `${machines.map(letter).join("–")} ${share}`;
  });
  return [...columns(table, 2), ...wrap(pairs.join("; "), width, "  ")];
}

function timingLines({ timing, machines }: Comparison): string[] {
  return timing.arms.flatMap(({ arm, machines: found }) => [
    `  ${arm}`,
    ...columns(
      [
        ["", "", "ms an update", "s a trial", "s measuring", "times the fastest"],
        ...machines.flatMap((_, i) => {
          const each = found[i];
          if (!each) return [];
          const numbers = [
            1000 * each.secondsPerUpdate,
            each.secondsPerTrial,
            each.measureSecondsPerTrial,
            each.relative,
          ];
          return [["", letterOf(i), ...numbers.map((value) => formatNumber(value))]];
        }),
      ],
      2,
    ),
  ]);
}

function settingLines({ settings, machines }: Comparison, width: number): string[] {
  return settings.differing.flatMap(({ what, values }) => {
    const distinct = [...new Set(values)];
    const groups = distinct.map((value) => {
      const of = machines.flatMap((_, i) => (values[i] === value ? [letterOf(i)] : []));
      return `${value ?? "none"} (${of.join(", ")})`;
    });
    return wrap(`${what}: ${groups.join(" | ")}`, width, "  ", "    ");
  });
}
