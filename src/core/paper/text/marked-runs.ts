import { linkRuns } from './links';
import { mathSegments } from './math-text';
import type { TextRange } from './source-ranges';

/** A part of a text with one presentation. The concatenated sources of all runs are the text. */
export interface MarkedRun {
  kind: 'text' | 'math' | 'link';
  source: string;
  isMarked: boolean;
  /** For math: shown on its own line. */
  isDisplay?: boolean;
  /** For a link. */
  href?: string;
}

/**
 * Splits a text at its formulas, at the links written out in it if `links` is 'linked', and at the edges of `ranges` (in
 * any order; they may overlap). A formula or link that overlaps a range is marked as a whole.
 */
export function markedRuns(
  text: string,
  ranges: readonly TextRange[],
  links: 'linked' | 'plain' = 'plain',
): MarkedRun[] {
  const marks = merged(ranges, text.length);
  const runs: MarkedRun[] = [];
  let at = 0;
  const isOverlapped = (start: number, end: number) =>
    marks.some((mark) => mark.start < end && mark.end > start);
  const addText = (source: string) => {
    for (const { start, end, isMarked } of cut(marks, at, at + source.length)) {
      runs.push({ kind: 'text', source: text.slice(start, end), isMarked });
    }
    at += source.length;
  };
  for (const { kind, source, isDisplay } of mathSegments(text)) {
    if (kind === 'math') {
      const isMarked = isOverlapped(at, at + source.length);
      runs.push({ kind, source, isMarked, ...(isDisplay ? { isDisplay } : {}) });
      at += source.length;
      continue;
    }
    for (const { text: part, href } of links === 'linked' ? linkRuns(source) : [{ text: source }]) {
      if (href === undefined) addText(part);
      else {
        runs.push({ kind: 'link', source: part, href, isMarked: isOverlapped(at, at + part.length) });
        at += part.length;
      }
    }
  }
  return runs;
}

/** Sorted, clipped to the text, merged where they overlap or touch, without empty ranges. */
function merged(ranges: readonly TextRange[], length: number): TextRange[] {
  const sorted = ranges
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  const found: TextRange[] = [];
  for (const range of sorted) {
    const last = found.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else found.push(range);
  }
  return found;
}

function cut(marks: readonly TextRange[], from: number, to: number): (TextRange & { isMarked: boolean })[] {
  const parts: (TextRange & { isMarked: boolean })[] = [];
  let at = from;
  for (const mark of marks) {
    const [start, end] = [Math.max(mark.start, from), Math.min(mark.end, to)];
    if (end <= start) continue;
    if (start > at) parts.push({ start: at, end: start, isMarked: false });
    parts.push({ start, end, isMarked: true });
    at = end;
  }
  if (to > at) parts.push({ start: at, end: to, isMarked: false });
  return parts;
}
