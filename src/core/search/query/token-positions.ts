import type { IndexPart, LexicalIndex } from '../index/lexical-index';
import { findPosting, findTerm, valueGap } from '../index/posting-segment';
import type { TermPlace } from './query-words';
import { SEARCHED_FIELDS, type SearchedField } from '../index/searchable-text';

const fieldCount = SEARCHED_FIELDS.length;

/**
 * Marks in `mask` (by slot) the papers in which all places stand at their distances, within one field and in one of
 * `fields`. No places mark nothing.
 */
export function markPhrase(
  index: LexicalIndex,
  places: readonly TermPlace[],
  fields: readonly SearchedField[],
  mask: Uint8Array,
): void {
  for (const slot of slotsWith(index, places, fields)) mask[slot] = 1;
}

/** Whether any paper has all places at their distances within one field. */
export function holdsPhrase(index: LexicalIndex, places: readonly TermPlace[]): boolean {
  return slotsWith(index, places, SEARCHED_FIELDS).next().done !== true;
}

function* slotsWith(
  index: LexicalIndex,
  places: readonly TermPlace[],
  fields: readonly SearchedField[],
): Generator<number, void> {
  const isAllowed = SEARCHED_FIELDS.map((field) => fields.includes(field));
  const first = places[0]?.offset ?? 0;
  const length = (places.at(-1)?.offset ?? 0) - first;
  for (const part of index.parts) {
    const { fieldEnds, slots } = part.segment;
    const [rarest, ...others] = rarestFirst(part, places);
    if (rarest === undefined) return;
    // where the phrase may begin, by row
    const begins = new Map<number, number[]>();
    eachBegin(part, rarest, first, (row, begin) => {
      if (!isWithin(fieldEnds, row, begin, begin + length, isAllowed)) return;
      const found = begins.get(row);
      if (found === undefined) begins.set(row, [begin]);
      else found.push(begin);
    });
    for (const [row, found] of begins) {
      const isThere = (begin: number) =>
        others.every((place) => standsAt(part, place, row, begin + place.offset - first));
      if (found.some(isThere)) yield slots[row] ?? 0;
    }
  }
}

function standsAt({ segment }: IndexPart, { terms }: TermPlace, row: number, position: number): boolean {
  const { starts, positions } = segment;
  return terms.some((term) => {
    const posting = findPosting(segment, term, row);
    for (let i = starts[posting] ?? 0; i < (starts[posting + 1] ?? 0); i++) {
      if (positions[i] === position) return true;
    }
    return false;
  });
}

/**
 * Marks in `mask` (by slot) the papers in which all places, each for itself and in any order, stand within one value of one
 * of `fields`. No places mark nothing.
 */
export function markName(
  index: LexicalIndex,
  places: readonly TermPlace[],
  fields: readonly SearchedField[],
  mask: Uint8Array,
): void {
  if (places.length > valueGap) return;
  const isAllowed = SEARCHED_FIELDS.map((field) => fields.includes(field));
  for (const part of index.parts) {
    const { fieldEnds, slots } = part.segment;
    const [rarest, ...others] = rarestFirst(part, places);
    if (rarest === undefined) return;
    const positionsOf = (place: TermPlace): Map<number, number[]> => {
      const byRow = new Map<number, number[]>();
      eachBegin(part, place, place.offset, (row, position) => {
        const positions = byRow.get(row);
        if (positions === undefined) byRow.set(row, [position]);
        else positions.push(position);
      });
      return byRow;
    };
    const elsewhere = others.map(positionsOf);
    for (const [row, positions] of positionsOf(rarest)) {
      const isNamed = positions.some((position) => {
        if (!isWithin(fieldEnds, row, position, position, isAllowed)) return false;
        const near = elsewhere.map((byRow) =>
          (byRow.get(row) ?? []).filter(
            (other) =>
              Math.abs(other - position) <= valueGap &&
              isWithin(fieldEnds, row, Math.min(position, other), Math.max(position, other), isAllowed),
          ),
        );
        return canEachHave(near, new Set([position]));
      });
      if (isNamed) mask[slots[row] ?? 0] = 1;
    }
  }
}

/** Whether each can have a position that no other has: there are as few as words in a name. */
function canEachHave(
  [first, ...others]: readonly (readonly number[])[],
  taken: ReadonlySet<number>,
): boolean {
  if (first === undefined) return true;
  return first.some((position) => !taken.has(position) && canEachHave(others, new Set([...taken, position])));
}

function rarestFirst({ segment }: IndexPart, places: readonly TermPlace[]): TermPlace[] {
  const counted = places.map((place) => {
    let postings = 0;
    for (const term of place.terms) {
      const at = findTerm(segment, term);
      if (at >= 0) postings += (segment.offsets[at + 1] ?? 0) - (segment.offsets[at] ?? 0);
    }
    return { place, postings };
  });
  return counted.sort((a, b) => a.postings - b.postings).map(({ place }) => place);
}

/** Where a phrase whose first place is at `first` would begin for its `place` to stand as it does. */
function eachBegin(
  { segment, isAlive }: IndexPart,
  { offset, terms }: TermPlace,
  first: number,
  take: (row: number, begin: number) => void,
): void {
  const { offsets, rows, starts, positions } = segment;
  for (const term of terms) {
    const at = findTerm(segment, term);
    if (at < 0) continue;
    for (let posting = offsets[at] ?? 0; posting < (offsets[at + 1] ?? 0); posting++) {
      const row = rows[posting] ?? 0;
      if (isAlive[row] !== 1) continue;
      for (let i = starts[posting] ?? 0; i < (starts[posting + 1] ?? 0); i++) {
        const begin = (positions[i] ?? 0) - offset + first;
        if (begin >= 0) take(row, begin);
      }
    }
  }
}

/** Whether both positions stand in one field, and in one that is allowed. */
function isWithin(
  fieldEnds: Uint16Array,
  row: number,
  begin: number,
  end: number,
  isAllowed: readonly boolean[],
): boolean {
  let from = 0;
  for (let field = 0; field < fieldCount; field++) {
    const to = fieldEnds[row * fieldCount + field] ?? 0;
    if (begin < to) return begin >= from && end < to && isAllowed[field] === true;
    from = to;
  }
  return false;
}
