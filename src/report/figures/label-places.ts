/** A line in pixels, and its name. */
export interface NamedLine {
  /** Empty where it has none. */
  readonly text: string;
  readonly places: readonly Point[];
  /** Whether there is a line between its places. */
  readonly joined: boolean;
  /** What else is drawn of it: marks, ends of bars. */
  readonly marks: readonly Point[];
}

export interface Label extends Point {
  readonly text: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LETTER = 6.2;
const HALF = 7;
const AWAY = [11, -11, 17, -17, 26, -26] as const;
const STEPS = 24;

/**
 * A place beside each line for its name, where it covers the least of the lines and of the names before it.
 *
 * @param frame that they must not leave.
 * @param taken other names.
 * @returns centres, one a line in their order; in the middle of the frame for a line without points.
 */
export function placeLabels(lines: readonly NamedLine[], frame: Box, taken: readonly Label[] = []): Label[] {
  const placed = taken.map(boxOf);
  return lines.map(({ text, places, joined }, own) => {
    const half = (LETTER * text.length) / 2;
    let best: { centre: Point; box: Box; cost: number } | undefined;
    for (const at of text === "" ? [] : candidates(places, joined)) {
      for (const away of AWAY) {
        const x = Math.min(frame.right - half + 6, Math.max(frame.left + half - 6, at.x));
        const y = at.y + away;
        const box = boxOf({ text, x, y });
        if (box.top < frame.top || box.bottom > frame.bottom) continue;
        const cost =
          costOf(box, lines, own, placed) +
          6 * between(lines, own, at, y) +
          Math.abs(away) / 20 +
          Math.abs(x - at.x) / 10;
        if (best === undefined || cost < best.cost) best = { centre: { x, y }, box, cost };
      }
    }
    if (best) placed.push(best.box);
    return { text, ...(best?.centre ?? { x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2 }) };
  });
}

function boxOf({ text, x, y }: Label): Box {
  const half = (LETTER * text.length) / 2;
  return { left: x - half, right: x + half, top: y - HALF, bottom: y + HALF };
}

/** Places along a line, its own points first. */
function candidates(places: readonly Point[], joined: boolean): Point[] {
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last || !joined) return [...places];
  const steps = Array.from({ length: STEPS - 1 }, (_, i) => first.x + ((last.x - first.x) * (i + 1)) / STEPS);
  return [...places, ...steps.map((x) => ({ x, y: heightAt(places, x) ?? first.y }))];
}

/** How much is covered: a name counts more than a mark, a mark more than a line, another line more than its own. */
function costOf(box: Box, lines: readonly NamedLine[], own: number, placed: readonly Box[]): number {
  const names = placed.filter(
    (other) =>
      box.left < other.right + 4 && box.right > other.left - 4 && box.top < other.bottom && box.bottom > other.top,
  );
  const covered = lines.map(({ places, joined, marks }, i) => {
    const hidden = marks.filter((mark) => isIn(mark, box)).length;
    return 6 * hidden + (joined ? lineCover(box, places) * (i === own ? 0.7 : 1) : 0);
  });
  return 30 * names.length + covered.reduce((sum, each) => sum + each, 0);
}

function isIn({ x, y }: Point, box: Box): boolean {
  return x > box.left - 4 && x < box.right + 4 && y > box.top - 4 && y < box.bottom + 4;
}

/** At how many of nine positions the line runs through the box. */
function lineCover(box: Box, places: readonly Point[]): number {
  return Array.from({ length: 9 }, (_, k) => {
    const y = heightAt(places, box.left + ((box.right - box.left) * k) / 8);
    return y !== undefined && y > box.top - 2 && y < box.bottom + 2;
  }).filter(Boolean).length;
}

/** How many other lines run between a name and its own line: it would be taken for theirs. */
function between(lines: readonly NamedLine[], own: number, at: Point, y: number): number {
  return lines.filter(({ places, joined }, i) => {
    const other = joined && i !== own ? heightAt(places, at.x) : undefined;
    return other !== undefined && (other - at.y) * (other - y) < 0;
  }).length;
}

function heightAt(places: readonly Point[], x: number): number | undefined {
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]];
    if (!a || !b || (x - a.x) * (x - b.x) > 0) continue;
    return a.x === b.x ? a.y : a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
  }
  return undefined;
}
