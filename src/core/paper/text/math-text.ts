import { readableFormula } from './readable-formula';

/** A run of plain text, or a formula with its delimiters. The sources of all segments together are the text. */
export interface MathSegment {
  kind: 'text' | 'math';
  source: string;
  /** A formula that stands on a line of its own. */
  isDisplay?: boolean;
}

/** No formula in an abstract is longer; without a limit one stray `$` could swallow a paragraph. */
const MAX_FORMULA = 1_000;

interface Formula {
  from: number;
  to: number;
  isDisplay: boolean;
}

/**
 * Cuts a text at its formulas: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. Money is none ("$5 and $10"): no space follows the
 * opening `$`, none precedes the closing one, and no digit follows it, as in pandoc's Markdown. Where a TeX command
 * stands between them, `$ \alpha $` and `$\sim$5` are formulas too: authors write both.
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
 * The text as a search index and a language model read it well: formulas in words and plain signs. A text without
 * formulas is returned as it is, so that what was made from it holds.
 */
export function readableMath(text: string): string {
  return readablePieces(text)
    .map(({ text }) => text)
    .join('');
}

/** A segment of a text as `readableMath` puts it. */
export interface ReadablePiece extends MathSegment {
  /** Ends with the source when that is plain text; a blank may have come before it. */
  text: string;
}

/** The pieces of which `readableMath` makes its text, each with the segment that it stands for. */
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
    if (piece !== '') end = piece.slice(-END);
    wasMath = isMath;
  }
  return pieces;
}

/** Enough of a text to see its last two letters. */
const END = 4;

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
    if (closing - from > MAX_FORMULA) return null;
    const isFormula = looksLikeFormula(text.slice(from + 1, closing), text.charAt(closing + 1));
    return isFormula ? { from, to: closing + 1, isDisplay: false } : null;
  }
  const isRound = opening === '\\(';
  const places = opening === '$$' ? closings.$$ : isRound ? closings.round : closings.square;
  const closing = places.after(from + 2);
  if (closing - from > MAX_FORMULA || closing === from + 2) return null;
  return { from, to: closing + 2, isDisplay: !isRound };
}

/** What stands between two single `$`, and the character after them. */
function looksLikeFormula(content: string, after: string): boolean {
  const isTex = /\\[a-zA-Z]/.test(content);
  const [hasSpaceBefore, hasSpaceAfter] = [/^\s/.test(content), /\s$/.test(content)];
  if (hasSpaceBefore !== hasSpaceAfter) return false;
  return isTex || (!hasSpaceBefore && !/\d/.test(after));
}

type Closings = Record<'$' | '$$' | 'round' | 'square', Places>;

/** All that could begin, end or break a formula, found in one pass. What a backslash escapes is none of it. */
function delimiters(text: string): { openings: number[]; closings: Closings; blankLines: Places } {
  const openings: number[] = [];
  const closings = { $: new Places(), $$: new Places(), round: new Places(), square: new Places() };
  const blankLines = new Places();
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

/** Rising places in a text, asked for in rising order: all questions together cost one pass. */
class Places {
  readonly #places: number[] = [];
  #next = 0;

  get last(): number | undefined {
    return this.#places.at(-1);
  }

  add(place: number): void {
    this.#places.push(place);
  }

  /** The first place that is not before `at`, Infinity when there is none. `at` must not fall between calls. */
  after(at: number): number {
    for (;;) {
      const place = this.#places[this.#next];
      if (place === undefined) return Infinity;
      if (place >= at) return place;
      this.#next += 1;
    }
  }
}
