import { safeUrl } from '../../paper/text/links';
import type { ExportedPaper, Exporter } from '../export';
import { idLinks, pageOf } from '../publication';
import { pageStyle } from '../page-style';

/**
 * A page to read, print and send: nothing in it is fetched or run. Its parts are marked as schema.org's microdata, which
 * our importer reads back (core/import/formats/list/atlas-page.ts).
 */
export const webPage: Exporter = {
  id: 'web-page',
  name: 'Web page',
  extension: 'html',
  mediaType: 'text/html',
  open: ({ title, papers }) => ({
    head: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="Digest Atlas">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
<p class="count">${papers.length === 1 ? '1 paper' : `${papers.length} papers`}</p>
`,
    record: article,
    foot: '</main>\n</body>\n</html>\n',
  }),
};

function article(paper: ExportedPaper): string {
  const { title, authors, abstract, date, updated, venue, categories = [], digests = [], isExcerpt } = paper;
  const source = [
    venue === undefined ? '' : item('isPartOf', venue),
    date === undefined ? '' : time('datePublished', date),
    updated === undefined ? '' : `updated ${time('dateModified', updated)}`,
    ...idLinks(paper.ids).map(({ label, href }) => link(href, label, 'sameAs')),
  ].filter((part) => part !== '');
  const page = pageOf(paper);
  const heading = item('headline', title);
  const lines = [
    `<h2 dir="auto">${page === undefined ? heading : link(page, heading, paper.url === undefined ? '' : 'url', true)}</h2>`,
    paragraph('authors', authors.map((author) => item('author', author)).join(', ')),
    paragraph('source', source.join(' · ')),
    abstract === ''
      ? ''
      : `<p dir="auto" itemprop="${isExcerpt ? 'description' : 'abstract'}">${escaped(abstract)}</p>`,
    paragraph('keywords', categories.map((category) => item('keywords', category)).join(', ')),
    paragraph('digests', digests.length === 0 ? '' : `In ${digests.map(escaped).join(', ')}`),
    annotationLines(paper),
  ].filter((line) => line !== '');
  return `<article itemscope itemtype="https://schema.org/ScholarlyArticle">\n${lines.join('\n')}\n</article>\n`;
}

function annotationLines({ annotation = {} }: ExportedPaper): string {
  const { isStarred, isRead, tags = [], note } = annotation;
  const marks = [
    ...(isStarred ? ['<span class="starred">★ Starred</span>'] : []),
    ...(isRead ? ['<span class="read">✓ Read</span>'] : []),
    ...tags.map((tag) => `<span class="tag">${escaped(tag)}</span>`),
  ];
  return [
    paragraph('marks', marks.join(' ')),
    note === undefined ? '' : `<blockquote class="note" dir="auto">${escaped(note)}</blockquote>`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function paragraph(name: string, content: string): string {
  return content === '' ? '' : `<p class="${name}" dir="auto">${content}</p>`;
}

function item(property: string, text: string): string {
  return `<span itemprop="${property}">${escaped(text)}</span>`;
}

function time(property: string, date: string): string {
  return `<time itemprop="${property}" datetime="${date}">${date}</time>`;
}

/** A link if the address is safe, else the text alone. */
function link(address: string, text: string, property: string, isMarkup = false): string {
  const content = isMarkup ? text : escaped(text);
  const href = safeUrl(address);
  if (href === null) return content;
  const own = property === '' ? '' : ` itemprop="${property}"`;
  return `<a${own} href="${escaped(href)}" rel="noopener noreferrer">${content}</a>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text;
}
