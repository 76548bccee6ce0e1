import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import { readIds } from '../../../paper/ids';
import type { Format } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { markupToText } from '../../text/html';
import { Fields, isObject, kindOf, namesOf, present, signalsOf } from './json-fields';
import { readJsonFile, takeRecords, titledPaper, type RecordReading } from './json-records';
import { textOfIndex } from './openalex-index';

const PATHS = ['', 'results/'];
const MARKS = ['abstract_inverted_index', 'authorships', 'ids/openalex', 'is_paratext', 'primary_location'];

/** Works, as the interface or the snapshot gives them: a page of results, a list, one work, or one a line. */
export const openAlex: Format = {
  id: 'openalex',
  name: 'OpenAlex JSON',
  fits: looksLikeWorks,
  parse: (text) => takeRecords(readJsonFile(text, ['results']), readWork),
};

function looksLikeWorks(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  const isWork = PATHS.some((path) =>
    /^https:\/\/openalex\.org\/W\d/.test(outline.names.get(`${path}id`) ?? ''),
  );
  return isWork || hasName(outline, PATHS, MARKS);
}

function readWork(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a work, got ${kindOf(value)}.`] };
  }
  const work = new Fields(value);
  if (work.get('is_paratext') === true || work.get('type') === 'paratext') {
    return {
      paper: null,
      problems: ['No paper but what stands round papers, such as a cover or a list of contents.'],
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
  // A heading of the publisher's, where the words show that it is one: abstracts do begin with the word.
  return markupToText(text).replace(/^\s*Abstract\s*(?:[:.—–]|\n)\s*/, '');
}

function bestLink(work: Fields): string | undefined {
  return work.inner('best_oa_location').link('landing_page_url', 'pdf_url');
}

/** Its own id, the DOI and PubMed's; arXiv's only stands in where the work can be had. */
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

/** Older files have their keywords under `keyword`; files without any have topics. */
function readCategories(work: Fields): string[] {
  const name = (entry: Fields) => entry.text('display_name') ?? entry.text('keyword');
  const keywords = namesOf(work, 'keywords', name);
  return keywords.length > 0 ? keywords : namesOf(work, 'topics', name);
}
