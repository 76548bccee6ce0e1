/** Height of every paper's row: room for a title of two lines. */
export const paperPx = 92;
/** Height of the row that heads the lower-ranked papers. */
export const headPx = 44;

/** Positions of the rows of a list: one for each paper, and one for the head of the lower-ranked group. */
export class ListLayout {
  readonly #papers: number;
  /** Row of the head, which is also the index of the first paper below it; Infinity without a head. */
  readonly #head: number;

  constructor(papers: number, head: number | null) {
    this.#papers = papers;
    this.#head = head ?? Infinity;
  }

  /** Row of the head, null without one. */
  get head(): number | null {
    return this.#head === Infinity ? null : this.#head;
  }

  get rows(): number {
    return this.#papers + (this.head === null ? 0 : 1);
  }

  get heightPx(): number {
    return this.topPx(this.rows);
  }

  isHead(row: number): boolean {
    return row === this.#head;
  }

  /** Index of the paper in a row that is not the head. */
  paperAt(row: number): number {
    return row > this.#head ? row - 1 : row;
  }

  rowOf(paper: number): number {
    return paper >= this.#head ? paper + 1 : paper;
  }

  topPx(row: number): number {
    return row > this.#head ? (row - 1) * paperPx + headPx : row * paperPx;
  }

  rowPx(row: number): number {
    return this.isHead(row) ? headPx : paperPx;
  }

  /** The row at this distance from the top; the last row for anything below it. */
  rowAt(px: number): number {
    const headTop = this.#head * paperPx;
    const isBelow = px >= headTop + headPx;
    const row = px < headTop ? px / paperPx : isBelow ? (px - headPx) / paperPx + 1 : this.#head;
    return Math.max(0, Math.min(this.rows - 1, Math.floor(row)));
  }
}
