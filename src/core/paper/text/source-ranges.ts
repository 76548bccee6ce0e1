import { readablePieces } from './math-text';

/** A part of a text, by character offsets. */
export interface TextRange {
  start: number;
  end: number;
}

/**
 * Where in `text` the ranges of `readableMath(text)` come from: of plain words the same words, of anything in a formula
 * the whole formula. Ranges must not overlap and stand in order; what comes of them does too, each formula once.
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
