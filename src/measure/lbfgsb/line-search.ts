/** Constants of L-BFGS-B, version 3.0. */
const SUFFICIENT_DECREASE = 1e-3;
const CURVATURE = 0.9;
const INTERVAL_TOLERANCE = 0.1;

/** How far beyond the last step the next may reach while no minimiser is bracketed. */
const LEAST_EXTRAPOLATION = 1.1;
const MOST_EXTRAPOLATION = 4;
/** A bracket that did not shrink to this share in two steps is bisected. */
const SHRINKAGE = 0.66;

interface Sample {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * The line search of Moré and Thuente: from a decreasing start it narrows down a step that satisfies the strong Wolfe conditions
 * f(step) ≤ f(0) + ftol·step·f′(0) and |f′(step)| ≤ gtol·|f′(0)|, and never leaves [0, maximum].
 *
 * It asks for nothing itself: the caller evaluates f and f′ at {@link LineSearch.step} and reports them to {@link LineSearch.accept}.
 *
 * @see Moré, Thuente 1994, Line search algorithms with guaranteed sufficient decrease, ACM TOMS 20(3).
 */
export class LineSearch {
  /** The step to evaluate next or, once {@link accept} said so, the step found. */
  step: number;

  readonly #maximum: number;
  readonly #start: Sample;
  #best: Sample;
  #other: Sample;
  #bracketed = false;
  /** Until f falls below the line of sufficient decrease the search runs on f minus that line. */
  #seeksDecrease = true;
  #least = 0;
  #most: number;
  #width: number;
  #widthBefore: number;

  /**
   * @param value f(0).
   * @param slope f′(0), below zero.
   * @param step the first trial, in (0, maximum].
   */
  constructor(value: number, slope: number, step: number, maximum: number) {
    this.step = step;
    this.#maximum = maximum;
    this.#start = { step: 0, value, slope };
    this.#best = this.#start;
    this.#other = this.#start;
    this.#most = step + MOST_EXTRAPOLATION * step;
    this.#width = maximum;
    this.#widthBefore = 2 * maximum;
  }

