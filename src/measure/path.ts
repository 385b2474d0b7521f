import type { Objective } from "../engine/engine.ts";
import { filterNormalised } from "../networks/filters.ts";
import type { ParameterLayout } from "../networks/layout.ts";
import type { PathMeasurement } from "../spec/suite.types.ts";
import type { MeasuredValue } from "./measured-value.ts";

export interface PathOptions {
  readonly shape: PathMeasurement["shape"];
  /** Values of α, ascending. */
  readonly positions: readonly number[];
  /** Of the half-width, nats. */
  readonly lossRise: number;
}

interface PathPoint {
  readonly alpha: number;
  readonly trainLoss: number;
}

/**
 * Loss and accuracy along a path between two minimisers, and what follows from the training loss.
 *
 * @param from Float32Array[n], at α = 0
 * @param to Float32Array[n], at α = 1
 * @see Keskar 2017, Figures 3 and 7; Li et al. 2018 for the filter-normalised one
 */
export async function measurePath(
  { train, test }: { readonly train: Objective; readonly test: Objective },
  from: Float32Array,
  to: Float32Array,
  layout: ParameterLayout,
  { shape, positions, lossRise }: PathOptions,
): Promise<MeasuredValue[]> {
  const moveTo = pathOf(shape, from, to, layout);
  const theta = new Float32Array(from.length);
  const evaluateAt = async (alpha: number) => {
    moveTo(alpha, theta);
    return { train: await train.evaluate(theta), test: await test.evaluate(theta) };
  };
  const values: MeasuredValue[] = [];
  const profile: PathPoint[] = [];
  for (const at of positions) {
    const found = await evaluateAt(at);
    profile.push({ alpha: at, trainLoss: found.train.loss });
    values.push(
      { part: "train-loss", at, value: found.train.loss },
      { part: "train-accuracy", at, value: found.train.accuracy },
      { part: "test-loss", at, value: found.test.loss },
      { part: "test-accuracy", at, value: found.test.accuracy },
    );
  }
  const lossAt = async (alpha: number) =>
    profile.find((point) => point.alpha === alpha)?.trainLoss ?? (await evaluateAt(alpha)).train.loss;
  const ends = [await lossAt(0), await lossAt(1)] as const;
  for (const { alpha, trainLoss } of profile) {
    values.push({ part: "rise", at: alpha, value: trainLoss - ends[alpha <= 0.5 ? 0 : 1] });
  }
  values.push(halfWidth(profile, 0, ends[0], lossRise), halfWidth(profile, 1, ends[1], lossRise));
  return shape === "filter-normalised" ? values : [...values, ...barrierOf(profile, Math.max(...ends))];
}

/** @returns a function that writes the path's point into its second argument. */
function pathOf(
  shape: PathMeasurement["shape"],
  from: Float32Array,
  to: Float32Array,
  layout: ParameterLayout,
): (alpha: number, theta: Float32Array) => void {
  const combine = (a: number, b: number, theta: Float32Array) => {
    for (let i = 0; i < theta.length; i++) theta[i] = a * (from[i] as number) + b * (to[i] as number);
  };
  if (shape === "linear") return (alpha, theta) => combine(1 - alpha, alpha, theta);
  if (shape === "curvilinear") {
    return (alpha, theta) => {
      const [cosine, sine] = Number.isInteger(alpha)
        ? quarterTurns(alpha)
        : [Math.cos((alpha * Math.PI) / 2), Math.sin((alpha * Math.PI) / 2)];
      combine(cosine, sine, theta);
    };
  }
  const line = from.map((value, i) => (to[i] as number) - value);
  const [atFrom, atTo] = [filterNormalised(line, from, layout), filterNormalised(line, to, layout)];
  return (alpha, theta) => {
    const [end, direction, step] = alpha <= 0 ? [from, atFrom, alpha] : [to, atTo, alpha - 1];
    for (let i = 0; i < theta.length; i++) theta[i] = (end[i] as number) + step * (direction[i] as number);
  };
}

/** Cosine and sine, without rounding, so that the ends are the minimisers themselves. */
function quarterTurns(turns: number): [number, number] {
  const turn = ((turns % 4) + 4) % 4;
  return [[1, 0, -1, 0][turn] as number, [0, 1, 0, -1][turn] as number];
}

/** How far outwards from an end the loss has risen by so much, in α, interpolated linearly. */
function halfWidth(profile: readonly PathPoint[], end: 0 | 1, loss: number, lossRise: number): MeasuredValue {
  const outwards = profile
    .filter(({ alpha }) => (end === 0 ? alpha < 0 : alpha > 1))
    .map(({ alpha, trainLoss }) => ({ distance: Math.abs(alpha - end), rise: trainLoss - loss }))
    .toSorted((a, b) => a.distance - b.distance);
  let before = { distance: 0, rise: 0 };
  for (const point of outwards) {
    if (!Number.isFinite(point.rise)) {
      return { part: "half-width", at: end, absent: "the training loss is not finite where it should have risen" };
    }
    if (point.rise >= lossRise) {
      const share = (lossRise - before.rise) / (point.rise - before.rise);
      return { part: "half-width", at: end, value: before.distance + share * (point.distance - before.distance) };
    }
    before = point;
  }
  return {
    part: "half-width",
    at: end,
    absent: `the training loss does not rise by ${lossRise} nats within the path`,
  };
}

/** The highest point between the ends, above the higher of them. */
function barrierOf(profile: readonly PathPoint[], higherEnd: number): MeasuredValue[] {
  const between = profile.filter(({ alpha }) => alpha >= 0 && alpha <= 1);
  const [first, ...rest] = between;
  const finite = between.every(({ trainLoss }) => Number.isFinite(trainLoss));
  if (!first || !finite) {
    const absent = first
      ? "the training loss is not finite between the ends"
      : "the path has no point between its ends";
    return [
      { part: "barrier", absent },
      { part: "barrier-position", absent },
    ];
  }
  const top = rest.reduce((highest, point) => (point.trainLoss > highest.trainLoss ? point : highest), first);
  return [
    { part: "barrier", value: Math.max(0, top.trainLoss - higherEnd) },
    top.alpha > 0 && top.alpha < 1
      ? { part: "barrier-position", value: top.alpha }
      : { part: "barrier-position", absent: "the training loss has no maximum between the ends" },
  ];
}
