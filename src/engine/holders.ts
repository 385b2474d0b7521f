/** Counts who holds what. */
export class Holders<Held> {
  readonly #isSame: (a: Held, b: Held) => boolean;
  /** One entry per holder. */
  #held: { readonly item: Held }[] = [];

  constructor(isSame: (a: Held, b: Held) => boolean) {
    this.#isSame = isSame;
  }

  /** @returns ends the hold, and says whether it was the last one; false when called again. */
  hold(item: Held): () => boolean {
    const entry = { item };
    this.#held.push(entry);
    return () => {
      if (!this.#held.includes(entry)) return false;
      this.#held = this.#held.filter((other) => other !== entry);
      return !this.#held.some((other) => this.#isSame(other.item, item));
    };
  }
}
