/** Mirrors left and right, then turns, then shifts. */
export interface Movement {
  readonly mirror: boolean;
  /** About the centre, in radians: from right to down. */
  readonly angle: number;
  /** Pixels. */
  readonly down: number;
  /** Pixels. */
  readonly right: number;
}

/**
 * Moves one image, by one bilinear interpolation, with zeros from outside.
 *
 * @param from float32 [channels, height, width] from `offset` on.
 * @param to where the moved image goes, from `offset` on.
 */
export function moveImage(
  from: Float32Array,
  to: Float32Array,
  offset: number,
  [channels, height, width]: readonly [number, number, number],
  movement: Movement,
): void {
  const [a, b, c, d, e, f] = inverseMap(movement, height, width);
  const area = height * width;
  const end = offset + channels * area;
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const row = a * i + b * j + c;
      const column = d * i + e * j + f;
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const [v, u] = [row - top, column - left];
      // Weights of the four pixels around it; one outside has none.
      const [above, below] = [top >= 0 && top < height ? 1 - v : 0, top >= -1 && top < height - 1 ? v : 0];
      const [before, after] = [left >= 0 && left < width ? 1 - u : 0, left >= -1 && left < width - 1 ? u : 0];
      let source = offset + top * width + left;
      for (let target = offset + i * width + j; target < end; target += area, source += area) {
        let value = 0;
        if (above > 0) {
          if (before > 0) value += above * before * (from[source] as number);
          if (after > 0) value += above * after * (from[source + 1] as number);
        }
        if (below > 0) {
          if (before > 0) value += below * before * (from[source + width] as number);
          if (after > 0) value += below * after * (from[source + width + 1] as number);
        }
        to[target] = value;
      }
    }
  }
}

/** Where in the image a pixel of the moved one comes from: row a·i + b·j + c, column d·i + e·j + f. */
type InverseMap = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

function inverseMap({ mirror, angle, down, right }: Movement, height: number, width: number): InverseMap {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const side = mirror ? -1 : 1;
  const [i0, j0] = [-middleRow - down, -middleColumn - right];
  return [
    cosine,
    -sine,
    cosine * i0 - sine * j0 + middleRow,
    side * sine,
    side * cosine,
    side * (sine * i0 + cosine * j0) + middleColumn,
  ];
}
