import type { PaperIds } from '../../../paper/paper';
import { inlineLinks, inlineText } from './markdown-list-inline';
import { isWeakTitle, withoutButtons } from '../mail/newsletter-words';
import { hasIds, webTarget } from '../paper-link';

/** The paper at the beginning of a heading, bullet or paragraph. */
export interface Head {
  /** '' when there is none. */
  title: string;
  url: string;
  ids: PaperIds;
  /** The rest of the line after the title, as written. */
  rest: string;
  /** The line begins with the title or the link, as list entries do and prose does not. */
  isLeading: boolean;
}

interface Target {
  source: string;
  url: string;
  ids: PaperIds;
  start: number;
  end: number;
}

const minTitleLength = 4;
const maxTitleLength = 300;
const boldPattern = /^[^\p{L}\p{N}*_[\]]*(?:\*\*([^*]{4,500})\*\*|__([^_]{4,500})__)/u;

/** The paper to which a line links; null when it has no link to a web page, or only an incidental one. */
export function readHead(line: string): Head | null {
  const targets = readTargets(line);
  const [first] = targets;
  if (first === undefined) return null;
  const paper = targets.find(({ ids }) => hasIds(ids));
  const lead = plain(line.slice(0, first.start));
  const isLeading = !/\p{L}{2}/u.test(lead);

  const bold = isLeading ? null : boldPattern.exec(line);
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

/** The plain text without the punctuation that leads to or from the link. */
function plain(source: string): string {
  const text = withoutButtons(inlineText(source));
  return text.replace(/^[\s\-–—:,.;"“”()]+/, '').replace(/(?<![\s\-–—:,;"“”(])[\s\-–—:,;"“”(]+$/, '');
}

function couldBeTitle(text: string): boolean {
  return text.length >= minTitleLength && text.length <= maxTitleLength && /\p{L}{3}/u.test(text);
}
