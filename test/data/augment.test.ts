import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { augmented } from "../../src/data/augment.ts";
import { moveImage } from "../../src/data/move-image.ts";
import type { Samples } from "../../src/data/samples.ts";
import type { Augmentation } from "../../src/spec/suite.types.ts";

interface Reference {
  readonly shape: [number, number, number];
  readonly image: readonly number[];
  readonly cases: readonly {
    readonly mirror: boolean;
    readonly degrees: number;
    readonly down: number;
    readonly right: number;
    readonly expected: readonly number[];
  }[];
}
const fixture = join(import.meta.dirname, "../fixtures/augmentation/moved-images.json");
const { shape, image, cases }: Reference = JSON.parse(readFileSync(fixture, "utf8"));

test.each(cases)("as SciPy moves it: mirror $mirror, $degrees°, $down down, $right right", (movement) => {
  const { degrees, expected, ...rest } = movement;
  // Another image before and after it, of which nothing must be seen, and something old where it goes.
  const from = Float32Array.from([...image.map(() => 9), ...image, ...image.map(() => 9)]);
  const to = new Float32Array(from.length).fill(-1);
  moveImage(from, to, image.length, shape, { ...rest, angle: (degrees * Math.PI) / 180 });
  const moved = to.subarray(image.length, 2 * image.length);
  for (const [i, value] of expected.entries()) expect(moved[i], `number ${i}`).toBeCloseTo(value, 6);
  expect(to.filter((value) => value === -1)).toHaveLength(2 * image.length);
});

/** So many images of distinct numbers. */
function images(count: number, of: readonly [number, number, number]): Samples {
  const size = of[0] * of[1] * of[2];
  const x = Float32Array.from({ length: count * size }, (_, i) => i + 1);
  return { x, y: Int32Array.from({ length: count }, (_, i) => i % 3), count, shape: of };
}
const random = (seed = 1) => xoroshiro128plus(seed);

test("flip mirrors about half of the images and leaves the others as they are", () => {
  const samples = images(400, [2, 3, 4]);
  const { x, y, count } = augmented(samples, { flip: true }, random());
  let mirrored = 0;
  for (let i = 0; i < 400; i++) {
    const rows = Array.from({ length: 6 }, (_, row) => [...samples.x.subarray(24 * i + 4 * row, 24 * i + 4 * row + 4)]);
    const now = [...x.subarray(24 * i, 24 * (i + 1))];
    const isMirrored = now[0] !== rows[0]?.[0];
    expect(now).toEqual(rows.flatMap((row) => (isMirrored ? row.toReversed() : row)));
    mirrored += Number(isMirrored);
  }
  // Five standard deviations of a fair coin.
  expect(Math.abs(mirrored - 200)).toBeLessThan(50);
  expect(y).toEqual(samples.y);
  expect(count).toBe(400);
});

/** Centre of mass of an image that is one pixel, relative to the middle. */
function centre(x: Float32Array, size: number): { down: number; right: number } {
  let [mass, down, right] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    mass += value;
    down += value * (Math.floor(i / size) - (size - 1) / 2);
    right += value * ((i % size) - (size - 1) / 2);
  }
  return { down: down / mass, right: right / mass };
}

/** Where one pixel, so far to the right of the middle, goes in each of 500 images. */
function wherePixelsGo(augmentation: Augmentation, toTheRight: number) {
  const size = 21;
  const x = new Float32Array(500 * size * size);
  for (let i = 0; i < 500; i++) x[i * size * size + 10 * size + 10 + toTheRight] = 1;
  const samples = { x, y: new Int32Array(500), count: 500, shape: [1, size, size] };
  const out = augmented(samples, augmentation, random()).x;
  return Array.from({ length: 500 }, (_, i) => centre(out.subarray(i * size * size, (i + 1) * size * size), size));
}

test("shifts are uniform in ± the share of the size, along each axis by itself", () => {
  const places = wherePixelsGo({ shift: 0.2 }, 0);
  for (const axis of ["down", "right"] as const) {
    const shifts = places.map((place) => place[axis]).toSorted((a, b) => a - b);
    for (const [rank, shift] of shifts.entries()) {
      // Kolmogorov-Smirnov at about 1e-5.
      expect(Math.abs((shift + 4.2) / 8.4 - rank / 500)).toBeLessThan(0.11);
    }
    expect(shifts[0]).toBeGreaterThanOrEqual(-4.2001);
    expect(shifts.at(-1)).toBeLessThanOrEqual(4.2001);
  }
  const covariance = places.reduce((sum, { down, right }) => sum + down * right, 0) / 500;
  expect(Math.abs(covariance)).toBeLessThan(1.3);
});

test("angles are uniform in ± so many degrees, about the centre", () => {
  const places = wherePixelsGo({ rotate: 30 }, 8);
  const degrees = places.map(({ down, right }) => (Math.atan2(down, right) * 180) / Math.PI).toSorted((a, b) => a - b);
  for (const [rank, angle] of degrees.entries()) expect(Math.abs((angle + 30) / 60 - rank / 500)).toBeLessThan(0.11);
  // The centre of mass of an interpolated pixel is off by less than half of one.
  for (const { down, right } of places) expect(Math.abs(Math.hypot(down, right) - 8)).toBeLessThan(0.5);
});

test("every image draws as many numbers, whatever is changed", () => {
  const samples = images(5, [1, 2, 2]);
  const after = (augmentation: Augmentation) => {
    const generator = random();
    augmented(samples, augmentation, generator);
    return generator.getState();
  };
  expect(after({ flip: true })).toEqual(after({ rotate: 3, shift: 0.1 }));
});

test("equal generators give equal images, into what was there before too, and leave the samples alone", () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          flip: fc.constant<true>(true),
          rotate: fc.double({ min: 1, max: 180 }),
          shift: fc.double({ min: 0, max: 1 }),
        },
        { requiredKeys: [] },
      ),
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
      fc.integer(),
      (augmentation, of, seed) => {
        const samples = images(3, of);
        const before = samples.x.slice();
        const once = augmented(samples, augmentation as Augmentation, random(seed)).x;
        const old = new Float32Array(samples.x.length).fill(7);
        const again = augmented(samples, augmentation as Augmentation, random(seed), old).x;
        expect(again).toBe(old);
        expect(again).toEqual(once);
        expect(samples.x).toEqual(before);
        // A bilinear interpolation makes nothing that was not between what there was and zero.
        const most = Math.max(...before) * (1 + 1e-6);
        expect(once.every((value) => value >= 0 && value <= most)).toBe(true);
      },
    ),
  );
});
