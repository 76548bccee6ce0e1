/** Every paper's row is as high as two lines of title need. */
export const paperPx = 92;
/** The row that heads the papers further away. */
export const headPx = 44;

/** Where the rows of a list stand: those of its papers, and the head of a group before one of them. */
export class ListLayout {
  readonly #papers: number;
  /** Its row, and the place of the first paper below it; Infinity without a head. */
  readonly #head: number;

  constructor(papers: number, head: number | null) {
    this.#papers = papers;
    this.#head = head ?? Infinity;
  }

  /** The row of the head, null without one. */
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

  /** The paper of a row that is not the head. */
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

  /** The row at so many px from the top; the last one further down. */
  rowAt(px: number): number {
    const headTop = this.#head * paperPx;
    const isBelow = px >= headTop + headPx;
    const row = px < headTop ? px / paperPx : isBelow ? (px - headPx) / paperPx + 1 : this.#head;
    return Math.max(0, Math.min(this.rows - 1, Math.floor(row)));
  }
}
