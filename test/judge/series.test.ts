import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { diverged, type RecordOptions, runRecord, seriesSamples } from "./run-record.ts";

const LB = { arm: "LB[F1]", measurement: "along" };
const SB = { arm: "SB[F1]", measurement: "along" };

function judged(assertion: ResolvedAssertion, samples: RecordOptions["samples"], options: Partial<RecordOptions> = {}) {
  return judge(runRecord({ seeds: [0, 1, 2], samples, assertions: [assertion], ...options }))[0]!.assertions[0];
}

/** The same points at each of three seeds, but for a factor. */
const thrice = (points: readonly number[]) => [1, 1.01, 1.03].map((factor) => points.map((value) => value * factor));

const rises: ResolvedAssertion = { kind: "trend", of: [LB], direction: "increasing", against: "epoch" };
const peak: ResolvedAssertion = { kind: "no-decay", of: LB, tolerance: 0.1 };

test.each<[string, ResolvedAssertion, readonly number[], string, RegExp]>([
  ["rising", rises, [1, 2, 3, 5, 4], "pass", /^correlation 0\.9 \(the same at each of 3 seeds\): it lies above 0$/],
  ["falling", rises, [5, 4, 3, 2, 1], "fail", /^correlation -1 /],
  ["falling, then rising", { ...rises, half: "late" }, [9, 8, 1, 2, 3, 4], "pass", /^correlation 1 /],
  // The middle one of an odd number belongs to the later half.
  ["falling, then rising, five", { ...rises, half: "late" }, [9, 8, 1, 2, 3], "pass", /^correlation 1 /],
  ["no peak", peak, [0.5, 0.8, 0.9, 0.9], "pass", /^mean 0 \(the same at each of 3 seeds\): it lies below 0\.1$/],
  ["a peak", peak, [0.5, 0.9, 0.8, 0.5], "fail", /^mean 0\.4\d* .* lies above 0\.1$/],
  ["a peak at the tolerance", peak, [0.5, 0.9, 0.8, 0.8], "inconclusive", /the interval contains 0\.1$/],
])("a series: %s", (_, assertion, points, status, reason) => {
  const verdict = judged(assertion, seriesSamples("LB[F1].along", thrice(points)));
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
});

test("seeds that disagree leave a trend open", () => {
  const seeds = [
    [1, 2, 3],
    [3, 2, 1],
    [1, 3, 2],
  ];
  expect(judged(rises, seriesSamples("LB[F1].along", seeds)).status).toBe("inconclusive");
});

test("a trend against the loss", () => {
  const assertion: ResolvedAssertion = { ...rises, against: "loss" };
  const points = [
    { value: 1, loss: 2 },
    { value: 3, loss: 0.5 },
    { value: 2, loss: 1 },
  ];
  const verdict = judged(assertion, seriesSamples("LB[F1].along", [points, points, points]));
  expect(verdict).toMatchObject({
    status: "fail",
    expression: "LB[F1].along increases with loss",
    judged: { subject: "ρ of LB along with loss" },
  });
  const without = judged(assertion, seriesSamples("LB[F1].along", thrice([1, 2, 3])));
  expect(without.status).toBe("not-measured");
  expect(without.reason).toContain("LB[F1].along at seeds 0, 1 and 2 has no training loss along it");
});

test("a series that does not vary at one seed has no trend there", () => {
  const seeds = [
    [1, 2, 3],
    [4, 4, 4],
    [1, 2, 3],
  ];
  const verdict = judged(rises, seriesSamples("LB[F1].along", seeds));
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toMatch(/^1 of 3 seeds missing: LB\[F1\]\.along at seed 1 does not vary; what is left/);
});

test("two points make no trend", () => {
  const verdict = judged(rises, seriesSamples("LB[F1].along", thrice([1, 2])));
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toContain("has 2 points, too few for a trend");
});

test("a series is its points in order of the epoch, without the minimiser's own value", () => {
  const points = seriesSamples("LB[F1].along", thrice([1, 2, 3, 4]));
  const samples = { "LB[F1].along": [-9, -9, -9], ...points };
  const record = runRecord({ seeds: [0, 1, 2], samples, assertions: [rises, peak] });
  const turned = { ...record, samples: record.samples.toReversed() };
  expect(judge(turned)[0]?.assertions.map(({ status }) => status)).toEqual(["pass", "pass"]);
});

test("a single value is that of the minimiser; one of a series is named by its epoch", () => {
  const samples = { "LB[F1].along": [9, 9.1, 9], ...seriesSamples("LB[F1].along", thrice([1, 2, 9])) };
  const at = (epoch?: number): ResolvedAssertion => ({
    kind: "greater",
    first: epoch === undefined ? LB : { ...LB, at: epoch },
    second: 5,
  });
  expect(judged(at(), samples).status).toBe("pass");
  expect(judged(at(1), samples)).toMatchObject({ status: "fail", expression: "LB[F1].along[epoch=1] > 5" });
  const missing = judged(at(7), samples);
  expect(missing.status).toBe("not-measured");
  expect(missing.reason).toContain("LB[F1].along[epoch=7] at seeds 0, 1 and 2 has no value");
});

