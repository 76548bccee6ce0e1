import { splitNames } from '../../text/names';
import { isName, isNameList } from '../name-list';
import { inlineText } from './markdown-list-inline';
import { withoutButtons } from '../mail/newsletter-words';

/** The details of a paper in a list, beside its title. */
export interface EntryDetails {
  authors: string[];
  abstract: string;
  date?: string;
  venue?: string;
}

const leadPattern = /^[\s\-–—:|·•,.;]+/;
const abstractLabelPattern = /^(?:abstract|summary|tl;?dr)\s*[:.\-–—]\s*/i;
const authorsLabelPattern = /^(?:authors?|by)\s*:?\s+/i;
/** "(ICML 2026)", "[2026]". */
const sourcePattern = /^[([]([^()[\]]{0,80}?)[\s,]*\b((?:19|20)\d{2})\b[^()[\]\d]{0,20}[)\]]/;
/** Longest list of names in characters. */
const maxNamesLength = 3_000;

/** Reads `— authors. text`, a line of authors before the text, and text alone. */
export function readDetails(sources: readonly string[]): EntryDetails {
  const details: EntryDetails = { authors: [], abstract: '' };
  const texts: string[] = [];
  for (const source of sources) {
    let text = inlineText(source).replace(leadPattern, '');
    if (texts.length === 0) {
      const found = sourcePattern.exec(text);
      if (found !== null) {
        if (found[2] !== undefined) details.date = found[2];
        const venue = found[1]?.trim() ?? '';
        if (venue !== '') details.venue = venue;
        text = text.slice(found[0].length).replace(leadPattern, '');
      }
      if (details.authors.length === 0) {
        const { names, end } = readNames(text);
        details.authors = splitNames(names, names.includes(';') ? 'semicolon' : 'comma');
        text = text.slice(end);
      }
    }
    text = withoutButtons(text).replace(leadPattern, '').replace(abstractLabelPattern, '');
    if (text !== '') texts.push(text);
  }
  details.abstract = texts.join('\n');
  return details;
}

/** The names at the beginning of a text, up to the end of a "sentence" that is not an initial. */
function readNames(text: string): { names: string; end: number } {
  const beginning = text.slice(0, maxNamesLength);
  const label = authorsLabelPattern.exec(beginning)?.[0].length ?? 0;
  const isWhole = text.length <= maxNamesLength;
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
