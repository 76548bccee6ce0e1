import { nameFields, searchedFields, valueSeparator, type SearchableText } from './searchable-text';
import { eachTerm, type OnTerm } from './terms';

const fieldCount = searchedFields.length;
/**
 * Unused positions between two values of a field. Words at most this far apart belong to the same value, as no name has
 * more words. So `Wei Zhang` is not found in `Wei Li, Lei Zhang`.
 */
export const valueGap = 7;
/** Positions have 16 bits; words of a paper from this position on are not indexed. */
const lastPosition = 0xffff;

/**
 * An immutable inverted index of some papers. It is packed because millions of small maps take ten times the memory and
 * cannot be stored and read back in a fraction of a second. A row is a paper of this segment.
 */
export interface PostingSegment {
  /** Sorted by code unit; term t has the postings `offsets[t]` to `offsets[t + 1]`. */
  terms: readonly string[];
  offsets: Uint32Array<ArrayBuffer>;
  /** The row of each posting, ascending within a term. */
  rows: Uint32Array<ArrayBuffer>;
  /** Posting p has the positions `starts[p]` to `starts[p + 1]`. */
  starts: Uint32Array<ArrayBuffer>;
  /** In words from the first word of the first field, ascending within a posting. */
  positions: Uint16Array<ArrayBuffer>;
  /** Slot of each row. */
  slots: Int32Array<ArrayBuffer>;
  /** rows × fields: the position after the last word of each field. */
  fieldEnds: Uint16Array<ArrayBuffer>;
}

export function buildSegment(texts: readonly SearchableText[]): PostingSegment {
  const idOf = new Map<string, number>();
  const tokens = new TokenList();
  const fieldEnds = new Uint16Array(texts.length * fieldCount);
  for (const [row, text] of texts.entries()) {
    let position = 0;
    for (const [column, field] of searchedFields.entries()) {
      const addToken: OnTerm = (term, at) => {
        if (at >= lastPosition) return;
        let id = idOf.get(term);
        if (id === undefined) idOf.set(term, (id = idOf.size));
        tokens.add(id, row, at);
      };
      position = nameFields.has(field)
        ? eachTermOfValues(text[field], addToken, position)
        : eachTerm(text[field], addToken, position);
      position = Math.min(position, lastPosition);
      fieldEnds[row * fieldCount + column] = position;
    }
  }
  const sorted = [...idOf].sort(([a], [b]) => (a < b ? -1 : 1));
  const rank = new Uint32Array(idOf.size);
  for (const [at, [, id]] of sorted.entries()) rank[id] = at;
  return {
    terms: sorted.map(([term]) => term),
    ...tokens.byTerm(rank),
    slots: Int32Array.from(texts, ({ slot }) => slot),
    fieldEnds,
  };
}

function eachTermOfValues(text: string, onTerm: OnTerm, from: number): number {
  let position = from;
  for (const value of text.split(valueSeparator)) {
    const start = position === from ? from : position + valueGap;
    const end = eachTerm(value, onTerm, start, true);
    if (end > start) position = end;
  }
  return position;
}

/** Occurrences of terms in the order of the texts, which is by row and then by position. */
class TokenList {
  #ids = new Uint32Array(1 << 12);
  #rows = new Uint32Array(1 << 12);
  #positions = new Uint16Array(1 << 12);
  #size = 0;

  add(id: number, row: number, position: number): void {
    if (this.#size === this.#ids.length) this.#grow();
    this.#ids[this.#size] = id;
    this.#rows[this.#size] = row;
    this.#positions[this.#size] = position;
    this.#size++;
  }

  /** Counting sort: one pass counts the occurrences of each term, one puts them in order. `rank` is by id. */
  byTerm(rank: Uint32Array) {
    const size = this.#size;
    const firstOf = new Uint32Array(rank.length + 1);
    for (let i = 0; i < size; i++) count(firstOf, (rank[this.#ids[i] ?? 0] ?? 0) + 1);
    for (let term = 0; term < rank.length; term++) count(firstOf, term + 1, firstOf[term] ?? 0);
    const next = firstOf.slice();
    const order = new Uint32Array(size);
    for (let i = 0; i < size; i++) {
      const term = rank[this.#ids[i] ?? 0] ?? 0;
      order[next[term] ?? 0] = i;
      count(next, term);
    }
    const offsets = new Uint32Array(rank.length + 1);
    const rows = new Uint32Array(size);
    const starts = new Uint32Array(size + 1);
    const positions = new Uint16Array(size);
    let posting = 0;
    for (let term = 0; term < rank.length; term++) {
      let before = -1;
      for (let at = firstOf[term] ?? 0; at < (firstOf[term + 1] ?? 0); at++) {
        const token = order[at] ?? 0;
        const row = this.#rows[token] ?? 0;
        positions[at] = this.#positions[token] ?? 0;
        if (row === before) continue;
        before = row;
        rows[posting] = row;
        starts[posting++] = at;
      }
      offsets[term + 1] = posting;
    }
    starts[posting] = size;
    return { offsets, rows: rows.slice(0, posting), starts: starts.slice(0, posting + 1), positions };
  }

  #grow(): void {
    const size = this.#ids.length * 2;
    const [ids, rows, positions] = [this.#ids, this.#rows, this.#positions];
    this.#ids = new Uint32Array(size);
    this.#rows = new Uint32Array(size);
    this.#positions = new Uint16Array(size);
    this.#ids.set(ids);
    this.#rows.set(rows);
    this.#positions.set(positions);
  }
}

function count(counts: Uint32Array, at: number, by = 1): void {
  counts[at] = (counts[at] ?? 0) + by;
}

/** Index of a term, −1 when the segment does not have it. */
export function findTerm({ terms }: PostingSegment, term: string): number {
  const at = lowerBound(terms, term);
  return terms[at] === term ? at : -1;
}

/** Index of the posting of a term in a row, −1 when the row does not have it. */
export function findPosting(segment: PostingSegment, term: string, row: number): number {
  const { offsets, rows } = segment;
  const at = findTerm(segment, term);
  if (at < 0) return -1;
  let low = offsets[at] ?? 0;
  let high = offsets[at + 1] ?? 0;
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low < end && rows[low] === row ? low : -1;
}

/** Index of the first term that is not before `term`. */
export function lowerBound(terms: readonly string[], term: string): number {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((terms[middle] ?? '') < term) low = middle + 1;
    else high = middle;
  }
  return low;
}