test("values along a path are told apart by part and α", () => {
  const samples = {
    "LB[F1].path[rise,alpha=1.25]": [2, 2.1, 2],
    "LB[F1].path[rise,alpha=1]": [0, 0, 0],
    "LB[F1].path[test-loss,alpha=1.25]": [-1, -1, -1],
    "LB[F1].path[barrier]": [0.3, 0.4, 0.3],
  };
  const greater = (part: string, at?: number): ResolvedAssertion => ({
    kind: "greater",
    first: { arm: "LB[F1]", measurement: "path", part, ...(at === undefined ? {} : { at }) },
    second: 1,
  });
  expect(judged(greater("rise", 1.25), samples)).toMatchObject({
    status: "pass",
    expression: "LB[F1].path[rise,alpha=1.25] > 1",
    judged: { subject: "LB, path rise" },
  });
  expect(judged(greater("test-loss", 1.25), samples).status).toBe("fail");
  expect(judged(greater("barrier"), samples).status).toBe("fail");
});

test.each<[string, (samples: RecordOptions["samples"]) => RecordOptions["samples"], RegExp]>([
  [
    "a point without value",
    (samples) => ({ ...samples, "LB[F1].along[epoch=1]": [1, "no gradient", 2] }),
    /^1 of 3 seeds missing: LB\[F1\]\.along at seed 1 has no value: no gradient; /,
  ],
  [
    "an infinite point",
    (samples) => ({ ...samples, "LB[F1].along[epoch=1]": [1, 1, Number.NaN] }),
    /LB\[F1\]\.along at seed 2 is NaN at epoch 1; /,
  ],
])("a series with %s is none", (_, change, reason) => {
  for (const assertion of [rises, peak]) {
    const verdict = judged(assertion, change(seriesSamples("LB[F1].along", thrice([1, 2, 3]))));
    expect(verdict.status).toBe("inconclusive");
    expect(verdict.reason).toMatch(reason);
  }
});

test("a series with two values of one epoch is none", () => {
  const record = runRecord({
    seeds: [0, 1, 2],
    samples: seriesSamples("LB[F1].along", thrice([1, 2, 3])),
    assertions: [rises],
  });
  const again = { ...LB, seed: 1, at: 2, value: 7 };
  const [verdict] = judge({ ...record, samples: [...record.samples, again] });
  expect(verdict?.reason).toContain("LB[F1].along at seed 1 has several values at epoch 2");
});

test("without any sample a series is not measured", () => {
  for (const assertion of [rises, peak, matched("lowest")]) {
    const verdict = judged(assertion, { "LB[F1].along": [1, 2, 3] });
    expect(verdict.status).toBe("not-measured");
    expect(verdict.reason).toContain("LB[F1].along at seeds 0, 1 and 2 has no value");
  }
});

type Matched = Extract<ResolvedAssertion, { kind: "matched-loss" }>;

function matched(loss: Matched["loss"], above = 1, atLeast?: number): Matched {
  return {
    kind: "matched-loss",
    first: LB,
    second: SB,
    loss,
    above,
    ...(atLeast === undefined ? {} : { atLeast }),
  };
}

type Points = readonly (readonly [loss: number, value: number])[];

/** Both arms at three seeds, the first with values that differ a little. */
function arms(lb: Points, sb: Points): RecordOptions["samples"] {
  const series = (points: Points, factor: number) => points.map(([loss, value]) => ({ loss, value: value * factor }));
  return {
    ...seriesSamples(
      "LB[F1].along",
      [1, 1.01, 0.99].map((factor) => series(lb, factor)),
    ),
    ...seriesSamples(
      "SB[F1].along",
      [1, 1, 1].map((factor) => series(sb, factor)),
    ),
  };
}

// Power laws: 8 / loss and 2 · loss, which a straight line in logarithms interpolates exactly. The first points are the
// start, that the arms share.
const STEEP: Points = [2.5, 2, 0.9, 0.5, 0.2].map((loss) => [loss, 8 / loss]);
const GENTLE: Points = [2.5, 1.6, 0.7, 0.3].map((loss) => [loss, 2 * loss]);

