/** An axis of time, in milliseconds since 1970, UTC. */
export interface TimeAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly tickFormat: (time: number) => string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST_TICKS = 4;
const AIR = 0.04;

const EVEN_STEPS = [
  ...[1, 5, 15, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 4, 7, 14].map((count) => count * DAY),
];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];

/** @param times at least one. */
export function timeAxis(times: readonly number[]): TimeAxis {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const air = (last - first) * AIR || 12 * HOUR;
  const domain = [first - air, last + air] as const;
  const step = EVEN_STEPS.find((each) => multiples(domain, each).count <= MOST_TICKS);
  const ticks = step === undefined ? monthTicks(domain) : evenTicks(domain, step);
  return { domain, ticks, tickFormat: formatOf(domain, step) };
}

/** Multiples of a step within the domain; a day, of UTC, begins at one. */
function multiples([from, to]: readonly [number, number], step: number): { first: number; count: number } {
  const first = Math.ceil(from / step);
  return { first, count: Math.max(0, Math.floor(to / step) - first + 1) };
}

function evenTicks(domain: readonly [number, number], step: number): number[] {
  const { first, count } = multiples(domain, step);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

function monthTicks([from, to]: readonly [number, number]): number[] {
  const start = new Date(from);
  const months = (time: Date) => 12 * time.getUTCFullYear() + time.getUTCMonth();
  const end = months(new Date(to));
  for (const step of MONTH_STEPS) {
    const ticks: number[] = [];
    for (let month = Math.ceil(months(start) / step) * step; month <= end; month += step) {
      const time = Date.UTC(Math.floor(month / 12), month % 12);
      if (time >= from && time <= to) ticks.push(time);
    }
    if (ticks.length <= MOST_TICKS) return ticks;
  }
  return [];
}

/** As much of a time as tells the ticks apart. */
function formatOf([from, to]: readonly [number, number], step: number | undefined): (time: number) => string {
  const words = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
    return (time: number) => format.format(time);
  };
  if (step === undefined) return words({ month: "short", year: "numeric" });
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  const day = { day: "numeric", month: "short" } as const;
  if (step >= DAY) return words(day);
  return to - from > 12 * HOUR ? words({ ...day, ...time }) : words(time);
}
