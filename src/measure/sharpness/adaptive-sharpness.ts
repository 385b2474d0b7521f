import type { Objective } from "../../engine/engine.ts";
import { filterNorm, filtersOf } from "../../networks/filters.ts";
import type { ParameterLayout } from "../../networks/layout.ts";
import type { MeasuredValue } from "../measured-value.ts";

/** What the ball is measured in: each parameter's own size, its filter's norm, or nothing. */
export type BallScale = "element" | "filter" | "none";

/**
 * max f(x + e) − f(x) over ‖T⁻¹e‖₂ ≤ ρ in nats, by ascent from boundary point to boundary point: e ← ρ T²g / ‖Tg‖₂ with
 * g = ∇f(x + e), from e = 0 on. The best of all steps.
 *
 * @param x the minimiser, Float32Array[n]
 * @see Kwon et al. 2021, eq. 2 and 6; with T = 1 Foret et al. 2021, eq. 2
 */
export async function adaptiveSharpness(
  objective: Objective,
  x: Float32Array,
  layout: ParameterLayout,
  { rho, scale, steps }: { rho: number; scale: BallScale; steps: number },
): Promise<MeasuredValue[]> {
  const unit = unitsOf(x, layout, scale);
  const gradient = new Float32Array(x.length);
  const theta = x.slice();
  const loss = await objective.lossAndGradient(x, gradient);
  let best = 0;
  let iterations = 0;
  while (iterations < steps) {
    let squares = 0;
    for (let i = 0; i < x.length; i++) squares += ((unit[i] as number) * (gradient[i] as number)) ** 2;
    if (squares === 0) break;
    const factor = rho / Math.sqrt(squares);
    for (let i = 0; i < x.length; i++) {
      theta[i] = (x[i] as number) + factor * (unit[i] as number) ** 2 * (gradient[i] as number);
    }
    iterations++;
    best = Math.max(best, (await objective.lossAndGradient(theta, gradient)) - loss);
  }
  return [{ value: best, detail: { loss, iterations, evaluations: iterations + 1 } }];
}

/** The diagonal of T, Float64Array[n]. */
function unitsOf(x: Float32Array, layout: ParameterLayout, scale: BallScale): Float64Array {
  if (scale === "none") return new Float64Array(x.length).fill(1);
  const units = Float64Array.from(x, Math.abs);
  if (scale === "filter") {
    for (const filter of filtersOf(layout)) {
      units.fill(filterNorm(x, filter), filter.offset, filter.offset + filter.size);
    }
  }
  return units;
}
