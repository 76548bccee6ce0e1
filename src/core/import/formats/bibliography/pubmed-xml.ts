import type { Element } from 'domhandler';
import { joinIds } from '../../../paper/ids';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import type { Format } from '../../import';
import { htmlText } from '../../text/html';
import { attribute, child, children, xmlText } from '../../text/xml';
import { distinct } from '../paper-fields';
import { earliestDate, firstVenue, paperOf } from './bibliography-fields';
import { parseRecords, reach, type XmlRecordReading } from './bibliography-xml';
import { articleId, medlineDate, pubmedId, titleWithoutStop } from './pubmed-fields';

/** PubMed's own XML: articles, and books and their chapters. */
export const pubmedXml: Format = {
  id: 'pubmed-xml',
  name: 'PubMed XML',
  fits: (beginning) => /^\s*<(?:[?!][^<]{0,2000}<){0,8}Pubmed(?:Book)?Article(?:Set)?[\s>]/.test(beginning),
  parse: (text) => parseRecords(text, ['PubmedArticle', 'PubmedBookArticle'], readRecord),
};

function readRecord(record: Element, position: number): XmlRecordReading {
  const isBook = record.name === 'PubmedBookArticle';
  const citation = child(record, isBook ? 'BookDocument' : 'MedlineCitation');
  if (citation === undefined) return { paper: null, problems: [] };
  const paper = (isBook ? readBook : readArticle)(citation, record, position);
  const written = xmlText(child(citation, 'PMID')).slice(0, 80);
  const { pmid } = pubmedId(written);
  if (pmid !== undefined) return { paper, name: `PMID ${pmid}`, problems: [] };
  return { paper, problems: written === '' ? [] : [`"${written}" is not a PubMed number.`] };
}

function readArticle(citation: Element, record: Element, position: number): ParsedPaper | null {
  const article = child(citation, 'Article');
  if (article === undefined) return null;
  const title = titleWithoutStop(
    readMarkup(child(article, 'ArticleTitle')) || readMarkup(child(article, 'VernacularTitle')),
  );
  const abstract = readAbstract(article);
  if (title === '' && abstract === '') return null;
  const journal = child(article, 'Journal');
  const locations = children(article, 'ELocationID').map((location) =>
    articleId(attribute(location, 'EIdType'), xmlText(location)),
  );
  const fields = {
    title,
    abstract,
    authors: children(article, 'AuthorList').flatMap(readAuthors),
    ids: joinIds(
      pubmedId(xmlText(child(citation, 'PMID'))),
      locations,
      // Only the article's own list, as the references of a record have such lists too.
      readArticleIds(reach(record, 'PubmedData', 'ArticleIdList')),
    ),
    date: earliestDate([
      readDate(reach(article, 'Journal', 'JournalIssue', 'PubDate')),
      ...children(article, 'ArticleDate').map(readDate),
    ]),
    venue: firstVenue(
      xmlText(journal && child(journal, 'Title')),
      xmlText(journal && child(journal, 'ISOAbbreviation')),
      xmlText(reach(citation, 'MedlineJournalInfo', 'MedlineTA')),
    ),
    categories: distinct([...readHeadings(citation), ...readKeywords(citation)]),
  };
  return paperOf(fields, position);
}

/** The chapter if it has a title, or else the book. */
function readBook(document: Element, record: Element, position: number): ParsedPaper | null {
  const book = child(document, 'Book');
  const bookTitle = readMarkup(book && child(book, 'BookTitle'));
  const chapter = readMarkup(child(document, 'ArticleTitle'));
  const title = titleWithoutStop(chapter || bookTitle);
  const abstract = readAbstract(document);
  if (title === '' && abstract === '') return null;
  const lists = [document, ...(book === undefined ? [] : [book])].flatMap((owner) =>
    children(owner, 'AuthorList'),
  );
  const fields = {
    title,
    abstract,
    authors: lists.filter((list) => attribute(list, 'Type') !== 'editors').flatMap(readAuthors),
    ids: joinIds(
      pubmedId(xmlText(child(document, 'PMID'))),
      readArticleIds(child(document, 'ArticleIdList')),
      readArticleIds(reach(record, 'PubmedBookData', 'ArticleIdList')),
    ),
    date: earliestDate([
      readDate(child(document, 'ContributionDate')),
      readDate(book && child(book, 'PubDate')),
    ]),
    venue: chapter === '' ? undefined : firstVenue(bookTitle),
    categories: readKeywords(document),
  };
  return paperOf(fields, position);
}

/** The parts of a structured abstract, each after its label. */
function readAbstract(owner: Element): string {
  const parts = children(owner, 'Abstract').flatMap((abstract) => children(abstract, 'AbstractText'));
  return parts
    .map((part) => ({ label: attribute(part, 'Label').trim(), text: readMarkup(part) }))
    .filter(({ text }) => text !== '')
    .map(({ label, text }) => (label === '' ? text : `${label}: ${text}`))
    .join('\n');
}

/** Titles and abstracts may hold italics, exponents and formulas. */
function readMarkup(element: Element | undefined): string {
  return element === undefined ? '' : htmlText(element);
}

function readAuthors(list: Element): string[] {
  return children(list, 'Author')
    .map((author) => {
      const part = (name: string) => xmlText(child(author, name));
      const given =
        part('ForeName') ||
        part('FirstName') ||
        [...part('Initials')].map((letter) => `${letter}.`).join(' ');
      const person = [given, part('LastName'), part('Suffix')].filter((text) => text !== '').join(' ');
      return part('CollectiveName') || person;
    })
    .filter((name) => name !== '');
}

function readArticleIds(list: Element | undefined): PaperIds[] {
  if (list === undefined) return [];
  return children(list, 'ArticleId').map((id) => articleId(attribute(id, 'IdType'), xmlText(id)));
}

function readDate(date: Element | undefined): string | null {
  if (date === undefined) return null;
  const part = (name: string) => xmlText(child(date, name));
  return medlineDate(
    part('MedlineDate') || `${part('Year')} ${part('Month') || part('Season')} ${part('Day')}`,
  );
}

function readHeadings(citation: Element): string[] {
  return children(citation, 'MeshHeadingList')
    .flatMap((list) => children(list, 'MeshHeading'))
    .map((heading) => xmlText(child(heading, 'DescriptorName')));
}

function readKeywords(owner: Element): string[] {
  return distinct(children(owner, 'KeywordList').flatMap((list) => children(list, 'Keyword').map(xmlText)));
}
