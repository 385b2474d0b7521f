/** Counts who holds what, by identity. */
export class Holders<Held extends object> {
  readonly #counts = new Map<Held, number>();

  /** @returns ends the hold, and says whether it was the last one; false when called again. */
  hold(held: Held): () => boolean {
    this.#counts.set(held, (this.#counts.get(held) ?? 0) + 1);
    let holding = true;
    return () => {
      if (!holding) return false;
      holding = false;
      const left = (this.#counts.get(held) ?? 1) - 1;
      if (left > 0) this.#counts.set(held, left);
      else this.#counts.delete(held);
      return left === 0;
    };
  }
}
