import { splitNames } from '../../text/names';
import { isName, isNameList } from '../name-list';
import { inlineText } from './markdown-list-inline';
import { withoutButtons } from '../mail/newsletter-words';

/** What a list says of a paper beside its title. */
export interface Rest {
  authors: string[];
  abstract: string;
  date?: string;
  venue?: string;
}

const LEAD = /^[\s\-–—:|·•,.;]+/;
const LABEL = /^(?:abstract|summary|tl;?dr)\s*[:.\-–—]\s*/i;
const AUTHORS = /^(?:authors?|by)\s*:?\s+/i;
/** "(ICML 2026)", "[2026]". */
const SOURCE = /^[([]([^()[\]]{0,80}?)[\s,]*\b((?:19|20)\d{2})\b[^()[\]\d]{0,20}[)\]]/;
/** No list of names is longer. */
const MAX_NAMES = 3_000;

/** Reads `— authors. text`, a line of authors before the text, and text alone. */
export function readRest(sources: readonly string[]): Rest {
  const rest: Rest = { authors: [], abstract: '' };
  const texts: string[] = [];
  for (const source of sources) {
    let text = inlineText(source).replace(LEAD, '');
    if (texts.length === 0) {
      const found = SOURCE.exec(text);
      if (found !== null) {
        if (found[2] !== undefined) rest.date = found[2];
        const venue = found[1]?.trim() ?? '';
        if (venue !== '') rest.venue = venue;
        text = text.slice(found[0].length).replace(LEAD, '');
      }
      if (rest.authors.length === 0) {
        const { names, end } = readNames(text);
        rest.authors = splitNames(names, names.includes(';') ? 'semicolon' : 'comma');
        text = text.slice(end);
      }
    }
    text = withoutButtons(text).replace(LEAD, '').replace(LABEL, '');
    if (text !== '') texts.push(text);
  }
  rest.abstract = texts.join('\n');
  return rest;
}

/** The names with which a text begins, up to the end of a "sentence" that is no initial. */
function readNames(text: string): { names: string; end: number } {
  const beginning = text.slice(0, MAX_NAMES);
  const label = AUTHORS.exec(beginning)?.[0].length ?? 0;
  const isWhole = text.length <= MAX_NAMES;
  for (const match of `${beginning}${isWhole ? '. ' : ''}`.matchAll(/(?<=[\p{L}.)]{2})[.:]\s|\s[-–—]\s/gu)) {
    const names = beginning
      .slice(label, match.index)
      .replace(/,? et al$/, '')
      .trim();
    if (isNameList(names) || isName(names) || (label > 0 && names !== '' && names.length < 1_000)) {
      return { names, end: match.index + match[0].length };
    }
    if (names.length > 60 && !names.includes(',')) break;
  }
  return { names: '', end: 0 };
}
