import { formatLogTick } from "./log-ticks.ts";
import { type AxisScale, axisScale } from "./scale.ts";

/** An axis that loses no value: what a logarithm cannot show lies at the lower end, under a tick that says so. */
export interface EdgeScale extends AxisScale {
  /** Where a value is drawn. */
  place(value: number): number;
  /** Whether a value is drawn at the end for want of a logarithm. */
  isAtEdge(value: number): boolean;
}

// In decades: room between the lowest positive value and the edge.
const LEAST_GAP = 0.25;
const GAP_SHARE = 0.14;

/** Logarithmic. @param values any finite numbers. */
export function edgeScale(values: readonly number[]): EdgeScale {
  const positive = values.filter((value) => value > 0);
  const hasEdge = positive.length < values.length || positive.length === 0;
  const { domain, ticks } = axisScale(positive.length > 0 ? positive : [1], "log");
  const [low, high] = domain;
  const gap = Math.max(LEAST_GAP, GAP_SHARE * Math.log10(high / low));
  const edge = hasEdge ? Math.max(Number.MIN_VALUE, low * 10 ** -gap) : low;
  const shown = positive.length > 0 ? ticks : [];
  const zero = values.some((value) => value < 0) ? "≤ 0" : "0";
  return {
    type: "log",
    domain: [edge, high],
    ticks: hasEdge ? [edge, ...shown] : shown,
    tickFormat: (tick) => (hasEdge && tick === edge ? zero : formatLogTick(tick)),
    place: (value) => (value > 0 ? value : edge),
    isAtEdge: (value) => !(value > 0),
  };
}

/** Logarithmic where positive values span more than a factor of 20 and none is negative, else linear. */
export function fittingScale(values: readonly number[]): EdgeScale {
  const positive = values.filter((value) => value > 0);
  const spansMuch = extreme(positive, Math.max) > 20 * extreme(positive, Math.min);
  if (spansMuch && values.every((value) => value >= 0)) return edgeScale(values);
  return {
    ...axisScale(values, "linear"),
    place: (value) => value,
    isAtEdge: () => false,
  };
}

function extreme(values: readonly number[], of: (a: number, b: number) => number): number {
  return values.length === 0 ? 0 : values.reduce((found, value) => of(found, value));
}
