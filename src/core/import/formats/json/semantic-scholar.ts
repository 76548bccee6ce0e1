import { readIds } from '../../../paper/ids';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import type { Format } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { markupToText } from '../../text/html';
import { Fields, isObject, kindOf, namesOf, signalsOf } from './json-fields';
import { distinct, present } from '../paper-fields';
import { readJsonFile, readJsonRecords, titledPaper } from './json-records';
import type { RecordReading } from '../records';

const listNames = ['data', 'recommendedPapers', 'papers'];
const recordPaths = ['', ...listNames.map((list) => `${list}/`)].flatMap((path) => [
  path,
  `${path}citedPaper/`,
  `${path}citingPaper/`,
]);
const markNames = ['paperId', 'externalIds', 'corpusid', 'externalids'];

/** Search results, a batch, recommendations, citations and references, one paper, or one per line. */
export const semanticScholar: Format = {
  id: 'semantic-scholar',
  name: 'Semantic Scholar JSON',
  fits: looksLikeSemanticScholar,
  parse: (text) => readJsonRecords(readJsonFile(text, listNames), readEntry),
};

function looksLikeSemanticScholar(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  return outline.names.has('recommendedPapers') || hasName(outline, recordPaths, markNames);
}

/** A paper, or a citation that wraps one. */
function readEntry(value: unknown, position: number): RecordReading {
  if (value === null)
    return { paper: null, problems: ['Semantic Scholar did not know the paper that was asked for.'] };
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a paper, got ${kindOf(value)}.`] };
  }
  const entry = new Fields(value);
  const name = ['citedPaper', 'citingPaper'].find((key) => entry.get(key) !== undefined);
  return readPaper(name === undefined ? entry : entry.inner(name), position);
}

/** `tldr` is ignored: it is machine-made and not an abstract. */
function readPaper(fields: Fields, position: number): RecordReading {
  const paper: ParsedPaper = {
    title: markupToText(fields.text('title') ?? ''),
    abstract: markupToText(fields.text('abstract') ?? ''),
    authors: namesOf(fields, 'authors', (author) => author.text('name')),
    ids: readPaperIds(fields),
    ...present({
      url: fields.link('url') ?? fields.inner('openAccessPdf').link('url'),
      date: fields.date('publicationDate', 'publicationdate', 'year'),
      venue: markupToText(fields.text('venue') || fields.inner('journal').text('name') || ''),
      categories: readCategories(fields),
      signals: signalsOf({ citations: fields.count('citationCount') ?? fields.count('citationcount') }),
    }),
    position,
  };
  return titledPaper(paper, fields.problems);
}

/** Field names are in lower case in the data sets, and in camel case in the API. */
function readPaperIds(fields: Fields): PaperIds {
  const external = fields.inner(fields.get('externalIds') === undefined ? 'externalids' : 'externalIds');
  const arxiv = readIds(external.text('ArXiv') ?? '');
  const doi = readIds(external.text('DOI') ?? '');
  const paperId = fields.text('paperId')?.trim();
  const corpus = fields.digits('corpusId') ?? fields.digits('corpusid') ?? external.digits('CorpusId');
  const hash = paperId !== undefined && /^[0-9a-f]{40}$/.test(paperId) ? paperId : undefined;
  const s2 = hash ?? (corpus === undefined ? undefined : `corpus:${corpus}`);
  return { ...doi, ...arxiv, ...present({ pmid: external.digits('PubMed'), s2 }) };
}

function readCategories(fields: Fields): string[] {
  const fieldsOfStudy = fields
    .list('fieldsOfStudy')
    .map((field) => (typeof field === 'string' ? field : undefined));
  const categories = fields.each('s2FieldsOfStudy').map((field) => field.text('category'));
  return distinct([...fieldsOfStudy, ...categories]);
}
