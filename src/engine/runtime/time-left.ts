/** Estimated cost of embedding one paper, before its tokens are counted: about 4.6 characters a token, cut at 256 tokens. */
export function costOf(text: string): number {
  return 60 + Math.min(text.length, 1200);
}

/** Time left, from the rate so far. Call `restart` after a pause to exclude it. */
export class TimeLeft {
  readonly #now: () => number;
  #costLeft: number;
  #costDone = 0;
  #activeMs = 0;
  #since: number;

  /** `now` in ms. */
  constructor(totalCost: number, now: () => number) {
    this.#now = now;
    this.#costLeft = totalCost;
    this.#since = now();
  }

  restart(): void {
    this.#since = this.#now();
  }

  /** Counts work that has just been done. */
  add(cost: number): void {
    const now = this.#now();
    this.#activeMs += now - this.#since;
    this.#since = now;
    this.#costDone += cost;
    this.#costLeft -= cost;
  }

  /** Null until something has been counted. */
  get seconds(): number | null {
    if (this.#costDone === 0) return null;
    return ((this.#activeMs / this.#costDone) * Math.max(0, this.#costLeft)) / 1000;
  }
}
