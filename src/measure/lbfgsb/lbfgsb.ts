import { type Box, type BoxKind, boxKind, projectOntoBox } from "./box.ts";
import { BreakpointQueue } from "./breakpoint-queue.ts";
import { type CauchyPoint, cauchyPoint } from "./cauchy-point.ts";
import { type CompactMatrix, compactMatrix, IDENTITY } from "./compact-matrix.ts";
import { CorrectionHistory } from "./correction-history.ts";
import { descentProduct } from "./history-products.ts";
import { LineSearch } from "./line-search.ts";
import { type ProjectedPath, startPath } from "./projected-path.ts";
import { type SearchDirection, searchDirection } from "./search-direction.ts";
import { type SubspaceStep, subspaceStep } from "./subspace-minimisation.ts";

export interface BoundedProblem {
  /** Float64Array[n]; a start outside the box is projected onto it. */
  readonly start: Float64Array;
  /** Float64Array[n] each; ±Infinity where there is no bound; equal for a fixed variable. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Writes ∇f(x) into gradient, returns f(x). `x` lies in the box and is on loan: neither change nor keep it. */
  evaluate(x: Float64Array, gradient: Float64Array): Promise<number>;
}

export interface LbfgsbOptions {
  /** Correction pairs kept; default 10. */
  readonly memory?: number;
  readonly maxIterations: number;
  /** Stops when an iteration lowers f by no more than this share of max(|f|, |f before|, 1). At 0, the default, only when f did not fall at all. */
  readonly functionTolerance?: number;
  /**
   * Stops when no component of the projected gradient exceeds this. At 0, the default, only at an exactly stationary point: above 0 a
   * start at a well-converged extremum is returned as it is.
   */
  readonly gradientTolerance?: number;
  /** Evaluations of f, the one at the start included, which is always made; default no limit. */
  readonly maxEvaluations?: number;
  /** Aborting rejects with the signal's reason before the next evaluation. */
  readonly signal?: AbortSignal;
}

export interface LbfgsbResult {
  /** The best point found, always in the box. */
  readonly x: Float64Array;
  readonly f: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  /** `not-finite`: f or ∇f was NaN or infinite, or overflowed; the result is the best finite point before (the start if there was none). */
  readonly stop:
    | "max-iterations"
    | "projected-gradient"
    | "function-change"
    | "line-search"
    | "max-evaluations"
    | "not-finite";
}

const MOST_EVALUATIONS_A_SEARCH = 20;
/** The longest step when no bound limits it. */
const LONGEST_STEP = 1e10;

/**
 * Minimises f over a box by L-BFGS-B, with the constants, the first step and the restarts of version 3.0.
 *
 * Memory besides the problem's own three vectors: 6.2·n doubles, 2·n for each correction pair as it arrives (at most
 * min(memory, maxIterations − 1), an odd one counted as two), and n while a line search remembers a trial point that it went on from.
 *
 * @throws RangeError when the vectors differ in length or a lower bound exceeds its upper one.
 * @see Byrd, Lu, Nocedal, Zhu 1995, A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16(5).
 * @see Morales, Nocedal 2011, Remark on Algorithm 778, ACM TOMS 38(1).
 */
export async function minimise(problem: BoundedProblem, options: LbfgsbOptions): Promise<LbfgsbResult> {
  const run = new Minimisation(problem, options);
  return run.finish(await run.iterate());
}

type Stop = LbfgsbResult["stop"];

class Minimisation {
  readonly #problem: BoundedProblem;
  readonly #options: LbfgsbOptions;
  readonly #box: Box;
  readonly #kind: BoxKind;
  readonly #history: CorrectionHistory;
  readonly #queue: BreakpointQueue;
  readonly #status: Uint8Array;
  readonly #direction: Float64Array;
  #matrix: CompactMatrix = IDENTITY;

