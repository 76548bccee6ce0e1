import type { PostingSegment } from './posting-segment';
import { searchedFields } from './searchable-text';

const fieldCount = searchedFields.length;

/** A segment and which of its rows have been removed since it was built. */
export interface Part {
  segment: PostingSegment;
  /** 1 for the rows that are still there. */
  isAlive: Uint8Array;
}

/** One segment of the live rows of all parts, in their order; terms without rows are dropped. */
export function mergeSegments(parts: readonly Part[]): PostingSegment {
  const { rowMaps, slots, fieldEnds } = mergeRows(parts);
  const segments = parts.map(({ segment }) => segment);
  const total = (length: (segment: PostingSegment) => number) =>
    segments.reduce((sum, segment) => sum + length(segment), 0);
  const rows = new Uint32Array(total((segment) => segment.rows.length));
  const starts = new Uint32Array(rows.length + 1);
  const positions = new Uint16Array(total((segment) => segment.positions.length));
  const terms: string[] = [];
  const offsets: number[] = [0];
  let posting = 0;
  let token = 0;
  for (const { term, holders } of termsInOrder(segments)) {
    const before = posting;
    for (const { part, at } of holders) {
      const segment = segments[part];
      if (segment === undefined) continue;
      for (let from = segment.offsets[at] ?? 0; from < (segment.offsets[at + 1] ?? 0); from++) {
        const row = rowMaps[part]?.[segment.rows[from] ?? 0] ?? -1;
        if (row < 0) continue;
        rows[posting] = row;
        starts[posting++] = token;
        for (let i = segment.starts[from] ?? 0; i < (segment.starts[from + 1] ?? 0); i++) {
          positions[token++] = segment.positions[i] ?? 0;
        }
      }
    }
    if (posting === before) continue;
    terms.push(term);
    offsets.push(posting);
  }
  starts[posting] = token;
  return {
    terms,
    offsets: Uint32Array.from(offsets),
    rows: rows.slice(0, posting),
    starts: starts.slice(0, posting + 1),
    positions: positions.slice(0, token),
    slots,
    fieldEnds,
  };
}

/** The new row of each row of each part, −1 for removed ones. */
function mergeRows(parts: readonly Part[]) {
  const slots: number[] = [];
  const fieldEnds: number[] = [];
  const rowMaps = parts.map(({ segment, isAlive }) =>
    Int32Array.from(isAlive, (alive, row) => {
      if (alive !== 1) return -1;
      for (let field = 0; field < fieldCount; field++) {
        fieldEnds.push(segment.fieldEnds[row * fieldCount + field] ?? 0);
      }
      return slots.push(segment.slots[row] ?? 0) - 1;
    }),
  );
  return { rowMaps, slots: Int32Array.from(slots), fieldEnds: Uint16Array.from(fieldEnds) };
}

/** Every term of the segments in order, with the segments that have it and its index there. */
function* termsInOrder(segments: readonly PostingSegment[]) {
  const heads = segments.map(() => 0);
  for (;;) {
    let next: string | undefined;
    for (const [part, { terms }] of segments.entries()) {
      const term = terms[heads[part] ?? 0];
      if (term !== undefined && (next === undefined || term < next)) next = term;
    }
    if (next === undefined) return;
    const holders: { part: number; at: number }[] = [];
    for (const [part, { terms }] of segments.entries()) {
      const at = heads[part] ?? 0;
      if (terms[at] !== next) continue;
      holders.push({ part, at });
      heads[part] = at + 1;
    }
    yield { term: next, holders };
  }
}
