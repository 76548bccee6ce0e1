import type { Element } from 'domhandler';
import { children } from '../../text/xml';
import { markupText } from './feed-fields';

/** The running text about a paper in a feed. */
export interface FeedText {
  abstract: string;
  /** The feed shortened it. */
  isExcerpt: boolean;
  /** Lines such as "Author(s): A. B. Cee", which some journals put in the field for the abstract. */
  notes: string[];
}

const textFields = [
  'dcterms:abstract',
  'prism:teaser',
  'description',
  'summary',
  'dc:description',
  'content:encoded',
  'content',
];
/** A longer text is a whole article, and its summary is preferred. */
const maxAbstractLength = 5_000;
const cutEndPattern = /(?:\[?(?:…|\.\.\.)\]?|(?:Read|Continue reading)(?: more)?)$/i;
const notePattern =
  /^(?:(?:.{0,100}, )?Published online\b|Publication date:|Source:|Authors?(?:\(s\))?:|doi:|PMID:|.{0,100}, Volume \d+, )/i;
const headingPattern = /^(?:abstract|summary)\s?[:.]?$/i;

/**
 * The abstract of an entry: the longest text that is neither shortened nor a whole article, else the longest that is not
 * shortened, else the longest. Journals add dates, sources and authors there, each on a line of its own.
 */
export function readFeedText(entry: Element): FeedText {
  const found = textFields
    .flatMap((place) => children(entry, place))
    .map((field) => splitNotes(markupText(field)));
  const whole = found.filter(({ isExcerpt }) => !isExcerpt);
  const short = whole.filter(({ abstract }) => abstract.length <= maxAbstractLength);
  const { abstract, isExcerpt } = longest(short) ?? longest(whole) ?? longest(found) ?? noText;
  return { abstract, isExcerpt, notes: [...new Set(found.flatMap(({ notes }) => notes))] };
}

const noText: FeedText = { abstract: '', isExcerpt: false, notes: [] };

/** The longest text that is not empty. */
function longest(texts: readonly FeedText[]): FeedText | undefined {
  let best = noText;
  for (const text of texts) if (text.abstract.length > best.abstract.length) best = text;
  return best === noText ? undefined : best;
}

function splitNotes(text: string): FeedText {
  const lines = text.split('\n').map((line) => line.trim());
  const notes = lines.filter((line) => notePattern.test(line));
  // Text before a heading is the journal's.
  const body = lines.slice(lines.findIndex((line) => headingPattern.test(line)) + 1);
  const own = body.filter((line) => line !== '' && !notePattern.test(line));
  const abstract = own.join('\n').replace(/^abstract(?::|\s?[—–-])\s*/i, '');
  return { abstract, isExcerpt: cutEndPattern.test(abstract.slice(-30)), notes };
}
