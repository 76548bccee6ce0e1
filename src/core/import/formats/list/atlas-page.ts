import { isTag, isText, type Element } from 'domhandler';
import { annotationOf } from '../../../annotation/take-out';
import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import { safeUrl } from '../../../paper/text/links';
import type { ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { elements, parseHtml } from '../../text/html';
import { present } from '../paper-fields';
import { readRecords } from '../records';

/** The web page that this app exports (core/export/formats/web-page.ts). Its parts are marked, and its texts are plain. */
export const atlasPage: Format = {
  id: 'atlas-page',
  name: 'web page of Digest Atlas',
  fits: (beginning) =>
    /^\s*<!doctype html>/i.test(beginning) &&
    beginning.slice(0, 1_000).includes('<meta name="generator" content="Digest Atlas">'),
  parse: parsePage,
};

function parsePage(text: string): ParsedDigest {
  const document = parseHtml(text);
  const [title] = elements(document, 'title');
  const name = title === undefined ? '' : textOf(title).trim();
  const digest = readRecords(elements(document, 'article').entries(), ([index, article], position) => {
    const paper = readArticle(article, position);
    const where = `paper ${index + 1}`;
    if (paper.title !== '' || paper.abstract !== '') return { where, paper, problems: [] };
    return { where, paper: null, problems: ['Neither a title nor an abstract.'] };
  });
  if (digest.papers.length === 0 && digest.problems.length === 0) {
    digest.problems.push({ where: 'file', why: 'No paper was found; the page has none, or is cut off.' });
  }
  return { ...digest, ...present({ name }) };
}

function readArticle(article: Element, position: number): ParsedPaper {
  const parts = new Map<string, Element[]>();
  for (const name of ['span', 'a', 'time', 'p', 'blockquote']) {
    for (const element of elements(article, name)) {
      const key = element.attribs['itemprop'] ?? `.${element.attribs['class'] ?? ''}`;
      parts.set(key, [...(parts.get(key) ?? []), element]);
    }
  }
  const all = (key: string): string[] => (parts.get(key) ?? []).map(textOf);
  const first = (key: string): string => all(key)[0] ?? '';
  const attribute = (key: string, name: string): string => parts.get(key)?.[0]?.attribs[name] ?? '';
  const links = (parts.get('sameAs') ?? []).map(({ attribs }) => attribs['href'] ?? '');
  const labels = all('sameAs');
  const excerpt = first('description');
  return {
    title: first('headline'),
    abstract: first('abstract') || excerpt,
    ...present({ isExcerpt: excerpt === '' ? undefined : (true as const) }),
    authors: all('author'),
    // The label has the id as it is, the address in an escaped form.
    ids: joinIds(...labels.map(readIds), ...links.map(readIds)),
    ...present({
      url: safeUrl(attribute('url', 'href')) ?? undefined,
      date: parseDate(attribute('datePublished', 'datetime')) ?? undefined,
      updated: parseDate(attribute('dateModified', 'datetime')) ?? undefined,
      venue: first('isPartOf'),
      categories: all('keywords'),
      annotation: annotationOf({
        isStarred: parts.has('.starred'),
        isRead: parts.has('.read'),
        tags: all('.tag'),
        note: first('.note'),
      }),
    }),
    position,
  };
}

/** All text in it, as it is: line breaks are those of a note. Elements are nested two deep at most. */
function textOf(element: Element): string {
  return element.children
    .map((child) =>
      isText(child)
        ? child.data
        : isTag(child)
          ? child.children.map((inner) => (isText(inner) ? inner.data : '')).join('')
          : '',
    )
    .join('');
}
