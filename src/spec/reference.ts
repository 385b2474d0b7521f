import { didYouMean } from "./nearest.ts";
import type { SampleReference } from "./run.types.ts";
import type { Maximiser, Measurement } from "./suite.types.ts";

export const MAXIMISERS = ["paper-literal", "scaled", "sign-ascent"] as const satisfies Maximiser[];

/** What a reference names: one value a seed, or as many as there are epochs. */
export type ReferenceForm = "single" | "series";

interface ParsedReference {
  readonly arm: string;
  readonly measurement: string;
  readonly numbers: readonly number[];
  readonly words: readonly string[];
  readonly at?: { readonly axis: string; readonly value: number };
}

/**
 * Takes a reference such as `LB.sharpness[0.001,scaled]` or `LB.path[rise,alpha=1.25]` apart; its outer form is already
 * checked by the schema.
 *
 * @returns the reference, or in words what is wrong within the brackets.
 */
export function parseReference(text: string): ParsedReference | string {
  const match = /^([^.]+)\.([^[]+)(?:\[([^\]]+)\])?$/.exec(text);
  const [, arm = "", measurement = "", options = ""] = match ?? [];
  const numbers: number[] = [];
  const words: string[] = [];
  let at: ParsedReference["at"];
  for (const option of options === "" ? [] : options.split(",").map((word) => word.trim())) {
    const [axis = "", value] = option.split("=");
    if (value !== undefined) {
      if (at || value.trim() === "" || !Number.isFinite(Number(value))) {
        return `"${text}": expected one [alpha=number] or [epoch=number], found "${option}"`;
      }
      at = { axis: axis.trim(), value: Number(value) };
    } else if (option !== "" && !Number.isNaN(Number(option))) numbers.push(Number(option));
    else words.push(option);
  }
  return { arm, measurement, numbers, words, ...(at ? { at } : {}) };
}

/** What tells the samples of one measurement of a trial from each other. */
interface SampleAxes {
  readonly epsilon?: readonly number[];
  readonly maximisers?: readonly Maximiser[];
  /** Names of its values, with what runs along each. */
  readonly parts?: Readonly<Record<string, Axis | undefined>>;
  readonly axis?: Axis;
}

interface Axis {
  readonly name: "alpha" | "epoch";
  /** Whether there is a value without it, too. */
  readonly optional: boolean;
  readonly values?: readonly number[];
}

/**
 * Checks a reference's options against its measurement.
 *
 * @param arm name of the arm in the record.
 * @returns the reference, or in words what is wrong.
 */
export function referTo(
  text: string,
  { measurement: id, numbers, words, at }: ParsedReference,
  arm: string,
  measurement: Measurement,
  form: ReferenceForm,
): SampleReference | string {
  const axes = axesOf(measurement);
  const here = (message: string) => `"${text}": ${message}`;
  const [part, maximiser, unknown] = sortWords(words, axes);
  if (unknown !== undefined) {
    const known = [...Object.keys(axes.parts ?? {}), ...(axes.maximisers ?? [])];
    const kind = axes.parts ? "part" : "maximiser";
    if (known.length === 0) return here(`"${id}" measures ${measurement.metric}, which has no "${unknown}"`);
    const all = axes.maximisers && !axes.parts ? MAXIMISERS : known;
    return here(`unknown ${kind} "${unknown}"${didYouMean(unknown, all)} (known: ${all.join(", ")})`);
  }
  if (axes.parts && part === undefined) {
    return here(`"${id}" has several values; name one of ${Object.keys(axes.parts).join(", ")}`);
  }
  const epsilon = epsilonOf(text, id, numbers, measurement, part === undefined || part === "sharpness" ? axes : {});
  if (typeof epsilon === "string") return epsilon;
  if (maximiser !== undefined && !axes.maximisers?.includes(maximiser)) {
    return here(`"${id}" is not measured with ${maximiser}, only with ${axes.maximisers?.join(", ")}`);
  }
  const axis = part === undefined ? axes.axis : axes.parts?.[part];
  const position = positionOf(axis, at, id, form);
  if (typeof position === "string") return here(position);
  return {
    arm,
    measurement: id,
    ...epsilon,
    ...(maximiser === undefined ? {} : { maximiser }),
    ...(part === undefined ? {} : { part }),
    ...position,
  };
}

function sortWords(words: readonly string[], { parts = {}, maximisers }: SampleAxes) {
  let [part, maximiser]: [string | undefined, Maximiser | undefined] = [undefined, undefined];
  for (const word of words) {
    if (part === undefined && Object.hasOwn(parts, word)) part = word;
    else if (maximiser === undefined && maximisers && isMaximiser(word)) maximiser = word;
    else return [part, maximiser, word] as const;
  }
  return [part, maximiser] as const;
}

