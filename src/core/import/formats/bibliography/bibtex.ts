import type { Format, ParsedDigest } from '../../import';
import { Cursor } from '../../text/cursor';
import { readBibtexRecord } from './bibtex-record';
import { readBibtexEntries } from './bibtex-tokens';
import { readRecords } from '../records';

/** BibTeX and BibLaTeX. Our own parser, as every library tried destroys math, and most lose the file to one missing brace. */
export const bibtex: Format = {
  id: 'bibtex',
  name: 'BibTeX',
  fits: looksLikeBibtex,
  parse: parseBibtex,
};

/** An entry with a key and a field, a macro, or JabRef's comment, at the start of a line. */
const beginningPattern =
  /^[ \t]{0,40}@(?:[a-z]{1,30}\s{0,9}[{(]\s{0,40}[^\s,{}()="]{0,200}\s{0,9},\s{0,99}[a-z][\w-]{0,40}\s{0,40}=\s{0,9}["{\w]|string\s{0,9}[{(]\s{0,9}[\w:.-]{1,80}\s{0,9}=|comment\s{0,9}\{\s{0,9}jabref|preamble\s{0,9}\{\s{0,9}")/im;

function looksLikeBibtex(beginning: string): boolean {
  const begin = beginning.search(beginningPattern);
  // Other documents quote an entry: a page, a message, a README.
  return begin !== -1 && !/^\s{0,99}[<{[]/.test(beginning) && !beginning.slice(0, begin).includes('```');
}

function parseBibtex(text: string): ParsedDigest {
  return readRecords(readBibtexEntries(new Cursor(text)), (entry, position) => {
    const key = entry.key.slice(0, 80);
    const { paper, problems } = readBibtexRecord(entry, position);
    // The faults of an entry explain why it has no paper.
    const isExplained = paper === null && entry.faults.length > 0;
    return {
      where: `line ${entry.line}${key === '' ? '' : ` (key ${key})`}`,
      paper,
      problems: isExplained ? entry.faults : [...entry.faults, ...problems],
    };
  });
}
