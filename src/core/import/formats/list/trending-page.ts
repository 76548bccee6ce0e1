import type { ParsedPaper, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';

/** The text of a page of trending papers as a reader copies it: a title line and an abstract line in turn. */
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

const BOILERPLATE = /^\s*(?:Get trending papers in your email inbox(?: once a day)?!|Subscribe)\s*$/;
/** The page's button, glued to the title that follows it. */
const GLUED_BUTTON = /^\s*Subscribe(?=\p{Lu})/u;
const GLUED_BUTTON_AFTER_HEADER = /^\s*Subscribe(?=\S)/u;

const TITLE_MAX = 300;
/** No title is as long, and few abstracts are shorter. */
const ABSTRACT_SURE = 200;
const ABSTRACT_MIN = 80;

/**
 * Prose alternates short and long lines too, for a while. So the lines must alternate nearly all along (four pairs of
 * five in the first 200 lines), no title may look like markup, a list or the end of a sentence, and a single pair
 * counts only with a long abstract. The page's own header settles it.
 */
function looksLikeTrendingPage(text: string): boolean {
  const beginning = text.slice(0, 200_000);
  const { lines, hasHeader } = contentLines(beginning, 200);
  if (lines.length < 2) return false;
  if (hasHeader) return true;
  // Where the beginning was cut, the last line is a part of one.
  const pairs = Math.floor(lines.length / 2);
  let fitting = 0;
  let longest = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const title = lines[2 * pair]?.text ?? '';
    const abstract = lines[2 * pair + 1]?.text ?? '';
    if (!couldBeTitle(title) || abstract.length < ABSTRACT_MIN || abstract.length <= title.length) continue;
    if (!/\p{Letter}\s+\p{Letter}/u.test(abstract) || MARKUP.test(abstract)) continue;
    fitting += 1;
    longest = Math.max(longest, abstract.length);
  }
  return fitting >= 0.8 * pairs && (fitting > 1 || longest >= ABSTRACT_SURE);
}

const MARKUP = /^\s*(?:[#>*|<@{}[\]`\\]|[-+=_~]{2}|- |\d+[.)] )/;

function couldBeTitle(line: string): boolean {
  return line.length <= TITLE_MAX && !/[,;.]\s*$/.test(line) && /\S\s+\S/.test(line) && !MARKUP.test(line);
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
    if (line.text.length > TITLE_MAX) {
      add('', line.text);
      problems.push({
        where: `line ${line.number}`,
        why: 'An abstract without a title before it; kept as untitled.',
      });
      index += 1;
    } else if (next === undefined || isTitleOfItsOwn(next, lines[index + 2])) {
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

/** A short line with an abstract after it: the title before it has none. Keeps one missing line from shifting the rest. */
function isTitleOfItsOwn(line: Line, next: Line | undefined): boolean {
  return line.text.length < ABSTRACT_SURE && next !== undefined && next.text.length >= ABSTRACT_SURE;
}

/** The lines that are not blank and not the page's own, with the button's word cut off the title it is glued to. */
function contentLines(text: string, limit: number): { lines: Line[]; hasHeader: boolean } {
  const lines: Line[] = [];
  let hasHeader = false;
  let isAfterHeader = false;
  let number = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    number += 1;
    if (lines.length >= limit) break;
    if (raw.trim() === '') continue;
    if (BOILERPLATE.test(raw)) {
      isAfterHeader = true;
      hasHeader ||= raw.trim() !== 'Subscribe';
      continue;
    }
    const button = isAfterHeader ? GLUED_BUTTON_AFTER_HEADER : GLUED_BUTTON;
    const isFirst = lines.length === 0 || isAfterHeader;
    lines.push({ number, text: isFirst ? raw.replace(button, '') : raw });
    isAfterHeader = false;
  }
  return { lines, hasHeader };
}
