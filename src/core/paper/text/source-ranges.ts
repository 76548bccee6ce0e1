import { readablePieces } from './math-text';

/** A part of a text, by character offsets. */
export interface TextRange {
  start: number;
  end: number;
}

/**
 * Maps ranges of `readableMath(text)` to ranges of `text`: plain words to the same words, anything in a formula to the
 * whole formula. Ranges must be sorted and not overlap; so are the results, with each formula once.
 */
export function sourceRanges(text: string, ranges: readonly TextRange[]): TextRange[] {
  const found: TextRange[] = [];
  let source = 0;
  let read = 0;
  for (const piece of readablePieces(text)) {
    const readEnd = read + piece.text.length;
    const sourceEnd = source + piece.source.length;
    for (const { start, end } of ranges) {
      if (start >= readEnd || end <= read) continue;
      const range =
        piece.kind === 'math'
          ? { start: source, end: sourceEnd }
          : {
              start: Math.max(source, sourceEnd - (readEnd - start)),
              end: sourceEnd - Math.max(0, readEnd - end),
            };
      if (range.end > range.start && found.at(-1)?.start !== range.start) found.push(range);
    }
    [read, source] = [readEnd, sourceEnd];
  }
  return found;
}
