import { SABOTAGES, type Sabotage, type SabotagedVerdict, SCALE } from "../../judge/selftest/sabotage.ts";
import type { FalseAlarmRate, PowerRate, ProcedureRate, Selftest } from "../../judge/selftest/selftest.ts";
import { columns } from "../text/columns.ts";
import { paragraph } from "../text/paragraph.ts";

/** @param damaged of a record, where one was given. */
export function renderSelftest(result: Selftest, damaged: readonly SabotagedVerdict[] | undefined): string {
  const lines = [...falseAlarmLines(result), "", ...powerLines(result.power), "", ...procedureLines(result)];
  if (damaged) lines.push("", ...sabotageLines(damaged));
  return `${lines.join("\n")}\n`;
}

function falseAlarmLines({ falseAlarms, procedures, exceeding, level }: Selftest): string[] {
  const gated = [
    ...falseAlarms.filter(({ limit }) => limit === undefined),
    ...procedures.filter(({ uncorrected }) => !uncorrected),
  ];
  const limits = [...new Map(falseAlarms.flatMap(({ kind, limit }) => (limit ? [[kind, limit] as const] : [])))];
  const high = gated.filter(({ interval, nominal }) => interval.lower > nominal).length;
  const rows = casesOf(falseAlarms).map((rates) => {
    const [first] = rates;
    return [
      first.kind,
      String(first.seeds),
      ...(["pass", "fail"] as const).flatMap((verdict) => rateCells(rates.find((rate) => rate.verdict === verdict))),
      markOf(rates),
    ];
  });
  const verdict =
    exceeding.length === 0
      ? `None of ${gated.length} rates exceeds its nominal share beyond chance`
      : `${exceeding.length} of ${gated.length} rates exceed their nominal share beyond chance`;
  return [
    ...paragraph(
      `False alarms: verdicts that are wrong where the truth is on the bound, in percent of ${falseAlarms[0]?.runs ?? 0} simulated runs, with Wilson's 95 % interval and the nominal share. φ is log-normal, accuracies are normal.`,
    ),
    "",
    ...columns([["assertion", "seeds", "pass", "interval", "nominal", "fail", "interval", "nominal", ""], ...rows]),
    "",
    ...paragraph(
      `${verdict} (binomial tail below ${level.toPrecision(2)}, 0.05 shared by all). ${high} of their 95 % intervals lie above it; by chance about ${Math.round(CHANCE * gated.length)} would.`,
    ),
    ...limits.flatMap(([kind, limit]) => paragraph(`limit, not counted: ${kind}: ${limit}`, 0, 2)),
  ];
}

/** Of 95 % intervals, those that lie above the truth. */
const CHANCE = 0.025;

function rateCells(rate: FalseAlarmRate | undefined): string[] {
  if (!rate) return ["", "", ""];
  const { count, runs, interval, nominal } = rate;
  return [percent(count / runs), `${percent(interval.lower)}–${percent(interval.upper)}`, percent(nominal)];
}

function markOf(rates: readonly FalseAlarmRate[]): string {
  if (rates.some(({ limit }) => limit !== undefined)) return "limit";
  return rates.some(({ exceeds }) => exceeds) ? "EXCEEDS" : "";
}

/** Rates of one assertion and one number of seeds. */
function casesOf<Rate extends FalseAlarmRate | PowerRate>(rates: readonly Rate[]): [Rate, ...Rate[]][] {
  const cases = new Map<string, [Rate, ...Rate[]]>();
  for (const rate of rates) {
    const key = JSON.stringify([rate.kind, rate.seeds]);
    const known = cases.get(key);
    if (known) known.push(rate);
    else cases.set(key, [rate]);
  }
  return [...cases.values()];
}

function powerLines(power: readonly PowerRate[]): string[] {
  const effects = [...new Set(power.map(({ effect }) => effect))];
  const rows = casesOf(power).map((rates) => [
    rates[0].kind,
    String(rates[0].seeds),
    rates[0].verdict,
    ...effects.map((effect) => {
      const found = rates.find((rate) => rate.effect === effect);
      return found ? percent(found.count / found.runs, 0) : "";
    }),
  ]);
  return [
    ...paragraph(
      `Power: percent of ${power[0]?.runs ?? 0} simulated runs in which an effect is found, by its distance from the bound in standard deviations of one arm over seeds.`,
    ),
    "",
    ...columns([["assertion", "seeds", "verdict", ...effects.map(String)], ...rows]),
  ];
}

/** Several claims judged together, and seeds added look by look. */
function procedureLines({ procedures, procedurePower }: Selftest): string[] {
  const effects = [...new Set(procedurePower.map(({ effect }) => effect))];
  const rows = procedures.map((rate) => {
    const found = procedurePower.filter(({ procedure }) => procedure === rate.procedure);
    return [
      rate.procedure,
      ...wrongCells(rate),
      ...found.map(({ count, claims }) => percent(count / claims, 0)),
      found.map(({ seeds }) => seeds.toFixed(seeds < 10 ? 1 : 0)).join(" "),
    ];
  });
  return [
    ...paragraph(
      `Several claims, and several looks: percent of ${procedures[0]?.runs ?? 0} simulated runs with any wrong verdict where no claim holds; percent of claims that are found where every other has an effect, by its size, and how many seeds that took.`,
    ),
    "",
    ...columns([["", "wrong", "interval", "nominal", ...effects.map(String), "seeds"], ...rows]),
  ];
}

function wrongCells({ count, runs, interval, nominal, uncorrected }: ProcedureRate): string[] {
  return [
    percent(count / runs),
    `${percent(interval.lower)}–${percent(interval.upper)}`,
    uncorrected ? "" : percent(nominal),
  ];
}

const WHAT: Record<Sabotage, string> = {
  swap: "the two that are compared change places, lists are read backwards",
  shuffle: "the first arm's values change seeds",
  drop: "the last seed has no samples",
  scale: `the smaller arm's values times ${SCALE}`,
};

function sabotageLines(damaged: readonly SabotagedVerdict[]): string[] {
  const lines = ["Damage done to the record, by assertion", ""];
  for (const sabotage of SABOTAGES) {
    const told = damaged.filter((each) => each.sabotage === sabotage);
    const turned = told.filter(({ before, after }) => before !== after);
    lines.push(`${sabotage}: ${WHAT[sabotage]}: ${turned.length} of ${told.length} verdicts turn`);
    for (const { claim, expression, before, after, wrong } of told) {
      if (before === after && !wrong) continue;
      lines.push(...paragraph(`${wrong ? "WRONG " : ""}${claim}: ${expression}: ${before} → ${after}`, 2, 2));
    }
  }
  const wrong = damaged.filter((each) => each.wrong).length;
  lines.push(
    "",
    wrong === 0 ? "No pass survives a swap or a missing seed." : `${wrong} passes survive what no pass may.`,
  );
  return lines;
}

function percent(share: number, decimals = 1): string {
  return (100 * share).toFixed(decimals);
}
