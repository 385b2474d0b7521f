import { edgeScale } from "../charts/edge-scale.ts";
import { formatLogTick, logTicks } from "../charts/log-ticks.ts";
import { axisScale } from "../charts/scale.ts";

/** An axis of a panel: where along it a value lies, from 0 to 1. */
export interface PanelAxis {
  readonly title: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  share(value: number): number;
}

/** Logarithmic; what has no logarithm lies at the end, under a tick that says so. */
export function logAxis(title: string, values: readonly number[]): PanelAxis {
  const scale = edgeScale(values);
  const share = between(scale.domain, Math.log10);
  return {
    title,
    ticks: scale.ticks.map((tick) => ({ at: share(tick), text: scale.tickFormat(tick) })),
    share: (value) => share(scale.place(value)),
  };
}

export function linearAxis(title: string, values: readonly number[]): PanelAxis {
  const scale = axisScale(values, "linear");
  const share = between(scale.domain, (value) => value);
  return { title, ticks: scale.ticks.map((tick) => ({ at: share(tick), text: scale.tickFormat(tick) })), share };
}

/** Of shares of samples, in percent. */
export function percentAxis(title: string, shares: readonly number[]): PanelAxis {
  const axis = linearAxis(
    title,
    shares.map((each) => 100 * each),
  );
  return {
    title,
    ticks: axis.ticks.map(({ at, text }) => ({ at, text: `${text} %` })),
    share: (value) => axis.share(100 * value),
  };
}

/** Of shares of samples by their distance from 1, so that 99 % and 99.9 % lie as far apart as 90 % and 99 %. */
export function distanceAxis(title: string, shares: readonly number[]): PanelAxis {
  const scale = edgeScale(shares.map((each) => 1 - each));
  const share = between(scale.domain, Math.log10);
  // Then the first tick is the edge.
  const whole = shares.some((each) => each >= 1);
  return {
    title,
    ticks: scale.ticks.map((tick, i) => ({
      at: 1 - share(tick),
      text: `${Number((100 * (1 - (whole && i === 0 ? 0 : tick))).toPrecision(6))} %`,
    })),
    share: (value) => 1 - share(scale.place(1 - value)),
  };
}

/** @param values positive. */
export function logPositions(title: string, values: readonly number[]): PanelAxis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const domain = low === high ? ([low / 2, high * 2] as const) : ([low, high] as const);
  const share = between(domain, Math.log10);
  return { title, ticks: logTicks(...domain).map((tick) => ({ at: share(tick), text: formatLogTick(tick) })), share };
}

const COUNTS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Counts from 0, compressed to the right. */
export function countPositions(title: string, values: readonly number[]): PanelAxis {
  const last = Math.max(1, ...values);
  const share = between([0, last], Math.log1p);
  const ticks = COUNTS.filter((tick) => tick <= last);
  return { title, ticks: ticks.map((tick) => ({ at: share(tick), text: String(tick) })), share };
}

function between([low, high]: readonly [number, number], on: (value: number) => number): (value: number) => number {
  const [first, last] = [on(low), on(high)];
  return (value) => (on(value) - first) / (last - first);
}