function epsilonOf(
  text: string,
  id: string,
  numbers: readonly number[],
  { metric }: Measurement,
  { epsilon: known }: SampleAxes,
): { epsilon?: number } | string {
  const [epsilon, ...more] = numbers;
  if (more.length > 0) return `"${text}": expected one ε, found ${numbers.join(" and ")}`;
  if (!known) {
    if (epsilon === undefined) return {};
    return `"${text}": "${id}" measures ${metric}, which has no ε${metric === "rescaled-sharpness" ? " but for the part sharpness" : ""}`;
  }
  const [only, ...others] = known;
  if (epsilon === undefined) {
    if (others.length === 0 && only !== undefined) return { epsilon: only };
    return `"${text}": "${id}" is measured at several ε; write [${only}] or another of ${known.join(", ")}`;
  }
  if (!known.includes(epsilon)) {
    return `"${text}": "${id}" is not measured at ε = ${epsilon}, only at ${known.join(", ")}`;
  }
  return { epsilon };
}

function positionOf(
  axis: Axis | undefined,
  at: ParsedReference["at"],
  id: string,
  form: ReferenceForm,
): { at?: number } | string {
  if (form === "series") {
    if (axis?.name !== "epoch") return `"${id}" is no series; measure it with "everyEpochs", or "at": "every-epoch"`;
    return at === undefined ? {} : "expected the whole series, without an epoch";
  }
  if (at === undefined) {
    if (!axis || axis.optional) return {};
    return `"${id}" has a value at every ${axis.name}; name one, such as [${axis.name}=${axis.values?.at(-1) ?? 1}]`;
  }
  if (axis?.name !== at.axis) return `"${id}" has no ${at.axis} here`;
  if (axis.values && !axis.values.includes(at.value)) {
    return `"${id}" has no value at ${at.axis} = ${at.value}, only at ${axis.values.join(", ")}`;
  }
  return { at: at.value };
}

function axesOf(measurement: Measurement): SampleAxes {
  switch (measurement.metric) {
    case "sharpness":
      return { epsilon: measurement.epsilon, maximisers: measurement.maximiser, ...alongTraining(measurement) };
    case "accuracy":
    case "loss":
      return measurement.at === "every-epoch" ? { axis: { name: "epoch", optional: false } } : {};
    case "path": {
      const along: Axis = { name: "alpha", optional: false, values: pathPositions(measurement) };
      const ends: Axis = { ...along, values: [0, 1] };
      const losses = { "train-loss": along, "train-accuracy": along, "test-loss": along, "test-accuracy": along };
      const whole = { barrier: undefined, "barrier-position": undefined };
      return {
        parts: {
          ...losses,
          rise: along,
          "half-width": ends,
          ...(measurement.shape === "filter-normalised" ? {} : whole),
        },
      };
    }
    case "spectrum":
      return {
        parts: { largest: undefined, smallest: undefined, "share-above-tenth": undefined, "share-negative": undefined },
      };
    case "rescaled-sharpness":
      return {
        epsilon: measurement.epsilon,
        maximisers: measurement.maximiser,
        parts: { sharpness: undefined, "loss-change": undefined, "accuracy-change": undefined },
      };
    case "step-time":
      return {
        parts: {
          seconds: undefined,
          "samples-per-second": undefined,
          "training-seconds": undefined,
          "repeat-ratio": undefined,
        },
      };
    case "distance":
    case "gradient-norm":
    case "top-eigenvalue":
    case "trace":
    case "gradient-noise-scale":
    case "adaptive-sharpness":
      return alongTraining(measurement);
    case "steep-directions":
      return {};
    default: {
      const { axis } = alongTraining(measurement);
      const values = measurement.code?.values;
      if (!values) return axis ? { axis } : {};
      return { parts: Object.fromEntries(Object.keys(values).map((part) => [part, axis])) };
    }
  }
}

function alongTraining({ everyEpochs }: { readonly everyEpochs?: number }): SampleAxes {
  return everyEpochs === undefined ? {} : { axis: { name: "epoch", optional: true } };
}

/** The values of α on a path, ascending: evenly spaced, without the rounding of their sums. */
export function pathPositions({
  shape,
  points = 25,
  range: [first, last] = [-1, 2],
}: {
  readonly shape: string;
  readonly points?: number;
  readonly range?: readonly [number, number];
}): number[] {
  const all = Array.from({ length: points }, (_, i) => {
    return Number((first + ((last - first) * i) / (points - 1)).toFixed(9));
  });
  return shape === "filter-normalised" ? all.filter((alpha) => alpha <= 0 || alpha >= 1) : all;
}

function isMaximiser(word: string): word is Maximiser {
  return (MAXIMISERS as readonly string[]).includes(word);
}
