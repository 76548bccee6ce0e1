import type { Document } from 'domhandler';
import { parseDate } from '../../../paper/date';
import { readIds } from '../../../paper/ids';
import { safeUrl } from '../../../paper/text/links';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import { elements, markupToText } from '../../text/html';
import { displayName } from '../../text/names';

/**
 * The paper that a saved page describes in its `citation_…` meta elements, which publishers and arXiv add for Google
 * Scholar; null without them.
 */
export function readPageMeta(document: Document): ParsedPaper | null {
  const tags = new Map<string, string[]>();
  for (const { attribs } of elements(document, 'meta')) {
    const name = (attribs['name'] ?? attribs['property'] ?? '').toLowerCase();
    const content = attribs['content']?.trim() ?? '';
    if (content === '') continue;
    const known = tags.get(name);
    if (known === undefined) tags.set(name, [content]);
    else known.push(content);
  }
  const first = (...names: string[]): string => {
    const found = names.find((name) => tags.has(name));
    return found === undefined ? '' : (tags.get(found)?.[0] ?? '');
  };

  const title = markupToText(first('citation_title'));
  if (title === '') return null;
  const ids: PaperIds = {};
  const arxiv = readIds(first('citation_arxiv_id'));
  const doi = readIds(first('citation_doi'));
  Object.assign(ids, doi, arxiv);
  const abstract = first('citation_abstract', 'dc.description', 'dcterms.abstract');
  const paper: ParsedPaper = {
    title,
    abstract: markupToText(abstract),
    authors: (tags.get('citation_author') ?? []).map(displayName),
    ids,
    position: 0,
  };
  const url = safeUrl(first('citation_abstract_html_url', 'og:url', 'citation_pdf_url'));
  const date = parseDate(first('citation_date', 'citation_publication_date', 'citation_online_date'));
  const venue = first('citation_journal_title', 'citation_conference_title');
  if (url !== null && /^https?:/i.test(url)) paper.url = url;
  if (date !== null) paper.date = date;
  if (venue !== '') paper.venue = venue;
  return paper;
}
