/**
 * Titles as sets of character trigrams, rare ones with more weight (squared inverse document frequency): unlike words,
 * trigrams still match despite typing errors and missing words.
 */
export class TitleTrigrams {
  readonly #ids = new Map<number, number>();
  /** Number of titles with each trigram. */
  readonly #titles: number[] = [];
  /** The distinct trigrams of each title, ascending. */
  readonly #rows: Int32Array[] = [];
  #weights: Float64Array | null = null;
  #totals = new Float64Array();

  /** Adds a folded title. Throws once two have been compared, because the weights depend on all titles. */
  add(folded: string): void {
    if (this.#weights) throw new Error('titles are being compared already');
    const padded = ` ${folded} `;
    const row = new Set<number>();
    for (let at = 0; at + 3 <= padded.length; at++) row.add(this.#idOf(padded, at));
    for (const id of row) this.#titles[id] = (this.#titles[id] ?? 0) + 1;
    this.#rows.push(Int32Array.from(row).sort());
  }

  /**
   * Similarity of the titles at two indices, 0 to 1: the mean of their cosine and of the share of the shorter one that the
   * longer one contains, which is high when a subtitle is missing.
   */
  similarity(a: number, b: number): number {
    const weights = (this.#weights ??= this.#weigh());
    const [one, other] = [this.#rows[a], this.#rows[b]];
    const [total, otherTotal] = [this.#totals[a] ?? 0, this.#totals[b] ?? 0];
    if (!one || !other || total === 0 || otherTotal === 0) return 0;
    let common = 0;
    for (let i = 0, j = 0; i < one.length && j < other.length;) {
      const difference = (one[i] ?? 0) - (other[j] ?? 0);
      if (difference === 0) common += weights[one[i] ?? 0] ?? 0;
      if (difference <= 0) i += 1;
      if (difference >= 0) j += 1;
    }
    return common / Math.sqrt(total * otherTotal) / 2 + common / Math.min(total, otherTotal) / 2;
  }

  #idOf(text: string, at: number): number {
    const key = (text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1)) * 0x10000 + text.charCodeAt(at + 2);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(key, id);
    this.#titles.push(0);
    return id;
  }

  #weigh(): Float64Array {
    const n = this.#rows.length;
    const weights = Float64Array.from(this.#titles, (df) => (Math.log((1 + n) / (1 + df)) + 1) ** 2);
    this.#totals = Float64Array.from(this.#rows, (row) =>
      row.reduce((sum, id) => sum + (weights[id] ?? 0), 0),
    );
    return weights;
  }
}
