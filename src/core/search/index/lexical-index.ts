import { mergeSegments, type Part } from './merge-segments';
import { buildSegment, type PostingSegment } from './posting-segment';
import { SEARCHED_FIELDS, type SearchableText } from './searchable-text';

const fieldCount = SEARCHED_FIELDS.length;

/** More are merged: those that are smaller than all after them together. */
const mostParts = 8;

/** The form of what `save` gives. A saved index of another version is built anew. */
export const INDEX_VERSION = 2;

/** A part of the index, of which the rows of `isAlive` 1 count. */
export interface IndexPart extends Part {
  alive: number;
}

/**
 * Which words stand where in which paper. Papers come and go in parts that are merged as they grow (as Lucene's
 * segments, so that an addition costs what it brings); any history gives the same answers as an index built at once.
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

  /** Takes the segment over. */
  static of(segment: PostingSegment): LexicalIndex {
    const index = new LexicalIndex();
    index.#take(segment);
    return index;
  }

  /** Papers. */
  get size(): number {
    return this.#size;
  }

  /** More than any slot so far. */
  get capacity(): number {
    return this.#partOf.length;
  }

  get parts(): readonly IndexPart[] {
    return this.#parts;
  }

  has(slot: number): boolean {
    return (this.#partOf[slot] ?? null) !== null;
  }

  /** Words that a paper has on average, by field. */
  averageLengths(): Float64Array {
    return this.#words.map((total) => total / Math.max(1, this.size));
  }

  /** A text of a known slot replaces the one before; of two texts of one slot the last one counts. */
  add(texts: readonly SearchableText[]): void {
    const latest = new Map(texts.map((text) => [text.slot, text]));
    this.remove([...latest.keys()]);
    if (latest.size === 0) return;
    this.#take(buildSegment([...latest.values()]));
    this.#tidy();
  }

  /** Slots without a paper are passed over. */
  remove(slots: readonly number[]): void {
    for (const slot of slots) {
      const part = this.#partOf[slot] ?? null;
      if (part === null) continue;
      const row = this.#rowOf[slot] ?? 0;
      part.isAlive[row] = 0;
      part.alive--;
      this.#countWords(part.segment, row, -1);
      this.#partOf[slot] = null;
      this.#size--;
    }
    this.#parts = this.#parts.filter(({ alive }) => alive > 0);
  }

  /** All in one segment, which stays the index's own. */
  save(): PostingSegment {
    const [only, ...others] = this.#parts;
    if (only === undefined) return buildSegment([]);
    if (others.length > 0 || only.alive < only.isAlive.length) this.#merge(0);
    return (this.#parts[0] ?? only).segment;
  }

  /** Papers that are new. */
  #take(segment: PostingSegment): void {
    const rows = segment.slots.length;
    for (let row = 0; row < rows; row++) this.#countWords(segment, row, 1);
    this.#size += rows;
    this.#append(segment);
  }

  #append(segment: PostingSegment): void {
    const rows = segment.slots.length;
    const part = { segment, isAlive: new Uint8Array(rows).fill(1), alive: rows };
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

  /** Few parts are quick to search; merged only when there are too many, each paper is merged few times. */
  #tidy(): void {
    if (this.#parts.length <= mostParts) return;
    let after = this.#size;
    const from = this.#parts.findIndex(({ alive }) => alive <= (after -= alive));
    this.#merge(from < 0 ? this.#parts.length - 2 : from);
  }

  /** The parts from `from` on become one. */
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
