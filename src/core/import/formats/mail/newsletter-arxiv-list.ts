import type { Document, Element } from 'domhandler';
import type { ParsedPaper, PaperIds } from '../../../paper/paper';
import { idsOfLink } from '../../text/find-ids';
import { elements, htmlText } from '../../text/html';

/** Papers of a saved listing page of arXiv: each `dt` holds the id, and the `dd` after it the other fields. */
export function readListing(document: Document): ParsedPaper[] {
  const papers: ParsedPaper[] = [];
  for (const list of elements(document, 'dl')) {
    if (isNested(list)) continue;
    let ids: PaperIds = {};
    let announced: ParsedPaper['announced'];
    for (const child of list.children) {
      if (!('attribs' in child)) continue;
      if (child.name === 'dt') {
        ids = idsOf(child);
        announced = sectionOf(htmlText(child));
      } else if (child.name === 'dd' && ids.arxiv !== undefined) {
        const paper = readDescription(child, ids, papers.length);
        if (announced !== undefined) paper.announced = announced;
        if (paper.title !== '') papers.push(paper);
        ids = {};
      }
    }
  }
  return papers;
}

/** arXiv does not nest lists. Reading a list again for each one around it would take quadratic time on a hostile page. */
function isNested(list: Element): boolean {
  for (let node = list.parent; node !== null; node = node.parent) {
    if ('name' in node && node.name === 'dl') return true;
  }
  return false;
}

/** Pages saved as plain source have links without a host. */
function idsOf(term: Element): PaperIds {
  for (const { attribs } of elements(term, 'a')) {
    const href = attribs['href'] ?? '';
    const ids = idsOfLink(/^\/(?:abs|pdf)\//.test(href) ? `https://arxiv.org${href}` : href);
    if (ids.arxiv !== undefined) return ids;
  }
  return {};
}

function sectionOf(term: string): ParsedPaper['announced'] {
  if (/\(cross-list/.test(term)) return 'cross';
  return /\(replaced\b/.test(term) ? 'replace' : undefined;
}

function readDescription(description: Element, ids: PaperIds, position: number): ParsedPaper {
  const field = (name: string): Element | undefined =>
    elements(description, 'div').find(({ attribs }) => (attribs['class'] ?? '').split(/\s+/).includes(name));
  const text = (name: string): string => {
    const found = field(name);
    return found === undefined
      ? ''
      : folded(htmlText(found)).replace(/^(?:Title|Authors?|Subjects|Journal-ref): ?/, '');
  };
  const authors = field('list-authors');
  const names = authors === undefined ? [] : elements(authors, 'a').map((a) => folded(htmlText(a)));
  const abstract = elements(description, 'p').map((p) => folded(htmlText(p)));
  const categories = [...text('list-subjects').matchAll(/\(([\w.-]{2,20})\)/g)].map(
    (match) => match[1] ?? '',
  );
  const venue = text('list-journal-ref');
  return {
    title: text('list-title'),
    abstract: abstract.join('\n'),
    authors: names,
    ids,
    url: `https://arxiv.org/abs/${ids.arxiv ?? ''}`,
    ...(venue === '' ? {} : { venue }),
    ...(categories.length === 0 ? {} : { categories }),
    position,
  };
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
