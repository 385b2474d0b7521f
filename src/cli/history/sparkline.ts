const BARS = "▁▂▃▄▅▆▇█";

/** Values as bars between the least and the most of them; a dot where there is none. @param logarithmic of positive ones. */
export function sparkline(values: readonly (number | null)[], logarithmic: boolean): string {
  const heights = values.map((value) => (value === null ? null : logarithmic ? Math.log(value) : value));
  const known = heights.filter((height): height is number => height !== null && Number.isFinite(height));
  const least = Math.min(...known);
  const extent = Math.max(...known) - least;
  return heights
    .map((height) => {
      if (height === null || !Number.isFinite(height)) return "·";
      // Values that differ in the last bits are the same value.
      if (extent <= 1e-9 * Math.abs(least)) return "▄";
      return BARS[Math.round(((height - least) / extent) * (BARS.length - 1))];
    })
    .join("");
}

/** Cut in the middle: names of variants differ at their ends. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`;
}
