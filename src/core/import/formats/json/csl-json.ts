import type { ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { markupToText } from '../../text/html';
import { authorsOf, dateOf } from './csl-json-fields';
import { idsOfItem } from './csl-json-ids';
import { distinct, Fields, isObject, kindOf, present, signalsOf } from './json-fields';
import { readJsonFile, recordsOf, takeRecords, titledPaper, type RecordReading } from './json-records';

const LISTS = ['items', 'message'];
const PATHS = ['', 'items/', 'message/', 'message/items/'];
const MARKS = ['issued/date-parts', 'container-title', 'author/family', 'author/literal', 'citation-key'];

/** Items as reference managers exchange them, and as the registries of DOIs answer. */
export const cslJson: Format = {
  id: 'csl-json',
  name: 'CSL-JSON',
  fits: looksLikeItems,
  parse: parseItems,
};

function looksLikeItems(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  if (hasName(outline, PATHS, MARKS)) return true;
  // DOI in capitals is how no one else writes it.
  const isTyped = PATHS.some((path) => CSL_TYPE.test(outline.names.get(`${path}type`) ?? ''));
  return isTyped && hasName(outline, PATHS, ['id', 'DOI', 'issued', 'citation-key']);
}

/** Of the types only those that stand for papers: `book` and `webpage` are words of everyone's. */
const CSL_TYPE =
  /^(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|chapter|thesis|report|manuscript)$/;

function parseItems(text: string): ParsedDigest {
  const file = readJsonFile(text, LISTS);
  const message = new Fields(file.root).get('message');
  const isOneAnswer = file.holder === null && isObject(message);
  return takeRecords(isOneAnswer ? recordsOf([message]) : file, readItem);
}

/** The id of an item is the key by which its owner cites it, and names no paper. */
function readItem(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected an item, got ${kindOf(value)}.`] };
  }
  const item = new Fields(value);
  const paper: ParsedPaper = {
    title: markupToText(oneText(item, 'title') ?? ''),
    abstract: markupToText(item.text('abstract') ?? '').replace(/^\s*Abstract\s*(?:[:.—–]|\n)\s*/, ''),
    authors: authorsOf(item),
    ids: idsOfItem(item),
    ...present({
      url: item.link('URL'),
      date: dateOf(item),
      venue: markupToText(oneText(item, 'container-title') ?? ''),
      categories: readCategories(item),
      signals: signalsOf({ citations: item.count('is-referenced-by-count') }),
    }),
    position,
  };
  return titledPaper(paper, item.problems);
}

/** A text, or the first of the list of texts that registries give. */
function oneText(item: Fields, name: string): string | undefined {
  const value = item.get(name);
  if (!Array.isArray(value)) return item.text(name);
  const [first] = value as unknown[];
  if (typeof first === 'string') return first;
  if (value.length > 0) item.drop(name, `expected text, got a list that holds ${kindOf(first)}`);
  return undefined;
}

function readCategories(item: Fields): string[] {
  const keyword = item.get('keyword');
  const keywords = typeof keyword === 'string' ? keyword.split(/[,;]/) : item.list('keyword');
  const subjects = item.list('subject');
  return distinct([...keywords, ...subjects].map((each) => (typeof each === 'string' ? each : undefined)));
}
