import type { Comparison } from "../../judge/compare/compare.ts";
import { formatP, formatQ, OUTCOME_WORDS } from "../../judge/compare/outcome-words.ts";
import { formatNumber, formatPercent } from "../../judge/wording.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { letterOf } from "./letters.ts";

type Letter = (name: string) => string;

/** One row for every effect that was tested. */
export function testsTable({ claims }: Comparison, letter: Letter): TableView | null {
  const rows = claims.flatMap(({ claim, effects }) =>
    effects.flatMap((effect) => {
      const { test } = effect;
      if (!test) return [];
      return [
        [
          `${claim}: ${effect.expression}`,
          OUTCOME_WORDS[effect.outcome],
          test.design === "paired" ? `paired, ${test.seeds.length} seeds` : "independent",
          test.machines.map(letter).join(" "),
          formatQ(test.q),
          String(test.degreesOfFreedom),
          formatPercent(Math.round(100 * test.iSquared) / 100),
          formatP(test.chiSquaredP),
          formatP(test.p),
          formatP(test.adjustedP),
          test.distance === 0 ? "–" : test.farthest.map(letter).join(" to "),
          test.inSpreads === null ? "–" : formatNumber(test.inSpreads, [], 2),
        ],
      ];
    }),
  );
  if (rows.length === 0) return null;
  const columns = ["Effect", "Outcome", "Compared", "Machines", numeric("Q"), numeric("df"), numeric("I²")];
  const more = [numeric("p of χ²"), numeric("p"), numeric("p, Holm"), "Farthest", numeric("Seed spreads")];
  return tableView("Effects across machines", [...columns, ...more], rows);
}

export function samplesTable({ samples }: Comparison): TableView | null {
  if (samples.byMeasurement.length === 0) return null;
  const columns = [
    "Measurement",
    ...["Samples", "Bit-equal", "Rounding", "Beyond", "Beyond the seed spread", "Widest"].map(numeric),
    "Where",
  ];
  return tableView(
    "Samples by measurement",
    columns,
    samples.byMeasurement.map(({ measurement, compared, bitEqual, rounding, beyond, beyondSpread, widest }) => [
      measurement,
      ...[compared, bitEqual, rounding, beyond, beyondSpread].map(String),
      widest ? formatNumber(widest.relative, [], 2) : "0",
      widest ? `${widest.sample}, seed ${widest.seed}` : "",
    ]),
  );
}

/** Machines by machines, above the diagonal. */
export function pairsTable({ samples, machines }: Comparison): TableView | null {
  if (machines.length < 3 || samples.byPair.length === 0) return null;
  const pairs = new Map(samples.byPair.map((pair) => [pair.machines.join("\n"), pair]));
  const words = (a: string, b: string) => {
    const pair = pairs.get(`${a}\n${b}`);
    if (!pair) return "";
    return pair.bitEqual === pair.compared
      ? `all ${pair.compared}`
      : `${pair.bitEqual} + ${pair.rounding} of ${pair.compared}`;
  };
  return tableView(
    "Samples of two machines",
    ["", ...machines.slice(1).map((_, i) => letterOf(i + 1))],
    machines
      .slice(0, -1)
      .map((row, i) => [
        letterOf(i),
        ...machines.slice(1).map((column, j) => (j + 1 > i ? words(row.name, column.name) : "")),
      ]),
  );
}

/** One table an arm. */
export function timesTables({ timing, machines }: Comparison): TableView[] {
  return timing.arms.map(({ arm, machines: found }) =>
    tableView(
      `Arm ${arm}`,
      [
        "Machine",
        ...["ms an update", "s a trial", "s measuring it", "Times the fastest", "Trials", "Of earlier runs"].map(
          numeric,
        ),
      ],
      machines.flatMap(({ name }, i) => {
        const each = found[i];
        if (!each) return [];
        const { secondsPerUpdate, secondsPerTrial, measureSecondsPerTrial, relative, trials, reused } = each;
        const numbers = [1000 * secondsPerUpdate, secondsPerTrial, measureSecondsPerTrial, relative];
        return [
          [`${letterOf(i)}  ${name}`, ...numbers.map((value) => formatNumber(value)), String(trials), String(reused)],
        ];
      }),
    ),
  );
}

export function differingTable({ settings, machines }: Comparison): TableView | null {
  if (settings.differing.length === 0) return null;
  return tableView(
    "What differs",
    ["Setting", ...machines.map((_, i) => letterOf(i))],
    settings.differing.map(({ what, values }) => [
      what,
      ...values.map((value) => (value === null ? "–" : shortened(value))),
    ]),
  );
}

export function sameTable({ settings }: Comparison): TableView | null {
  if (settings.same.length === 0) return null;
  return tableView(
    "The same in all",
    ["Setting", "Value"],
    settings.same.map(({ what, value }) => [what, value]),
  );
}

/** Checksums differ in their first digits. */
function shortened(value: string): string {
  return value.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, "$1…");
}
