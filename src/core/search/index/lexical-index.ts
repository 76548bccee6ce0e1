import { mergeSegments, type Part } from './merge-segments';
import { buildSegment, type PostingSegment } from './posting-segment';
import { searchedFields, type SearchableText } from './searchable-text';

const fieldCount = searchedFields.length;

/** With more parts than this, those that are smaller than all after them together are merged. */
const maxParts = 8;

/** The format of what `save` returns. A saved index of another version is rebuilt. */
export const indexVersion = 2;

/** A segment of the index and the rows of it that have not been removed. */
export interface IndexPart extends Part {
  /** How many rows `isAlive` has at 1. */
  aliveCount: number;
}

/**
 * Inverted index of all papers, with token positions. As in Lucene each addition is a segment of its own, and segments
 * are merged as they accumulate, so that the cost of an addition depends on its size alone. The answers are those of an
 * index built at once, whatever was added and removed.
 */
export class LexicalIndex {
  #parts: IndexPart[] = [];
  /** By slot; null where there is no paper. */
  readonly #partOf: (IndexPart | null)[] = [];
  /** By slot: the paper's row in its part. */
  readonly #rowOf: number[] = [];
  #size = 0;
  /** Words of all papers, by field. */
  readonly #words = new Float64Array(fieldCount);

  /** The index owns the segment from then on. */
  static of(segment: PostingSegment): LexicalIndex {
    const index = new LexicalIndex();
    index.#addSegment(segment);
    return index;
  }

  /** How many papers it has. */
  get size(): number {
    return this.#size;
  }

  /** One more than the highest slot ever used. */
  get capacity(): number {
    return this.#partOf.length;
  }

  get parts(): readonly IndexPart[] {
    return this.#parts;
  }

  has(slot: number): boolean {
    return (this.#partOf[slot] ?? null) !== null;
  }

  /** Average number of words of a paper, by field. */
  averageLengths(): Float64Array {
    return this.#words.map((total) => total / Math.max(1, this.size));
  }

  /** A text replaces the earlier text of its slot; of two texts of one slot the last is used. */
  add(texts: readonly SearchableText[]): void {
    const latest = new Map(texts.map((text) => [text.slot, text]));
    this.remove([...latest.keys()]);
    if (latest.size === 0) return;
    this.#addSegment(buildSegment([...latest.values()]));
    this.#mergeSmallParts();
  }

  /** Slots without a paper are ignored. */
  remove(slots: readonly number[]): void {
    for (const slot of slots) {
      const part = this.#partOf[slot] ?? null;
      if (part === null) continue;
      const row = this.#rowOf[slot] ?? 0;
      part.isAlive[row] = 0;
      part.aliveCount--;
      this.#countWords(part.segment, row, -1);
      this.#partOf[slot] = null;
      this.#size--;
    }
    this.#parts = this.#parts.filter(({ aliveCount }) => aliveCount > 0);
  }

  /** Merges all parts into one segment, which the index still owns. */
  save(): PostingSegment {
    const [only, ...others] = this.#parts;
    if (only === undefined) return buildSegment([]);
    if (others.length > 0 || only.aliveCount < only.isAlive.length) this.#merge(0);
    return (this.#parts[0] ?? only).segment;
  }

  /** Adds papers whose slots are free. */
  #addSegment(segment: PostingSegment): void {
    const rows = segment.slots.length;
    for (let row = 0; row < rows; row++) this.#countWords(segment, row, 1);
    this.#size += rows;
    this.#append(segment);
  }

  #append(segment: PostingSegment): void {
    const rows = segment.slots.length;
    const part = { segment, isAlive: new Uint8Array(rows).fill(1), aliveCount: rows };
    this.#parts.push(part);
    for (let row = 0; row < rows; row++) {
      const slot = segment.slots[row] ?? 0;
      while (this.#partOf.length <= slot) {
        this.#partOf.push(null);
        this.#rowOf.push(0);
      }
      this.#partOf[slot] = part;
      this.#rowOf[slot] = row;
    }
  }

  /**
   * Keeps the parts few, as searches are faster then, but merges only above the limit, so that each paper is merged few
   * times.
   */
  #mergeSmallParts(): void {
    if (this.#parts.length <= maxParts) return;
    let after = this.#size;
    const from = this.#parts.findIndex(({ aliveCount }) => aliveCount <= (after -= aliveCount));
    this.#merge(from < 0 ? this.#parts.length - 2 : from);
  }

  /** Merges the parts from `from` on into one. */
  #merge(from: number): void {
    this.#append(mergeSegments(this.#parts.splice(from)));
  }

  #countWords({ fieldEnds }: PostingSegment, row: number, sign: 1 | -1): void {
    let before = 0;
    for (let field = 0; field < fieldCount; field++) {
      const end = fieldEnds[row * fieldCount + field] ?? 0;
      this.#words[field] = (this.#words[field] ?? 0) + sign * (end - before);
      before = end;
    }
  }
}
