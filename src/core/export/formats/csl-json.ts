import { annotationWords, exportSource, keywordText, writtenMarks } from '../../annotation/take-out';
import { nameParts } from '../author-names';
import { citationKeys } from '../citation-keys';
import type { ExportedPaper, Exporter } from '../export';
import { joinKeywords } from '../keywords';
import { arxivNumber, publicationKind, publishedIn, writtenUrl } from '../publication';

/** For citation processors (pandoc, citeproc) and Zotero. One item a line. */
export const cslJson: Exporter = {
  id: 'csl-json',
  name: 'CSL-JSON',
  extension: 'json',
  mediaType: 'application/vnd.citationstyles.csl+json',
  open: ({ papers }) => {
    const keys = citationKeys(papers);
    return {
      head: '[',
      record: (paper, index) =>
        `${index === 0 ? '' : ','}\n${JSON.stringify(cslItem(paper, keys[index] ?? ''))}`,
      foot: '\n]\n',
    };
  },
};

const types = {
  journal: 'article-journal',
  conference: 'paper-conference',
  preprint: 'article',
  other: 'article',
};

/** Fields that are undefined are not written. */
function cslItem(paper: ExportedPaper, key: string): object {
  const { title, authors, abstract, date, ids, categories = [], annotation = {} } = paper;
  const arxiv = arxivNumber(ids);
  const marks = writtenMarks(annotation);
  const keywords = [...categories, ...annotationWords(annotation).map(keywordText)];
  return {
    id: key,
    type: types[publicationKind(paper)],
    title,
    author: authors.length === 0 ? undefined : authors.map(cslName),
    issued: date === undefined ? undefined : { 'date-parts': [date.split('-').map(Number)] },
    'container-title': publishedIn(paper),
    archive: arxiv === undefined ? undefined : 'arXiv',
    archive_location: arxiv,
    DOI: ids.doi,
    PMID: ids.pmid,
    URL: writtenUrl(paper),
    abstract: abstract === '' ? undefined : abstract,
    keyword: keywords.length === 0 ? undefined : joinKeywords(keywords),
    note: annotation.note,
    source: exportSource,
    custom: marks === '' ? undefined : { digestatlas: marks },
  };
}

function cslName(name: string): object {
  const parts = nameParts(name);
  if (parts === null) return { literal: name };
  const { given, particle, family, suffix } = parts;
  return {
    family,
    given,
    ...(particle !== '' && { 'non-dropping-particle': particle }),
    ...(suffix !== '' && { suffix }),
  };
}
