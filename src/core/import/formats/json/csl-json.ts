import type { ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { markupToText } from '../../text/html';
import { authorsOf, dateOf } from './csl-json-fields';
import { idsOfItem } from './csl-json-ids';
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

/** A string, or the first of the list of strings that registries return. */
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
