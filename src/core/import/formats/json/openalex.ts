import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import { readIds } from '../../../paper/ids';
import type { Format } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { markupToText } from '../../text/html';
import { Fields, isObject, kindOf, namesOf, signalsOf } from './json-fields';
import { present } from '../paper-fields';
import { readJsonFile, readJsonRecords, titledPaper } from './json-records';
import type { RecordReading } from '../records';
import { textOfIndex } from './openalex-index';

const recordPaths = ['', 'results/'];
const markNames = [
  'abstract_inverted_index',
  'authorships',
  'ids/openalex',
  'is_paratext',
  'primary_location',
];

/** Works from the API or the snapshot: a page of results, a list, one work, or one per line. */
export const openAlex: Format = {
  id: 'openalex',
  name: 'OpenAlex JSON',
  fits: looksLikeWorks,
  parse: (text) => readJsonRecords(readJsonFile(text, ['results']), readWork),
};

function looksLikeWorks(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  const isWork = recordPaths.some((path) =>
    /^https:\/\/openalex\.org\/W\d/.test(outline.names.get(`${path}id`) ?? ''),
  );
  return isWork || hasName(outline, recordPaths, markNames);
}

function readWork(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a work, got ${kindOf(value)}.`] };
  }
  const work = new Fields(value);
  if (work.get('is_paratext') === true || work.get('type') === 'paratext') {
    return {
      paper: null,
      problems: ['Not a paper but something around papers, such as a cover or a list of contents.'],
    };
  }
  const primary = work.inner('primary_location');
  const paper: ParsedPaper = {
    title: markupToText(work.text('title') ?? work.text('display_name') ?? ''),
    abstract: readAbstract(work),
    authors: namesOf(
      work,
      'authorships',
      (authorship) => authorship.inner('author').text('display_name') ?? authorship.text('raw_author_name'),
    ),
    ids: readWorkIds(work, primary),
    ...present({
      url: primary.link('landing_page_url') ?? work.link('doi') ?? bestLink(work) ?? work.link('id'),
      date: work.date('publication_date', 'publication_year'),
      venue: markupToText(primary.inner('source').text('display_name') ?? ''),
      categories: readCategories(work),
      signals: signalsOf({ citations: work.count('cited_by_count') }),
    }),
    position,
  };
  if (work.get('is_retracted') === true) work.problems.push('OpenAlex marks it as retracted.');
  if (work.get('is_authors_truncated') === true)
    work.problems.push('The file names only the first of its authors.');
  return titledPaper(paper, work.problems);
}

function readAbstract(work: Fields): string {
  const index = work.get('abstract_inverted_index');
  if (index === undefined) return '';
  const { text, problem } = textOfIndex(index);
  if (problem !== undefined && text === '') work.drop('abstract_inverted_index', problem);
  else if (problem !== undefined) work.dropSome('abstract_inverted_index', problem);
  // Removes the publisher's heading, if punctuation shows that it is one: some abstracts begin with the word.
  return markupToText(text).replace(/^\s*Abstract\s*(?:[:.—–]|\n)\s*/, '');
}

function bestLink(work: Fields): string | undefined {
  return work.inner('best_oa_location').link('landing_page_url', 'pdf_url');
}

/** The OpenAlex id, the DOI and the PubMed id. An arXiv id occurs only in the links to copies of the work. */
function readWorkIds(work: Fields, primary: Fields): PaperIds {
  const ids = work.inner('ids');
  const locations = [primary, work.inner('best_oa_location'), ...work.each('locations')];
  const links = locations.flatMap((location) => [location.get('landing_page_url'), location.get('pdf_url')]);
  const found: PaperIds = {};
  for (const link of links) {
    const { arxiv, arxivVersion } = typeof link === 'string' ? readIds(link) : {};
    if (arxiv !== undefined && found.arxiv === undefined)
      Object.assign(found, present({ arxiv, arxivVersion }));
  }
  const openalex = /^(?:https?:\/\/openalex\.org\/)?(W\d{1,12})$/.exec(
    (work.text('id') ?? ids.text('openalex') ?? '').trim(),
  )?.[1];
  const pmid = /^(?:https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/)?(\d{1,9})\/?$/.exec(
    String(ids.get('pmid')).trim(),
  )?.[1];
  const doi = readIds(work.text('doi') ?? ids.text('doi') ?? '');
  return { ...doi, ...found, ...present({ openalex, pmid }) };
}

/** Older files name a keyword under `keyword`; files without keywords have topics. */
function readCategories(work: Fields): string[] {
  const name = (entry: Fields) => entry.text('display_name') ?? entry.text('keyword');
  const keywords = namesOf(work, 'keywords', name);
  return keywords.length > 0 ? keywords : namesOf(work, 'topics', name);
}
