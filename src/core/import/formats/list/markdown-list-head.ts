import type { PaperIds } from '../../../paper/paper';
import { inlineLinks, inlineText } from './markdown-list-inline';
import { isWeakTitle, withoutButtons } from '../mail/newsletter-words';
import { hasIds, webTarget } from '../paper-link';

/** What a heading, a bullet or a paragraph says of the paper that it begins with. */
export interface Head {
  /** '' when it gives none. */
  title: string;
  url: string;
  ids: PaperIds;
  /** What it says beside the title, as written. */
  rest: string;
  /** It begins with its title or its link, as an entry of a list does, and prose does not. */
  isLeading: boolean;
}

interface Target {
  source: string;
  url: string;
  ids: PaperIds;
  start: number;
  end: number;
}

const MIN_TITLE = 4;
const MAX_TITLE = 300;
const BOLD = /^[^\p{L}\p{N}*_[\]]*(?:\*\*([^*]{4,500})\*\*|__([^_]{4,500})__)/u;

/** The paper that a line names by a link; null when it has no link to a web page, or only one in passing. */
export function readHead(line: string): Head | null {
  const targets = readTargets(line);
  const [first] = targets;
  if (first === undefined) return null;
  const paper = targets.find(({ ids }) => hasIds(ids));
  const lead = plain(line.slice(0, first.start));
  const isLeading = !/\p{L}{2}/u.test(lead);

  const bold = isLeading ? null : BOLD.exec(line);
  if (bold !== null) {
    const title = plain(bold[1] ?? bold[2] ?? '');
    if (title !== '' && !title.endsWith(':')) {
      const { url, ids } = paper ?? first;
      return { title, url, ids, rest: line.slice(bold[0].length), isLeading: true };
    }
  }
  const titled = isLeading && isTitled(first) ? first : paper;
  if (titled !== undefined && isTitled(titled)) {
    const before = isLeading ? '' : line.slice(0, titled.start).replace(/(?<![*_])[*_]+$/, '');
    const rest = `${before} ${line.slice(titled.end).replace(/^[*_]+/, '')}`;
    const { ids } = paper ?? titled;
    return { title: inlineText(titled.source), url: titled.url, ids, rest, isLeading };
  }
  if (paper === undefined) return null;
  const { url, ids } = paper;
  if (couldBeTitle(lead)) return { title: lead, url, ids, rest: line.slice(paper.end), isLeading: false };
  const after = plain(line.slice(paper.end));
  if (isLeading && couldBeTitle(after)) return { title: after, url, ids, rest: '', isLeading };
  return { title: '', url, ids, rest: line.slice(paper.end), isLeading };
}

function readTargets(line: string): Target[] {
  return inlineLinks(line).flatMap(({ source, href, start, end }) => {
    const target = webTarget(href);
    return target === null ? [] : [{ source, ...target, start, end }];
  });
}

function isTitled({ source }: Target): boolean {
  return source !== '' && !isWeakTitle(inlineText(source));
}

/** Without signs that only lead over to the link. */
function plain(source: string): string {
  const text = withoutButtons(inlineText(source));
  return text.replace(/^[\s\-–—:,.;"“”()]+/, '').replace(/(?<![\s\-–—:,;"“”(])[\s\-–—:,;"“”(]+$/, '');
}

function couldBeTitle(text: string): boolean {
  return text.length >= MIN_TITLE && text.length <= MAX_TITLE && /\p{L}{3}/u.test(text);
}
