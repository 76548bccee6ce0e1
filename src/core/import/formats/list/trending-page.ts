import type { ParsedPaper, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';

/** The text of a page of trending papers, as copied by a reader: alternating lines of titles and abstracts. */
export const trendingPage: Format = {
  id: 'trending-page',
  name: 'trending papers page',
  fits: looksLikeTrendingPage,
  parse: parseTrendingPage,
};

interface Line {
  /** 1-based. */
  number: number;
  text: string;
}

const boilerplatePattern = /^\s*(?:Get trending papers in your email inbox(?: once a day)?!|Subscribe)\s*$/;
/** The page's button, joined to the title that follows it. */
const joinedButtonPattern = /^\s*Subscribe(?=\p{Lu})/u;
const joinedButtonAfterHeaderPattern = /^\s*Subscribe(?=\S)/u;

const maxTitleLength = 300;
/** Titles are shorter, and nearly all abstracts are longer. */
const sureAbstractLength = 200;
const minAbstractLength = 80;

/**
 * Prose may alternate short and long lines too, for a while. So nearly all lines must alternate (four pairs of five in
 * the first 200 lines), no title may look like markup, a list or the end of a sentence, and a single pair counts only
 * with a long abstract. The page's own header is sufficient.
 */
function looksLikeTrendingPage(text: string): boolean {
  const beginning = text.slice(0, 200_000);
  const { lines, hasHeader } = contentLines(beginning, 200);
  if (lines.length < 2) return false;
  if (hasHeader) return true;
  // Whole pairs only: the last line may be cut.
  const pairs = Math.floor(lines.length / 2);
  let fitting = 0;
  let longest = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const title = lines[2 * pair]?.text ?? '';
    const abstract = lines[2 * pair + 1]?.text ?? '';
    if (!couldBeTitle(title) || abstract.length < minAbstractLength || abstract.length <= title.length)
      continue;
    if (!/\p{Letter}\s+\p{Letter}/u.test(abstract) || markupPattern.test(abstract)) continue;
    fitting += 1;
    longest = Math.max(longest, abstract.length);
  }
  return fitting >= 0.8 * pairs && (fitting > 1 || longest >= sureAbstractLength);
}

const markupPattern = /^\s*(?:[#>*|<@{}[\]`\\]|[-+=_~]{2}|- |\d+[.)] )/;

function couldBeTitle(line: string): boolean {
  return (
    line.length <= maxTitleLength &&
    !/[,;.]\s*$/.test(line) &&
    /\S\s+\S/.test(line) &&
    !markupPattern.test(line)
  );
}

function parseTrendingPage(text: string): ParsedDigest {
  const { lines } = contentLines(text, Infinity);
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  const add = (title: string, abstract: string) =>
    papers.push({ title, abstract, authors: [], ids: {}, position: papers.length });

  let index = 0;
  for (let line = lines[index]; line !== undefined; line = lines[index]) {
    const next = lines[index + 1];
    if (line.text.length > maxTitleLength) {
      add('', line.text);
      problems.push({
        where: `line ${line.number}`,
        why: 'An abstract without a title before it; imported as untitled.',
      });
      index += 1;
    } else if (next === undefined || isNextTitle(next, lines[index + 2])) {
      add(line.text, '');
      problems.push({ where: `line ${line.number}`, why: 'A title without an abstract after it.' });
      index += 1;
    } else {
      add(line.text, next.text);
      index += 2;
    }
  }
  return { papers, problems };
}

/** Is it a short line before an abstract? Then the title before it has none, and one missing line shifts no others. */
function isNextTitle(line: Line, next: Line | undefined): boolean {
  return (
    line.text.length < sureAbstractLength && next !== undefined && next.text.length >= sureAbstractLength
  );
}

/** The lines that are neither blank nor boilerplate, without the button's word before a title. */
function contentLines(text: string, limit: number): { lines: Line[]; hasHeader: boolean } {
  const lines: Line[] = [];
  let hasHeader = false;
  let isAfterHeader = false;
  let number = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    number += 1;
    if (lines.length >= limit) break;
    if (raw.trim() === '') continue;
    if (boilerplatePattern.test(raw)) {
      isAfterHeader = true;
      hasHeader ||= raw.trim() !== 'Subscribe';
      continue;
    }
    const button = isAfterHeader ? joinedButtonAfterHeaderPattern : joinedButtonPattern;
    const isFirst = lines.length === 0 || isAfterHeader;
    lines.push({ number, text: isFirst ? raw.replace(button, '') : raw });
    isAfterHeader = false;
  }
  return { lines, hasHeader };
}
