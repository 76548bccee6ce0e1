import type { Document } from 'domhandler';
import type { Format, ParsedDigest } from '../../import';
import { elements, parseHtml } from '../../text/html';
import { readListing } from './newsletter-arxiv-list';
import { readItems } from './newsletter-items';
import { readPageMeta } from './newsletter-page-meta';

/** Any HTML with links to papers in it: newsletters, reading lists, saved pages. */
export const newsletter: Format = {
  id: 'newsletter',
  name: 'web page or newsletter (HTML)',
  fits: isHtml,
  parse: parsePage,
};

const beforeRootPattern = /^(?:\s+|\uFEFF|<\?[^>]{0,1000}>|<!--[^]*?-->|<!doctype[^>]{0,1000}>)*/i;
const rootPattern =
  /^<(?:html|head|body|title|meta|link|style|div|p|span|b|font|center|table|ul|ol|dl|h[1-6]|a|img|br|hr|main|article|section|header|nav|form|pre|blockquote)[\s/>]/i;

/** Is its first element one of HTML? Feeds and SVG images hold such elements too, but later. */
function isHtml(text: string): boolean {
  const [before = ''] = beforeRootPattern.exec(text) ?? [];
  return /<!doctype html/i.test(before) || rootPattern.test(text.slice(before.length, before.length + 20));
}

const noPaperMessage =
  'No paper was found; looked for links to arXiv, to DOIs and to paper pages, for lists of arXiv, and for the data on a paper that publishers put at the head of its page.';

function parsePage(text: string): ParsedDigest {
  const document = parseHtml(text);
  const about = readPageMeta(document);
  const listed = about === null ? readListing(document) : [about];
  const { papers, problems } = listed.length > 0 ? { papers: listed, problems: [] } : readItems(document);
  if (papers.length === 0) problems.push({ where: 'file', why: noPaperMessage });
  const name = titleOf(document);
  return { ...(name === '' ? {} : { name }), papers, problems };
}

function titleOf(document: Document): string {
  const [title] = elements(document, 'title');
  const parts = title?.children.map((node) => (node.type === 'text' ? node.data : '')) ?? [];
  return parts.join('').replace(/\s+/g, ' ').trim();
}
