import { exportSource, readMarks, withoutAnnotation } from '../../../annotation/take-out';
import type { AnnotationContent, ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { markupToText } from '../../text/html';
import { authorsOf, dateOf } from './csl-json-fields';
import { idsOfItem, noteOf } from './csl-json-ids';
import { Fields, isObject, kindOf, signalsOf } from './json-fields';
import { distinct, present } from '../paper-fields';
import { readJsonFile, recordsOf, readJsonRecords, titledPaper } from './json-records';
import type { RecordReading } from '../records';

const listNames = ['items', 'message'];
const recordPaths = ['', 'items/', 'message/', 'message/items/'];
const markNames = ['issued/date-parts', 'container-title', 'author/family', 'author/literal', 'citation-key'];

/** Items as exchanged by reference managers and returned by DOI registries. */
export const cslJson: Format = {
  id: 'csl-json',
  name: 'CSL-JSON',
  fits: looksLikeItems,
  parse: parseItems,
};

function looksLikeItems(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  if (hasName(outline, recordPaths, markNames)) return true;
  // No other format spells DOI in capitals.
  const isTyped = recordPaths.some((path) => cslTypePattern.test(outline.names.get(`${path}type`) ?? ''));
  return isTyped && hasName(outline, recordPaths, ['id', 'DOI', 'issued', 'citation-key']);
}

/** Only the types of papers: `book` and `webpage` occur in other formats too. */
const cslTypePattern =
  /^(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|chapter|thesis|report|manuscript)$/;

function parseItems(text: string): ParsedDigest {
  const file = readJsonFile(text, listNames);
  const message = new Fields(file.root).get('message');
  const isSingleItem = file.holder === null && isObject(message);
  return readJsonRecords(isSingleItem ? recordsOf([message]) : file, readItem);
}

/** The item's own `id` is ignored: it is its owner's citation key and identifies no paper. */
function readItem(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected an item, got ${kindOf(value)}.`] };
  }
  const item = new Fields(value);
  const isOwn = item.get('source') === exportSource;
  const toText = isOwn ? (text: string) => text : markupToText;
  const marks = isOwn ? new Fields(item.get('custom')).get('digestatlas') : undefined;
  const annotation = isOwn
    ? readMarks(typeof marks === 'string' ? marks : '', item.text('note') ?? '')
    : undefined;
  const abstract = toText(item.text('abstract') ?? '');
  const paper: ParsedPaper = {
    title: toText(oneText(item, 'title') ?? ''),
    abstract: isOwn ? abstract : abstract.replace(/^\s*Abstract\s*(?:[:.—–]|\n)\s*/, ''),
    authors: authorsOf(item),
    // The note is the reader's, and may name other papers.
    ids: idsOfItem(item, isOwn ? '' : noteOf(item)),
    ...present({
      url: item.link('URL'),
      date: dateOf(item),
      venue: toText(oneText(item, 'container-title') ?? ''),
      categories: readCategories(item, annotation),
      annotation,
      signals: signalsOf({ citations: item.count('is-referenced-by-count') }),
    }),
    position,
  };
  return titledPaper(paper, item.problems);
}

/** A string, or the first of the list of strings that registries return. */
function oneText(item: Fields, name: string): string | undefined {
  const value = item.get(name);
  if (!Array.isArray(value)) return item.text(name);
  const [first] = value as unknown[];
  if (typeof first === 'string') return first;
  if (value.length > 0) item.drop(name, `expected text, got a list that holds ${kindOf(first)}`);
  return undefined;
}

function readCategories(item: Fields, annotation: AnnotationContent | undefined): string[] {
  const keyword = item.get('keyword');
  const keywords =
    typeof keyword === 'string' ? keyword.split(keyword.includes(';') ? ';' : ',') : item.list('keyword');
  const subjects = item.list('subject');
  const texts = [...keywords, ...subjects]
    .filter((each) => typeof each === 'string')
    .map((each) => each.trim());
  return distinct(withoutAnnotation(texts, annotation));
}
