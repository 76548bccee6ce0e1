import type { Element } from 'domhandler';
import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';
import type { Format } from '../../import';
import { idsInText, idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName } from '../../text/names';
import { attribute, children, xmlText } from '../../text/xml';
import { distinct } from '../paper-fields';
import { firstVenue, firstWebAddress, idsOfNote, onlyArxiv, paperOf } from './bibliography-fields';
import { parseRecords, reach, type XmlRecordReading } from './bibliography-xml';
import { pubmedId } from './pubmed-fields';

/** XML exported by EndNote, or by other reference managers for it. Values may be split into `<style>` elements. */
export const endnoteXml: Format = {
  id: 'endnote-xml',
  name: 'EndNote XML',
  fits: (beginning) => /^\s*(?:<[?!][^<]{0,2000}){0,8}(?:<xml>\s*)?<records>/.test(beginning),
  parse: (text) => parseRecords(text, ['record'], readRecord),
};

function readRecord(record: Element, position: number): XmlRecordReading {
  const problems: string[] = [];
  const text = (...path: string[]): string => xmlText(reach(record, ...path));
  const title = markupToText(text('titles', 'title')).trim();
  const abstract = markupToText(text('abstract')).trim();
  if (title === '' && abstract === '') return { paper: null, problems };
  const links = ['web-urls', 'related-urls', 'pdf-urls']
    .flatMap((kind) => listed(record, ['urls', kind], 'url'))
    .concat(listed(record, ['urls'], 'url'));
  const keywords = listed(record, ['keywords'], 'keyword');
  const fields = {
    title,
    abstract,
    authors: distinct(listed(record, ['contributors', 'authors'], 'author').map(readAuthor)),
    ids: readRecordIds(text, links, problems),
    url: firstWebAddress(links),
    date: readDate(record, problems),
    venue: firstVenue(
      text('periodical', 'full-title'),
      text('titles', 'secondary-title'),
      text('alt-periodical', 'full-title'),
      text('periodical', 'abbr-1'),
    ),
    categories: distinct(keywords.flatMap((words) => words.split(/[;\r\n]/))),
  };
  return { paper: paperOf(fields, position), problems };
}

/** A comma at the end marks a group's name, which is not inverted. */
function readAuthor(name: string): string {
  return name.endsWith(',') ? name.slice(0, -1) : displayName(name);
}

function listed(record: Element, path: readonly string[], name: string): string[] {
  const list = reach(record, ...path);
  return list === undefined ? [] : children(list, name).map(xmlText);
}

type Text = (...path: string[]) => string;

function readRecordIds(text: Text, links: readonly string[], problems: string[]): PaperIds {
  const number = text('electronic-resource-num');
  const ofNumber = readIds(number);
  if (number !== '' && Object.keys(ofNumber).length === 0) {
    problems.push(`DOI left out: "${number.slice(0, 80)}" is not one.`);
  }
  const isPubmed = /pubmed|medline/i.test(text('remote-database-name'));
  const prose = [
    text('accession-num'),
    text('number'),
    text('periodical', 'full-title'),
    text('titles', 'secondary-title'),
  ];
  return joinIds(
    ofNumber,
    links.map(idsOfLink),
    prose.map((value) => onlyArxiv(idsInText(value))),
    onlyArxiv(idsOfNote(text('notes'))),
    isPubmed ? pubmedId(text('accession-num')) : {},
  );
}

/** The day is separate from the year: `Nov 19`, `11/19`, or a whole date. */
function readDate(record: Element, problems: string[]): string | undefined {
  const dates = reach(record, 'dates');
  if (dates === undefined) return undefined;
  const year = xmlText(reach(dates, 'year')) || attribute(reach(dates, 'year'), 'year');
  const day = xmlText(reach(dates, 'pub-dates', 'date'));
  const whole = [day, `${day} ${year}`, `${year}/${day}`].map(parseDate).find((date) => date !== null);
  const date = whole ?? parseDate(year);
  if (date === null && year !== '') problems.push(`Date left out: "${year.slice(0, 80)}" has no year in it.`);
  return date ?? undefined;
}
