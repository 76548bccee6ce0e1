import type { IndexPart, LexicalIndex } from '../index/lexical-index';
import { findPosting, findTerm, valueGap } from '../index/posting-segment';
import type { TermPosition } from './query-words';
import { searchedFields, type SearchedField } from '../index/searchable-text';

const fieldCount = searchedFields.length;

/**
 * Marks in `filter` (by slot) the papers that have all positions at their distances within one of `fields`. Without
 * positions nothing is marked.
 */
export function markPhrase(
  index: LexicalIndex,
  positions: readonly TermPosition[],
  fields: readonly SearchedField[],
  filter: Uint8Array,
): void {
  for (const slot of slotsHolding(index, positions, fields)) filter[slot] = 1;
}

/** Whether any paper has all positions at their distances within one field. */
export function holdsPhrase(index: LexicalIndex, positions: readonly TermPosition[]): boolean {
  return slotsHolding(index, positions, searchedFields).next().done !== true;
}

function* slotsHolding(
  index: LexicalIndex,
  positions: readonly TermPosition[],
  fields: readonly SearchedField[],
): Generator<number, void> {
  const isAllowed = searchedFields.map((field) => fields.includes(field));
  const first = positions[0]?.offset ?? 0;
  const length = (positions.at(-1)?.offset ?? 0) - first;
  for (const part of index.parts) {
    const { fieldEnds, slots } = part.segment;
    const [rarest, ...others] = rarestFirst(part, positions);
    if (rarest === undefined) return;
    // possible starts of the phrase, by row
    const startsByRow = new Map<number, number[]>();
    eachStart(part, rarest, first, (row, start) => {
      if (!isWithin(fieldEnds, row, start, start + length, isAllowed)) return;
      const starts = startsByRow.get(row);
      if (starts === undefined) startsByRow.set(row, [start]);
      else starts.push(start);
    });
    for (const [row, starts] of startsByRow) {
      const isPhraseAt = (start: number) =>
        others.every((other) => hasTermAt(part, other, row, start + other.offset - first));
      if (starts.some(isPhraseAt)) yield slots[row] ?? 0;
    }
  }
}

function hasTermAt({ segment }: IndexPart, { terms }: TermPosition, row: number, position: number): boolean {
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
 * Marks in `filter` (by slot) the papers that have all words of a name, in any order, within one value of one of
 * `fields`. Without words nothing is marked.
 */
export function markName(
  index: LexicalIndex,
  words: readonly TermPosition[],
  fields: readonly SearchedField[],
  filter: Uint8Array,
): void {
  if (words.length > valueGap) return;
  const isAllowed = searchedFields.map((field) => fields.includes(field));
  for (const part of index.parts) {
    const { fieldEnds, slots } = part.segment;
    const [rarest, ...others] = rarestFirst(part, words);
    if (rarest === undefined) return;
    const positionsByRow = (word: TermPosition): Map<number, number[]> => {
      const byRow = new Map<number, number[]>();
      eachStart(part, word, word.offset, (row, position) => {
        const positions = byRow.get(row);
        if (positions === undefined) byRow.set(row, [position]);
        else positions.push(position);
      });
      return byRow;
    };
    const positionsOfOthers = others.map(positionsByRow);
    for (const [row, positions] of positionsByRow(rarest)) {
      const isNamed = positions.some((position) => {
        if (!isWithin(fieldEnds, row, position, position, isAllowed)) return false;
        const inSameValue = positionsOfOthers.map((byRow) =>
          (byRow.get(row) ?? []).filter(
            (other) =>
              Math.abs(other - position) <= valueGap &&
              isWithin(fieldEnds, row, Math.min(position, other), Math.max(position, other), isAllowed),
          ),
        );
        return canAssignDistinct(inSameValue, new Set([position]));
      });
      if (isNamed) filter[slots[row] ?? 0] = 1;
    }
  }
}

/** Whether each word can have a position of its own. Recursive: a name has few words. */
function canAssignDistinct(
  [first, ...others]: readonly (readonly number[])[],
  taken: ReadonlySet<number>,
): boolean {
  if (first === undefined) return true;
  return first.some(
    (position) => !taken.has(position) && canAssignDistinct(others, new Set([...taken, position])),
  );
}

function rarestFirst({ segment }: IndexPart, positions: readonly TermPosition[]): TermPosition[] {
  const counted = positions.map((position) => {
    let postings = 0;
    for (const term of position.terms) {
      const at = findTerm(segment, term);
      if (at >= 0) postings += (segment.offsets[at + 1] ?? 0) - (segment.offsets[at] ?? 0);
    }
    return { position, postings };
  });
  return counted.sort((a, b) => a.postings - b.postings).map(({ position }) => position);
}

/**
 * Every occurrence of one position's terms in a paper that has not been removed, as the position at which a phrase
 * would start whose first offset is `first`.
 */
function eachStart(
  { segment, isAlive }: IndexPart,
  { offset, terms }: TermPosition,
  first: number,
  onStart: (row: number, start: number) => void,
): void {
  const { offsets, rows, starts, positions } = segment;
  for (const term of terms) {
    const at = findTerm(segment, term);
    if (at < 0) continue;
    for (let posting = offsets[at] ?? 0; posting < (offsets[at + 1] ?? 0); posting++) {
      const row = rows[posting] ?? 0;
      if (isAlive[row] !== 1) continue;
      for (let i = starts[posting] ?? 0; i < (starts[posting + 1] ?? 0); i++) {
        const start = (positions[i] ?? 0) - offset + first;
        if (start >= 0) onStart(row, start);
      }
    }
  }
}

/** Whether both positions are in the same field, and that field is allowed. */
function isWithin(
  fieldEnds: Uint16Array,
  row: number,
  start: number,
  end: number,
  isAllowed: readonly boolean[],
): boolean {
  let fieldStart = 0;
  for (let field = 0; field < fieldCount; field++) {
    const fieldEnd = fieldEnds[row * fieldCount + field] ?? 0;
    if (start < fieldEnd) return start >= fieldStart && end < fieldEnd && isAllowed[field] === true;
    fieldStart = fieldEnd;
  }
  return false;
}
