const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** At most about six ticks between two positive numbers: powers of ten, with 2 and 5 between them where there is room. */
export function logTicks(lowest: number, highest: number): number[] {
  const first = Math.floor(Math.log10(lowest));
  const last = Math.ceil(Math.log10(highest));
  const within = (value: number) => value >= lowest * (1 - 1e-9) && value <= highest * (1 + 1e-9);
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const ticks = (factors: readonly number[], step = 1) =>
    powers
      .filter((power) => power % step === 0)
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter(within);
  for (const step of [1, 2, 3, 5, 10, 20, 50]) {
    const found = ticks([1], step);
    if (found.length > 6) continue;
    if (found.length >= 3 || step > 1) return found;
    break;
  }
  const denser = [
    [1, 2, 5],
    [1, 2, 3, 5],
    // Spaced evenly enough for their labels, where the next would crowd at its upper end.
    [1, 2, 3, 4, 6, 8],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    // Of two or three decades, where the first has too many.
    [1, 3],
  ].map((factors) => ticks(factors));
  const some =
    denser.find(({ length }) => length >= 3 && length <= 7) ?? denser.find(({ length }) => length >= 2 && length <= 7);
  return some ?? [Number(lowest.toPrecision(3)), Number(highest.toPrecision(3))];
}

/** 0.001, 500, 10⁻⁶, 5·10⁻⁶. */
export function formatLogTick(value: number): string {
  const [mantissa, power] = value.toExponential(2).split("e").map(Number) as [number, number];
  if (Math.abs(power) < 4) return String(Number(value.toPrecision(3)));
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return `${mantissa === 1 ? "" : `${mantissa}·`}10${power < 0 ? "⁻" : ""}${digits}`;
}