test.each<[string, Matched, number]>([
  ["the lowest shared loss", matched("lowest"), 4 / 0.3 ** 2],
  ["the highest shared loss", matched("highest"), 4 / 1.6 ** 2],
  ["a loss by number", matched(0.6), 4 / 0.6 ** 2],
  ["from the lowest to the highest", matched("lowest-to-highest"), (1.6 / 0.3) ** 2],
])("the ratio at %s", (_, assertion, ratio) => {
  const [result] = judged(assertion, arms(STEEP, GENTLE)).results;
  expect(result).toMatchObject({ effect: { scale: "ratio", n: 3 } });
  const { effect, values } = result as Extract<typeof result, { effect: unknown }>;
  expect(effect.estimate / ratio).toBeCloseTo(1, 3);
  expect(values[0]!.first / values[0]!.second!).toBeCloseTo(ratio, 9);
});

test("the values of a seed are those at the shared loss", () => {
  const [result] = judged(matched(0.6), arms(STEEP, GENTLE)).results;
  expect(result).toMatchObject({
    values: [{ seed: 0, first: expect.closeTo(8 / 0.6, 9), second: expect.closeTo(1.2, 9) }, {}, {}],
  });
});

test.each<[string, Matched, Points, Points, string, RegExp]>([
  ["above", matched("lowest", 1, 40), STEEP, GENTLE, "pass", /^ratio 44\.4 .* and the minimum 40 is reached$/],
  [
    "short of the minimum",
    matched("lowest", 1, 50),
    STEEP,
    GENTLE,
    "inconclusive",
    /short of the declared minimum 50$/,
  ],
  ["below", matched("lowest"), GENTLE, STEEP, "fail", /lies below 1$/],
  ["across", matched("lowest"), GENTLE, GENTLE, "inconclusive", /the interval contains 1$/],
  [
    "losses that come and go",
    matched(0.6),
    [STEEP[0]!, STEEP[2]!, STEEP[1]!, STEEP[4]!, STEEP[3]!],
    GENTLE,
    "pass",
    /^ratio 11\.1 /,
  ],
  [
    "a loss that is passed twice, with the geometric mean there",
    matched(0.5),
    [...STEEP.slice(0, 3), [0.5, 8], [0.5, 32], [0.2, 40]],
    GENTLE,
    "pass",
    /^ratio 16 /,
  ],
  [
    "a single shared loss",
    matched("lowest"),
    [
      [3, 1],
      [1, 5],
    ],
    [
      [3, 1],
      [1, 2],
    ],
    "pass",
    /^ratio 2\.5 /,
  ],
])("at equal loss: %s", (_, assertion, lb, sb, status, reason) => {
  const verdict = judged(assertion, arms(lb, sb));
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
});

test.each<[string, Matched, Points, Points, string]>([
  [
    "no overlap",
    matched("lowest"),
    [
      [2.5, 1],
      [2, 1],
      [1.5, 2],
    ],
    GENTLE.slice(2),
    "share no training loss",
  ],
  ["a loss that one does not pass", matched(0.25), STEEP, GENTLE, "do not both pass the training loss 0.25"],
  ["one shared loss of two", matched("lowest-to-highest"), [[1, 5]], [[1, 2]], "share a single training loss"],
  [
    "zeros only",
    matched("lowest"),
    STEEP.map(([loss]) => [loss, 0] as const),
    GENTLE,
    "are not both above 0 anywhere after the start",
  ],
])("not measured: %s", (_, assertion, lb, sb, reason) => {
  const verdict = judged(assertion, arms([[9, 9], ...lb], [[9, 9], ...sb]));
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toBe(
    `all 3 seeds missing: LB[F1].along and SB[F1].along at seeds 0, 1 and 2 ${reason}; nothing is left to judge`,
  );
});

test("the start does not count as a shared loss", () => {
  const [result] = judged(
    matched("highest"),
    arms(
      [
        [2.5, 7],
        [1, 4],
      ],
      [
        [2.5, 7],
        [2, 1],
        [0.5, 1],
      ],
    ),
  ).results;
  expect(result).toMatchObject({ effect: { estimate: expect.closeTo(4, 1) } });
});

test("a seed without overlap, or whose trial diverged, leaves the rest in doubt", () => {
  const samples = arms(STEEP, GENTLE);
  const verdict = judged(matched("lowest"), samples, { trials: [diverged("SB[F1]", 2, 11)] });
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toMatch(/^1 of 3 seeds missing: SB\[F1\] at seed 2 diverged at update 11; what is left/);
});

test("a series without its losses cannot be compared at one", () => {
  const samples = { ...arms(STEEP, GENTLE), ...seriesSamples("SB[F1].along", thrice([1, 2, 3, 4])) };
  expect(judged(matched("lowest"), samples).reason).toContain(
    "LB[F1].along and SB[F1].along at seeds 0, 1 and 2 lack a",
  );
});

test("values so far apart that their ratio is no number any more give none", () => {
  const tiny: Points = [2.5, 0.5, 0.4].map((loss) => [loss, 1e-320]);
  const large: Points = [2.5, 0.5, 0.4].map((loss) => [loss, 1e300]);
  const verdict = judged(matched("lowest-to-highest"), arms(tiny, large));
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toContain("are too far apart for a ratio");
});
