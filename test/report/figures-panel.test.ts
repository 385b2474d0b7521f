import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { placeLabels } from "../../src/report/figures/label-places.ts";
import { distanceAxis, linearAxis, logAxis, percentAxis } from "../../src/report/figures/panel-axis.ts";
import { drawPanel, type PanelLine } from "../../src/report/figures/panel-chart.ts";

const line = (name: string, values: readonly number[], more: Partial<PanelLine> = {}): PanelLine => ({
  name,
  axis: "left",
  colour: "red",
  dashed: false,
  symbol: "circle",
  paper: false,
  joined: true,
  points: values.map((value, x) => ({ x, value })),
  seeds: [],
  ...more,
});

test("an axis has its values in their order between its ends, and its ticks at their values", () => {
  const log = logAxis("φ", [0.1, 100]);
  expect(log.share(1) - log.share(0.1)).toBeCloseTo(log.share(10) - log.share(1), 12);
  expect(log.ticks.find(({ text }) => text === "10")?.at).toBeCloseTo(log.share(10), 12);
  const withZero = logAxis("φ", [0, 0.1, 100]);
  expect(withZero.share(0)).toBe(0);
  expect(withZero.ticks[0]).toEqual({ at: 0, text: "0" });
  const percent = percentAxis("accuracy", [0.9, 1]);
  expect(percent.ticks.find(({ text }) => text === "95 %")?.at ?? percent.share(0.95)).toBeCloseTo(
    percent.share(0.95),
    12,
  );
  const distance = distanceAxis("accuracy", [0.9, 0.999, 1]);
  expect(distance.share(0.99) - distance.share(0.9)).toBeCloseTo(distance.share(0.999) - distance.share(0.99), 9);
  expect(distance.share(1)).toBe(1);
  expect(distance.ticks.find(({ text }) => text === "99 %")?.at).toBeCloseTo(distance.share(0.99), 9);
  expect(distance.ticks.find(({ text }) => text === "100 %")?.at).toBe(1);
});

test("marks lie where their axes say; the paper's are hollow", () => {
  const lines = [
    line("ours", [1, 10, 100]),
    line("theirs", [0.5, 0.75, 1], { axis: "right", paper: true, colour: "blue" }),
  ];
  const svg = drawPanel({
    title: "F1",
    x: linearAxis("α", [0, 1, 2]),
    left: logAxis("loss", [1, 10, 100]),
    right: percentAxis("accuracy", [0.5, 1]),
    lines,
    marked: [{ x: 1, text: "LB", colour: "green" }],
    label: "a chart",
  });
  const { document } = parseHTML(`<body>${svg}</body>`);
  const dots = (colour: string) =>
    [...document.querySelectorAll("g")]
      .flatMap((group) => [...group.querySelectorAll("circle, path")].map((mark) => ({ group, mark })))
      .filter(({ group, mark }) =>
        [group, mark].some((each) => each.getAttribute("stroke") === colour || each.getAttribute("fill") === colour),
      )
      .filter(({ mark }) => mark.tagName.toLowerCase() === "circle")
      .map(({ mark, group }) => ({
        x: Number(mark.getAttribute("cx")),
        y: Number(mark.getAttribute("cy")),
        fill: mark.getAttribute("fill") ?? group.getAttribute("fill"),
      }));
  const ours = dots("red");
  const theirs = dots("blue");
  expect(ours).toHaveLength(3);
  expect(theirs).toHaveLength(3);
  expect(ours.map(({ fill }) => fill)).toEqual(["red", "red", "red"]);
  expect(theirs.map(({ fill }) => fill)).toEqual(["var(--page)", "var(--page)", "var(--page)"]);
  const [a, b, c] = ours as [(typeof ours)[0], (typeof ours)[0], (typeof ours)[0]];
  expect(a.y - b.y).toBeCloseTo(b.y - c.y, 0);
  expect(a.y).toBeGreaterThan(c.y);
  expect(theirs.map(({ x }) => x)).toEqual(ours.map(({ x }) => x));
  // Both axes are filled by their values, so equal shares lie at equal heights.
  expect(theirs[0]?.y).toBeCloseTo(a.y, 0);
  expect(document.querySelector("svg")?.getAttribute("aria-label")).toBe("a chart");
});

test("names stay in the frame, off each other and beside their own lines", () => {
  const frame = { left: 0, right: 300, top: 0, bottom: 200 };
  const flat = (y: number) => [0, 100, 200, 300].map((x) => ({ x, y }));
  const named = ["first", "second", "third", "fourth"].map((text, i) => ({
    text,
    places: flat(20 + 45 * i),
    joined: true,
    marks: flat(20 + 45 * i),
  }));
  const labels = placeLabels(named, frame);
  for (const [i, { text, x, y }] of labels.entries()) {
    expect(text).toBe(named[i]?.text);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(300);
    expect(y).toBeGreaterThan(6);
    expect(y).toBeLessThan(194);
    const distances = named.map(({ places }) => Math.abs((places[0]?.y ?? 0) - y));
    expect(distances.indexOf(Math.min(...distances))).toBe(i);
    for (const other of labels.slice(0, i))
      expect(Math.max(Math.abs(other.x - x) / 3, Math.abs(other.y - y))).toBeGreaterThan(12);
  }
});

test("a line without points has its name nowhere near an edge, and no number that is none", () => {
  const [label] = placeLabels([{ text: "none", places: [], joined: true, marks: [] }], {
    left: 0,
    right: 100,
    top: 0,
    bottom: 50,
  });
  expect(label).toEqual({ text: "none", x: 50, y: 25 });
});
