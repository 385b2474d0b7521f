import * as Plot from "@observablehq/plot";

/** Of an axis, with their labels. */
export interface Ticks {
  readonly ticks: readonly number[];
  readonly tickFormat: (value: number) => string;
}

// The labels are given as text, not as a tick format: on a logarithmic scale d3 drops some of those.

/** An axis below the chart, with its label at the left. */
export function axisBelow({ ticks, tickFormat }: Ticks, label: string): Plot.Markish {
  return Plot.axisX([...ticks], {
    text: (tick: number) => tickFormat(tick),
    tickSize: 0,
    label: label === "" ? null : label,
    labelAnchor: "left",
    labelArrow: "none",
    labelOffset: 36,
  });
}

/** An axis to the left of the chart; what it shows stands in the figure's title. */
export function axisLeft({ ticks, tickFormat }: Ticks): Plot.Markish {
  return Plot.axisY([...ticks], { text: (tick: number) => tickFormat(tick), tickSize: 0, label: null });
}
