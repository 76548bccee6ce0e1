import { readableFormula } from './readable-formula';

/** A run of plain text, or a formula with its delimiters. The concatenated sources of all segments are the text. */
export interface MathSegment {
  kind: 'text' | 'math';
  source: string;
  /** A formula shown on its own line. */
  isDisplay?: boolean;
}

/** In characters. No formula in an abstract is longer; without a limit a stray `$` could swallow a paragraph. */
const maxFormulaLength = 1_000;

interface Formula {
  from: number;
  to: number;
  isDisplay: boolean;
}

/**
 * Splits a text at its formulas: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. To exclude prices ("$5 and $10"), no space may follow
 * the opening `$`, none may precede the closing one, and no digit may follow it, as in pandoc's Markdown. With a TeX
 * command between them, `$ \alpha $` and `$\sim$5` are formulas too: authors write both.
 */
export function mathSegments(text: string): MathSegment[] {
  const segments: MathSegment[] = [];
  let from = 0;
  const addText = (to: number) => {
    if (to > from) segments.push({ kind: 'text', source: text.slice(from, to) });
  };
  for (const formula of formulas(text)) {
    addText(formula.from);
    const source = text.slice(formula.from, formula.to);
    segments.push({ kind: 'math', source, ...(formula.isDisplay ? { isDisplay: true } : {}) });
    from = formula.to;
  }
  addText(text.length);
  return segments;
}

/**
 * The text in a form suited to a search index and a language model: formulas in words and plain symbols. A text without
 * formulas is returned unchanged, so that data derived from it stays valid.
 */
export function readableMath(text: string): string {
  return readablePieces(text)
    .map(({ text }) => text)
    .join('');
}

/** A segment of a text with its form in `readableMath`. */
export interface ReadablePiece extends MathSegment {
  /** For plain text its source, perhaps with a space before it. */
  text: string;
}

/** The pieces that `readableMath` concatenates, each with its segment. */
export function readablePieces(text: string): ReadablePiece[] {
  const segments = mathSegments(text);
  const pieces: ReadablePiece[] = [];
  let wasMath = false;
  let end = '';
  for (const segment of segments) {
    const { kind, source } = segment;
    const isMath = kind === 'math';
    const piece = isMath ? readableFormula(withoutDelimiters(source)) : source;
    // "10 $\mu$m" is "10 mu m"; "$k$NN" is "kNN".
    const touches =
      (wasMath && /\p{Letter}{2}$/u.test(end) && /^\p{Letter}/u.test(piece)) ||
      (isMath && /[\p{Letter}\p{Number}]$/u.test(end) && /^\p{Letter}{2}/u.test(piece));
    pieces.push({ ...segment, text: touches ? ` ${piece}` : piece });
    if (piece !== '') end = piece.slice(-endLength);
    wasMath = isMath;
  }
  return pieces;
}

/** Enough characters to include the last two letters. */
const endLength = 4;

function withoutDelimiters(source: string): string {
  const length = source.startsWith('$') && !source.startsWith('$$') ? 1 : 2;
  return source.slice(length, -length);
}

function formulas(text: string): Formula[] {
  const { openings, closings, blankLines } = delimiters(text);
  const found: Formula[] = [];
  let end = 0;
  for (const opening of openings) {
    if (opening < end) continue;
    const formula = formulaAt(text, opening, closings);
    if (formula === null || blankLines.after(opening) < formula.to) continue;
    found.push(formula);
    end = formula.to;
  }
  return found;
}

function formulaAt(text: string, from: number, closings: Closings): Formula | null {
  const opening = text.slice(from, from + 2);
  if (opening.startsWith('$') && opening !== '$$') {
    const closing = closings.$.after(from + 1);
    if (closing - from > maxFormulaLength) return null;
    const isFormula = looksLikeFormula(text.slice(from + 1, closing), text.charAt(closing + 1));
    return isFormula ? { from, to: closing + 1, isDisplay: false } : null;
  }
  const isRound = opening === '\\(';
  const positions = opening === '$$' ? closings.$$ : isRound ? closings.round : closings.square;
  const closing = positions.after(from + 2);
  if (closing - from > maxFormulaLength || closing === from + 2) return null;
  return { from, to: closing + 2, isDisplay: !isRound };
}

/** `content` is the text between two single `$`, `after` the character that follows. */
function looksLikeFormula(content: string, after: string): boolean {
  const isTex = /\\[a-zA-Z]/.test(content);
  const [hasSpaceBefore, hasSpaceAfter] = [/^\s/.test(content), /\s$/.test(content)];
  if (hasSpaceBefore !== hasSpaceAfter) return false;
  return isTex || (!hasSpaceBefore && !/\d/.test(after));
}

type Closings = Record<'$' | '$$' | 'round' | 'square', RisingPositions>;

/**
 * Everything that could start, end or interrupt a formula, found in one pass. Ignores characters escaped by a
 * backslash.
 */
function delimiters(text: string): { openings: number[]; closings: Closings; blankLines: RisingPositions } {
  const openings: number[] = [];
  const closings = {
    $: new RisingPositions(),
    $$: new RisingPositions(),
    round: new RisingPositions(),
    square: new RisingPositions(),
  };
  const blankLines = new RisingPositions();
  for (const { 0: found, index } of text.matchAll(/\\[^]|\$|\n[^\S\n]*(?=\n)/g)) {
    if (found === '$') {
      if (closings.$.last === index - 1) closings.$$.add(index - 1);
      closings.$.add(index);
    }
    if (found === '$' || found === '\\(' || found === '\\[') openings.push(index);
    else if (found === '\\)') closings.round.add(index);
    else if (found === '\\]') closings.square.add(index);
    else if (found.startsWith('\n')) blankLines.add(index);
  }
  return { openings, closings, blankLines };
}

/** Ascending positions in a text, queried in ascending order: all queries together cost one pass. */
class RisingPositions {
  readonly #positions: number[] = [];
  #next = 0;

  get last(): number | undefined {
    return this.#positions.at(-1);
  }

  add(position: number): void {
    this.#positions.push(position);
  }

  /** The first position at or after `at`, Infinity when there is none. `at` must not decrease between calls. */
  after(at: number): number {
    for (;;) {
      const position = this.#positions[this.#next];
      if (position === undefined) return Infinity;
      if (position >= at) return position;
      this.#next += 1;
    }
  }
}
