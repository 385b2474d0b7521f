import type { Objective } from "../../engine/engine.ts";
import type { Maximiser } from "../../spec/suite.types.ts";
import { minimise } from "../lbfgsb/lbfgsb.ts";
import type { SearchBox } from "./search-box.ts";

/** The largest f a maximiser found in a box. */
export interface Maximum {
  readonly value: number;
  /** Evaluations of f and ∇f, without the one at x, which all maximisers share. */
  readonly evaluations: number;
  readonly iterations: number;
  /** Why it ended. */
  readonly stop: string;
}

/** f and ∇f at the minimiser x itself. */
export interface Centre {
  readonly loss: number;
  /** Float32Array[n] */
  readonly gradient: Float32Array;
}

/** Keskar 2017, p. 5: ten iterations. */
const LBFGSB_ITERATIONS = 10;
const SIGN_ASCENT_STEPS = 30;
const SIGN_ASCENT_PATIENCE = 5;

/**
 * Searches a box for the largest f, from its centre.
 *
 * - `paper-literal`: ten iterations of L-BFGS-B (m = 10) in the variables z of the paper. All tolerances are 0; with
 *   SciPy's defaults a converged minimiser would return at once, with φ = 0.
 * - `scaled`: the same in u = z / halfWidth ∈ [−1, 1]ᵖ with f divided by its largest slope by u. L-BFGS-B's first step
 *   in a bounded problem is the raw gradient; in these variables that step reaches the boundary.
 * - `sign-ascent`: u ← sign(∂f/∂u), the corner the gradient points to, best of at most 30 steps; ends earlier at a
 *   corner that points to itself or after 5 steps without a larger value.
 */
export function maximise(maximiser: Maximiser, objective: Objective, box: SearchBox, centre: Centre): Promise<Maximum> {
  switch (maximiser) {
    case "paper-literal":
      return maximiseByLbfgsb(objective, box, centre, "box");
    case "scaled":
      return maximiseByLbfgsb(objective, box, centre, "unit");
    case "sign-ascent":
      return ascendBySign(objective, box, centre);
  }
}

async function maximiseByLbfgsb(
  objective: Objective,
  box: SearchBox,
  centre: Centre,
  variables: "box" | "unit",
): Promise<Maximum> {
  const p = box.dimension;
  const slope = new Float64Array(p);
  await box.pullBack(centre.gradient, slope);
  const width = variables === "unit" ? box.halfWidth : undefined;
  if (width) for (let i = 0; i < p; i++) slope[i] = (slope[i] as number) * (width[i] as number);
  const steepest = slope.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (steepest === 0) return { value: centre.loss, evaluations: 0, iterations: 0, stop: "gradient is zero" };
  const gain = width ? 1 / steepest : 1;

  const theta = new Float32Array(objective.dimension);
  const gradient = new Float32Array(objective.dimension);
  const z = width ? new Float64Array(p) : undefined;
  let calls = 0;
  const result = await minimise(
    {
      start: new Float64Array(p),
      lower: width ? new Float64Array(p).fill(-1) : box.halfWidth.map((half) => -half),
      upper: width ? new Float64Array(p).fill(1) : box.halfWidth,
      async evaluate(u, out) {
        calls++;
        if (calls === 1) {
          // The first point is the centre, where f and ∇f are known.
          for (let i = 0; i < p; i++) out[i] = -gain * (slope[i] as number);
          return 0;
        }
        if (width && z) for (let i = 0; i < p; i++) z[i] = (u[i] as number) * (width[i] as number);
        await box.point(z ?? u, theta);
        const loss = await objective.lossAndGradient(theta, gradient);
        await box.pullBack(gradient, out);
        if (width) for (let i = 0; i < p; i++) out[i] = -gain * (out[i] as number) * (width[i] as number);
        else for (let i = 0; i < p; i++) out[i] = -(out[i] as number);
        return -gain * (loss - centre.loss);
      },
    },
    { maxIterations: LBFGSB_ITERATIONS, functionTolerance: 0, gradientTolerance: 0 },
  );
  return {
    value: centre.loss - result.f / gain,
    evaluations: calls - 1,
    iterations: result.iterations,
    stop: result.stop,
  };
}

async function ascendBySign(objective: Objective, box: SearchBox, centre: Centre): Promise<Maximum> {
  const p = box.dimension;
  const z = new Float64Array(p);
  const slope = new Float64Array(p);
  const theta = new Float32Array(objective.dimension);
  const gradient = new Float32Array(objective.dimension);
  await box.pullBack(centre.gradient, slope);
  let best = centre.loss;
  let bestStep = 0;
  for (let step = 1; step <= SIGN_ASCENT_STEPS; step++) {
    if (!moveToCorner(z, slope, box.halfWidth)) {
      return { value: best, evaluations: step - 1, iterations: step - 1, stop: "corner points to itself" };
    }
    await box.point(z, theta);
    const loss = await objective.lossAndGradient(theta, gradient);
    await box.pullBack(gradient, slope);
    if (loss > best) {
      best = loss;
      bestStep = step;
    } else if (step - bestStep >= SIGN_ASCENT_PATIENCE) {
      return { value: best, evaluations: step, iterations: step, stop: "no larger value" };
    }
  }
  return { value: best, evaluations: SIGN_ASCENT_STEPS, iterations: SIGN_ASCENT_STEPS, stop: "max-iterations" };
}

/** z ← halfWidth · sign(slope); a slope of zero leaves its coordinate. @returns whether anything moved. */
function moveToCorner(z: Float64Array, slope: Float64Array, halfWidth: Float64Array): boolean {
  let moved = false;
  for (let i = 0; i < z.length; i++) {
    const direction = Math.sign(slope[i] as number);
    if (direction === 0) continue;
    const corner = direction * (halfWidth[i] as number);
    moved ||= z[i] !== corner;
    z[i] = corner;
  }
  return moved;
}
