import { grouped } from "../spec/grouped.ts";
import type { Interval } from "../stats/interval.ts";
import type { Effect } from "./verdict.ts";

/** So many significant digits, and as many more as it takes to be told from the numbers it is compared with. */
export function formatNumber(value: number, comparedWith: readonly number[] = [], digits = 3): string {
  const others = comparedWith.filter((other) => other !== value);
  let text = rounded(value, digits);
  for (let more = digits + 1; more <= 17 && others.includes(Number(text)); more += 1) text = rounded(value, more);
  return text;
}

/** Significant digits: means, accuracies among them, lie closer together than ratios and differences do. */
export function digitsOf(scale: Effect["scale"]): number {
  return scale === "mean" ? 4 : 3;
}

/** Such as "ratio 5.21 (95 % interval 3.1 to 9.8, 5 seeds)". */
export function formatEffect(
  effect: Effect,
  confidence: number,
  comparedWith: readonly number[] = [],
  of = "seed",
): string {
  const digits = digitsOf(effect.scale);
  const estimate = `${effect.scale} ${formatNumber(effect.estimate, comparedWith, digits)}`;
  if (effect.interval === null) return `${estimate} (${formatCount(effect.n, of)})`;
  const { lower, upper } = effect.interval;
  if (lower === upper) return `${estimate} (the same at each of ${formatCount(effect.n, of)})`;
  return `${estimate} (${formatPercent(confidence)} interval ${formatInterval(effect.interval, comparedWith, digits)}, ${formatCount(effect.n, of)})`;
}

export function formatInterval({ lower, upper }: Interval, comparedWith: readonly number[] = [], digits = 3): string {
  return `${formatNumber(lower, comparedWith, digits)} to ${formatNumber(upper, comparedWith, digits)}`;
}

/** "1 seed", "5 seeds". */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Something said of one seed. */
export interface SeedRemark {
  readonly seed: number;
  /** Whom it is about: an arm, or a reference. */
  readonly subject: string;
  readonly remark: string;
}

const MOST_REMARKS = 3;
const MOST_SEEDS = 6;

/** Such as "SB at seed 3 diverged at update 17; LB at seeds 0 and 1 was not run". Equal remarks are told once. */
export function formatRemarks(remarks: readonly SeedRemark[]): string {
  const groups = grouped(remarks, ({ subject, remark }) => JSON.stringify([subject, remark]));
  const told = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [`${first.subject} at ${formatSeeds(group.map(({ seed }) => seed))} ${first.remark}`] : [];
  });
  const left = told.length - MOST_REMARKS;
  return [...told.slice(0, MOST_REMARKS), ...(left > 0 ? [`and ${left} more`] : [])].join("; ");
}

/** "seed 3", "seeds 0, 1 and 2". */
export function formatSeeds(seeds: readonly number[]): string {
  const named = seeds.slice(0, MOST_SEEDS).map(String);
  const last = seeds.length > MOST_SEEDS ? `${seeds.length - MOST_SEEDS} more` : (named.pop() ?? "none");
  return `seed${seeds.length === 1 ? "" : "s"} ${named.length > 0 ? `${named.join(", ")} and ` : ""}${last}`;
}

/** "95 %". */
export function formatPercent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
