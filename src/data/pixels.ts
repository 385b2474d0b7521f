const SCALED = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Writes pixels to `target` from `at` on, scaled from 0…255 to [0, 1]. */
export function scalePixels(pixels: Uint8Array, target: Float32Array, at: number): void {
  for (let i = 0; i < pixels.length; i++) target[at + i] = SCALED[pixels[i] as number] as number;
}