  /**
   * Takes f and f′ at {@link step}.
   *
   * @returns true when the search ends at `step`: the conditions hold, or rounding or the ends of the interval leave nothing to gain;
   *   false when `step` is the next one to evaluate.
   */
  accept(value: number, slope: number): boolean {
    const trial: Sample = { step: this.step, value, slope };
    const line = SUFFICIENT_DECREASE * this.#start.slope;
    const decreased = value <= this.#start.value + trial.step * line;
    if (this.#seeksDecrease && decreased && slope >= 0) this.#seeksDecrease = false;

    if (decreased && Math.abs(slope) <= -CURVATURE * this.#start.slope) return true;
    if (this.#bracketed && (trial.step <= this.#least || trial.step >= this.#most || this.#isNarrow())) return true;
    if (trial.step === this.#maximum && decreased && slope <= line) return true;
    if (trial.step === 0 && (!decreased || slope >= line)) return true;

    if (this.#seeksDecrease && value <= this.#best.value && !decreased) {
      const tilt = (sample: Sample, by: number): Sample => ({
        step: sample.step,
        value: sample.value - sample.step * by,
        slope: sample.slope - by,
      });
      this.#best = tilt(this.#best, line);
      this.#other = tilt(this.#other, line);
      this.#advance(tilt(trial, line));
      this.#best = tilt(this.#best, -line);
      this.#other = tilt(this.#other, -line);
    } else {
      this.#advance(trial);
    }
    this.#tighten();
    return false;
  }

  #isNarrow(): boolean {
    return this.#most - this.#least <= INTERVAL_TOLERANCE * this.#most;
  }

  /** Chooses the next step from the trial and the interval, then moves the interval's ends. */
  #advance(trial: Sample): void {
    const best = this.#best;
    const turned = trial.slope * Math.sign(best.slope) < 0;
    const next = this.#interpolate(trial, turned);
    if (trial.value > best.value) {
      this.#other = trial;
    } else {
      if (turned) this.#other = best;
      this.#best = trial;
    }
    this.step = next;
  }

  #interpolate(trial: Sample, turned: boolean): number {
    const best = this.#best;
    if (trial.value > best.value) {
      // f rose: the minimiser lies between; the cubic is trusted when it stays closer to the best step than the parabola.
      this.#bracketed = true;
      const cubic = cubicMinimiser(best, trial);
      const length = trial.step - best.step;
      const chord = (best.value - trial.value) / length;
      const parabolic = best.step + (best.slope / (chord + best.slope) / 2) * length;
      return Math.abs(cubic - best.step) < Math.abs(parabolic - best.step) ? cubic : cubic + (parabolic - cubic) / 2;
    }
    const secant = trial.step + (trial.slope / (trial.slope - best.slope)) * (best.step - trial.step);
    const forward = trial.step > best.step;
    if (turned) {
      this.#bracketed = true;
      const cubic = cubicMinimiser(trial, best);
      return Math.abs(cubic - trial.step) > Math.abs(secant - trial.step) ? cubic : secant;
    }
    if (Math.abs(trial.slope) < Math.abs(best.slope)) {
      const cubic = cubicBeyond(trial, best) ?? (forward ? this.#most : this.#least);
      const cubicIsCloser = Math.abs(cubic - trial.step) < Math.abs(secant - trial.step);
      if (!this.#bracketed) {
        return Math.max(
          this.#least,
          Math.min(this.#most, Math.abs(cubic - trial.step) > Math.abs(secant - trial.step) ? cubic : secant),
        );
      }
      const limit = trial.step + SHRINKAGE * (this.#other.step - trial.step);
      const next = cubicIsCloser ? cubic : secant;
      return forward ? Math.min(limit, next) : Math.max(limit, next);
    }
    if (this.#bracketed) return cubicMinimiser(trial, this.#other);
    return forward ? this.#most : this.#least;
  }

  /** Sets the limits of the step after this one, and falls back where interpolation stalls. */
  #tighten(): void {
    const best = this.#best.step;
    const other = this.#other.step;
    if (this.#bracketed) {
      if (Math.abs(other - best) >= SHRINKAGE * this.#widthBefore) this.step = best + (other - best) / 2;
      this.#widthBefore = this.#width;
      this.#width = Math.abs(other - best);
      this.#least = Math.min(best, other);
      this.#most = Math.max(best, other);
    } else {
      this.#least = this.step + LEAST_EXTRAPOLATION * (this.step - best);
      this.#most = this.step + MOST_EXTRAPOLATION * (this.step - best);
    }
    this.step = Math.max(0, Math.min(this.#maximum, this.step));
    if (this.#bracketed && (this.step <= this.#least || this.step >= this.#most || this.#isNarrow())) this.step = best;
  }
}

/** The cubic through both samples: the scaled coefficients of its slope's zeros. */
function cubicTerms(from: Sample, to: Sample): { theta: number; scale: number; discriminant: number } {
  const theta = (3 * (from.value - to.value)) / (to.step - from.step) + from.slope + to.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(from.slope), Math.abs(to.slope));
  return { theta, scale, discriminant: (theta / scale) ** 2 - (from.slope / scale) * (to.slope / scale) };
}

/** The minimiser of the cubic through both samples when it lies between them, counted from `from`. */
function cubicMinimiser(from: Sample, to: Sample): number {
  const { theta, scale, discriminant } = cubicTerms(from, to);
  const root = (to.step < from.step ? -1 : 1) * scale * Math.sqrt(discriminant);
  const share = (root - from.slope + theta) / (root - from.slope + root + to.slope);
  return from.step + share * (to.step - from.step);
}

/** The minimiser of the cubic on the far side of `trial`, seen from `best`; undefined when the cubic has none there. */
function cubicBeyond(trial: Sample, best: Sample): number | undefined {
  const { theta, scale, discriminant } = cubicTerms(trial, best);
  const root = (trial.step > best.step ? -1 : 1) * scale * Math.sqrt(Math.max(0, discriminant));
  const share = (root - trial.slope + theta) / (root + (best.slope - trial.slope) + root);
  return share < 0 && root !== 0 ? trial.step + share * (best.step - trial.step) : undefined;
}
