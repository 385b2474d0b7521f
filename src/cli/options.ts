import { InvalidArgumentError, Option } from "commander";
import { DEVICES, ENGINES } from "../engine/device.ts";
import type { ProfileName } from "../spec/read-suite.ts";

/** `--engine` and `--device`, the same for every command that computes. */
export function engineOptions(): [Option, Option] {
  return [
    new Option("--engine <name>", "what computes").choices(["auto", ...ENGINES]).default("auto"),
    new Option("--device <name>", "where it computes; auto takes the fastest it finds that computes right")
      .choices(["auto", ...DEVICES])
      .default("auto"),
  ];
}

/** What decides the exit code, the same for every command that judges. */
export function gateOptions(): [Option, Option, Option] {
  return [
    new Option(
      "--gate <what>",
      "what decides the exit code: the claims, or the captured baseline of this machine's kind",
    )
      .choices(["claims", "baseline"])
      .default("claims"),
    new Option("--update", "with --gate baseline: write a baseline that differs anew"),
    new Option("--fail-on <verdict>", "with --gate claims: exit with 3 on it").choices(["inconclusive"]),
  ];
}

/** `--data-dir`, the same for every command that looks for data. */
export function dataOption(): Option {
  return new Option("--data-dir <folder>", "look here for data sets first, then in CLAIMBENCH_DATA");
}

export const PROFILES = ["smoke", "quick", "nightly", "paper"] as const satisfies ProfileName[];

/** A whole number of at least 1. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError("Expected a whole number of at least 1.");
  return value;
}

/** More threads or processes than this help nothing, and a mistyped number would exhaust the machine. */
export const MOST_PARALLEL = 256;

/** Threads or processes. */
export function parallelism(text: string): number {
  const value = count(text);
  if (value > MOST_PARALLEL) throw new InvalidArgumentError(`Expected at most ${MOST_PARALLEL}.`);
  return value;
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };
/** Longer than timers can wait. */
const MOST_SECONDS = 20 * SECONDS.d;

/** A duration such as 30m or 1h30m, in seconds. */
export function seconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)];
  const value = parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * SECONDS[unit as keyof typeof SECONDS],
    0,
  );
  if (parts.map(([part]) => part).join("") !== text || !(value > 0 && value <= MOST_SECONDS)) {
    throw new InvalidArgumentError("Expected a time such as 90s, 30m or 1h30m, 20d at most.");
  }
  return value;
}

export function days(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("Expected a number of days.");
  return value;
}

/** An option that may be given more than once: its values add up. Give commander no default, it would be added to. */
export function repeatable<Value>(parse: (text: string) => Value[]): (text: string, before?: Value[]) => Value[] {
  return (text, before = []) => [...new Set([...before, ...parse(text)])];
}

/** Positive numbers with commas between. */
export function positiveNumbers(text: string): number[] {
  const values = text.split(",").map(Number);
  if (!values.every((value) => Number.isFinite(value) && value > 0)) {
    throw new InvalidArgumentError("Expected positive numbers with commas between, such as 1e-3,5e-4.");
  }
  return values;
}

/** Words out of a list, with commas between. */
export function wordsOf<Word extends string>(known: readonly Word[]): (text: string) => Word[] {
  return (text) => {
    const words = text.split(",").map((word) => word.trim());
    const unknown = words.find((word) => !known.includes(word as Word));
    if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is not one of ${known.join(", ")}.`);
    return words as Word[];
  };
}
