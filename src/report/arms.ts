import type { Arm, RunRecord } from "../spec/run.types.ts";
import { dataWords } from "./words/data-words.ts";

/** An arm as the charts draw it: equal names (but for the matrix variant) look equal in every chart. */
export interface ArmView {
  readonly name: string;
  /** Without the matrix variant: SB of SB[F1]. */
  readonly label: string;
  readonly colour: string;
  /** Of a dot. */
  readonly symbol: (typeof SYMBOLS)[number];
  /** Tells the arms beyond the palette's six colours apart. */
  readonly dash: string;
}

/** Arms that can share an axis: one network, one matrix variant, one data set. */
export interface ArmGroup {
  readonly heading: string;
  readonly anchor: string;
  readonly arms: readonly ArmView[];
}

const COLOURS = 6;
const SYMBOLS = ["circle", "square", "triangle", "diamond", "star", "wye", "cross"] as const;
const DASHES = ["", "6 3", "2 3"] as const;

export function groupArms({ suite }: RunRecord): ArmGroup[] {
  const labels = [...new Set(suite.arms.map(({ name }) => plainName(name)))];
  const groups = comparableArms(suite.arms);
  const headings = groups.map(([arm]) => headingOf(arm));
  return groups.map((arms, i) => {
    const [first] = arms;
    const heading = headings[i] ?? "";
    const alone = headings.filter((other) => other === heading).length === 1;
    return {
      heading: alone ? heading : `${heading}, ${dataWords(first.data)}`,
      anchor: `measured-${i + 1}`,
      arms: arms.map(({ name }) => armView(name, labels.indexOf(plainName(name)))),
    };
  });
}

/** Arms of one network, one matrix variant and one data set belong together. */
export function comparableArms(arms: readonly Arm[]): [Arm, ...Arm[]][] {
  const groups = new Map<string, [Arm, ...Arm[]]>();
  for (const arm of arms) {
    const key = JSON.stringify([arm.networkName, variantOf(arm.name), arm.data]);
    const group = groups.get(key);
    if (group) group.push(arm);
    else groups.set(key, [arm]);
  }
  return [...groups.values()];
}

/** SB of SB[F1]. */
export function plainName(name: string): string {
  return name.replace(/\[[^\]]*\]$/, "");
}

/** F1 of SB[F1]; empty where there is no matrix. */
export function variantOf(name: string): string {
  return /\[([^\]]*)\]$/.exec(name)?.[1] ?? "";
}

function headingOf({ name, networkName }: Arm): string {
  const variant = variantOf(name);
  return variant === "" || variant === networkName ? networkName : `${networkName} [${variant}]`;
}

function armView(name: string, index: number): ArmView {
  return {
    name,
    label: plainName(name),
    colour: `var(--arm-${(index % COLOURS) + 1})`,
    symbol: SYMBOLS[index % SYMBOLS.length] ?? "circle",
    dash: DASHES[Math.floor(index / COLOURS) % DASHES.length] ?? "",
  };
}
