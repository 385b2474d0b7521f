import { expect, test } from "vitest";
import { LineSearch } from "../../src/measure/lbfgsb/line-search.ts";

type Curve = readonly [value: (step: number) => number, slope: (step: number) => number];

const rational: Curve = [(a) => -a / (a * a + 2), (a) => (a * a - 2) / (a * a + 2) ** 2];
const quintic: Curve = [
  (a) => (a + 0.004) ** 5 - 2 * (a + 0.004) ** 4,
  (a) => 5 * (a + 0.004) ** 4 - 8 * (a + 0.004) ** 3,
];
const wave: Curve = [
  (a) => Math.cos(3 * a) / 3 - 0.5 * a + 0.1 * a * a - Math.sin(0.7 * a),
  (a) => -Math.sin(3 * a) - 0.5 + 0.2 * a - 0.7 * Math.cos(0.7 * a),
];
const kink: Curve = [(a) => Math.abs(a - 0.3) + 0.01 * a * a - 0.2 * a, (a) => Math.sign(a - 0.3) + 0.02 * a - 0.2];

// Steps tried, by SciPy's DCSRCH with ftol 1e-3, gtol 0.9, xtol 0.1 (SciPy 1.17.1).
test.each([
  ["rational", rational, 1e10, [0.001, 0.005, 0.021, 0.085, 0.341]],
  ["rational, far", rational, 1e10, [100, 33.30000532161556]],
  ["rational, limited", rational, 0.1, [0.1]],
  [
    "quintic, near",
    quintic,
    1e10,
    [
      0.001, 0.005, 0.021, 0.085, 0.341, 1.365, 5.461, 2.1070247668786957, 1.551692634475675, 1.5975830448985595,
      1.5975830448985595,
    ],
  ],
  [
    "quintic",
    quintic,
    1e10,
    [0.1, 0.5, 2.1, 1.1322375187701137, 1.6024085266778738, 1.5847382834276738, 1.6024085266778738],
  ],
  [
    "quintic, from one",
    quintic,
    1e10,
    [1, 5, 1.8114483590459156, 1.258652747016426, 1.5915767318641247, 1.5961295989208408, 1.5961295989208408],
  ],
  [
    "quintic, far",
    quintic,
    100,
    [
      100, 22.296560486858024, 5.0328534799926485, 1.2185100336251793, 2.645997571262044, 1.514434672424402,
      1.6041026329594494, 1.6041026329594494,
    ],
  ],
  ["wave", wave, 1e10, [10, 3.6824488350248252, 1.4599461695946223]],
  ["kink", kink, 1e10, [100, 13.065064668650622, 2.2380812214674615, 0.49067700923697927]],
] as const)("%s: tries the steps of Moré and Thuente", (_, [value, slope], maximum, steps) => {
  const search = new LineSearch(value(0), slope(0), steps[0], maximum);
  const tried: number[] = [];
  for (let found = false; !found && tried.length < 25; ) {
    tried.push(search.step);
    found = search.accept(value(search.step), slope(search.step));
  }
  expect(tried).toHaveLength(steps.length);
  for (const [k, step] of steps.entries()) expect(Math.abs(tried[k]! / step - 1)).toBeLessThan(1e-9);
  expect(search.step).toBe(tried.at(-1));
});