  #x: Float64Array;
  #f = Number.NaN;
  #gradient: Float64Array;
  /** The trial point and its gradient; between two searches their storage holds breakpoints and sorting keys. */
  #trialX: Float64Array;
  #trialGradient: Float64Array;
  #bestTrial: { readonly step: number; readonly f: number; readonly gradient: Float64Array } | undefined;
  #iterations = 0;
  #evaluations = 0;

  constructor(problem: BoundedProblem, options: LbfgsbOptions) {
    const { start, lower, upper } = problem;
    const n = start.length;
    if (lower.length !== n || upper.length !== n) {
      throw new RangeError(`start has ${n} variables, lower ${lower.length} and upper ${upper.length}`);
    }
    this.#problem = problem;
    this.#options = options;
    this.#box = { lower, upper };
    this.#kind = boxKind(this.#box);
    // The last iteration's pair would never be used.
    const pairs = Math.max(1, Math.min(options.memory ?? 10, options.maxIterations - 1));
    this.#history = new CorrectionHistory(n, pairs);
    this.#queue = new BreakpointQueue(this.#kind === "open" ? 0 : n);
    this.#status = new Uint8Array(n);
    this.#x = new Float64Array(n);
    this.#gradient = new Float64Array(n);
    this.#direction = new Float64Array(n);
    this.#trialX = new Float64Array(n);
    this.#trialGradient = new Float64Array(n);
    projectOntoBox(start, this.#box, this.#x);
  }

  async iterate(): Promise<Stop> {
    const { maxIterations, gradientTolerance = 0, functionTolerance = 0 } = this.#options;
    this.#f = await this.#evaluate(this.#x, this.#gradient);
    if (!Number.isFinite(this.#f) || !this.#gradient.every(Number.isFinite)) return "not-finite";
    let before: number | undefined;
    for (;;) {
      const path = startPath(this.#x, this.#gradient, this.#box, this.#status, this.#trialX);
      // Where the squares of the gradient vanish in double precision no step can be computed from them.
      if (path.projectedGradientNorm <= gradientTolerance || path.descent === 0) return "projected-gradient";
      if (path.descent === Number.POSITIVE_INFINITY) return "not-finite";
      if (before !== undefined) {
        const scale = Math.max(Math.abs(before), Math.abs(this.#f), 1);
        if (before - this.#f <= functionTolerance * scale) return "function-change";
      }
      if (this.#iterations >= maxIterations) return "max-iterations";

      before = this.#f;
      const stop = await this.#step(path);
      if (stop === undefined) this.#iterations++;
      else if (stop === "again") before = undefined;
      else return stop;
    }
  }

  finish(stop: Stop): LbfgsbResult {
    const { step, f, gradient } = this.#bestTrial ?? { step: 0, f: this.#f, gradient: this.#gradient };
    if (step !== 0) {
      this.#moveBy(step);
      this.#x.set(this.#trialX);
    }
    return { x: this.#x, f, gradient, iterations: this.#iterations, evaluations: this.#evaluations, stop };
  }

  async #evaluate(x: Float64Array, gradient: Float64Array): Promise<number> {
    this.#options.signal?.throwIfAborted();
    this.#evaluations++;
    return this.#problem.evaluate(x, gradient);
  }

  /** One iteration. `again`: the pairs turned out to be useless and are forgotten; the iteration starts afresh without them. */
  async #step(path: ProjectedPath): Promise<Stop | "again" | undefined> {
    const cauchy = this.#cauchyPoint(path);
    let subspace: SubspaceStep | undefined;
    if (cauchy.free > 0 && this.#matrix.pairs > 0) {
      subspace = subspaceStep(cauchy, this.#status, this.#history, this.#matrix);
      if (subspace === undefined) return this.#forget();
    }
    const way = searchDirection(
      {
        x: this.#x,
        gradient: this.#gradient,
        box: this.#box,
        status: this.#status,
        history: this.#history,
        cauchy,
        subspace,
      },
      this.#trialX,
      this.#direction,
    );
    const found = await this.#search(way);
    if (found === "failed") return this.#matrix.pairs === 0 ? "line-search" : this.#forget();
    if (typeof found === "string") return found;
    // A search gives up at the best step it has seen; only a function that is not the same twice is higher there than before.
    if (found.f > this.#f) return "function-change";

    this.#bestTrial = undefined;
    this.#f = found.f;
    [this.#x, this.#trialX] = [this.#trialX, this.#x];
    [this.#gradient, this.#trialGradient] = [this.#trialGradient, this.#gradient];
    if (this.#iterations + 1 < this.#options.maxIterations) this.#learn(found.step, way.slope, found.slope);
    return undefined;
  }

  #forget(): "again" {
    this.#history.clear();
    this.#matrix = IDENTITY;
    this.#bestTrial = undefined;
    return "again";
  }

  #cauchyPoint(path: ProjectedPath): CauchyPoint {
    if (this.#kind === "open" && this.#matrix.pairs > 0) {
      // With no bounds the subspace is the whole space, and its minimiser the same from wherever it is sought.
      return {
        step: 0,
        free: path.free,
        descent: descentProduct(this.#history, this.#status, this.#gradient),
        displacement: new Float64Array(2 * this.#matrix.pairs),
      };
    }
    return cauchyPoint(path, this.#gradient, this.#trialX, this.#status, this.#history, this.#matrix, this.#queue, {
      keys: this.#trialGradient,
      spareKeys: this.#direction,
    });
  }

  /** Searches along the direction. On success the trial point and its gradient are the new iterate's. */
  async #search(way: SearchDirection): Promise<{ step: number; f: number; slope: number } | Stop | "failed"> {
    if (!(way.slope < 0)) return "failed";
    const first = this.#iterations === 0;
    const longest =
      this.#kind === "open" ? LONGEST_STEP : first ? 1 : Math.max(1, Math.min(way.longestStep, LONGEST_STEP));
    const initial = first && this.#kind !== "boxed" ? Math.min(1 / way.length, longest) : 1;
    const search = new LineSearch(this.#f, way.slope, initial, longest);
    for (let trial = 0; trial < MOST_EVALUATIONS_A_SEARCH; trial++) {
      if (this.#evaluations >= (this.#options.maxEvaluations ?? Number.POSITIVE_INFINITY)) return "max-evaluations";
      const { step } = search;
      // At step 1 the target is there already, free of rounding.
      if (trial > 0 || step !== 1) this.#moveBy(step);
      const f = await this.#evaluate(this.#trialX, this.#trialGradient);
      const slope = dot(this.#trialGradient, this.#direction);
      if (!Number.isFinite(f) || !Number.isFinite(slope)) return "not-finite";
      if (search.accept(f, slope)) return { step, f, slope };
      if (f < (this.#bestTrial?.f ?? this.#f)) {
        this.#bestTrial = { step, f, gradient: this.#trialGradient.slice() };
      }
    }
    return "failed";
  }

  /** Writes the point `step` along the direction; rounding must not carry it out of the box. */
  #moveBy(step: number): void {
    const { lower, upper } = this.#box;
    for (let i = 0; i < this.#x.length; i++) {
      const moved = this.#x[i]! + step * this.#direction[i]!;
      this.#trialX[i] = Math.min(upper[i]!, Math.max(lower[i]!, moved));
    }
  }

  /** Takes the step into the model, unless f's curvature along it is not positive beyond rounding. */
  #learn(step: number, slopeBefore: number, slopeAfter: number): void {
    if ((slopeAfter - slopeBefore) * step <= Number.EPSILON * -slopeBefore * step) return;
    this.#history.append(step, this.#direction, this.#gradient, this.#trialGradient);
    const matrix = compactMatrix(this.#history);
    if (matrix === undefined) this.#history.clear();
    this.#matrix = matrix ?? IDENTITY;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
