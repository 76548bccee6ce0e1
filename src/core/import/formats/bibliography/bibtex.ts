import type { ParsedPaper, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { Cursor } from '../../text/cursor';
import { readBibtexRecord } from './bibtex-record';
import { readBibtexEntries } from './bibtex-tokens';
import { recordProblems } from '../record-problems';

/** BibTeX and BibLaTeX. Own, because every library tried destroys math, and most lose the file to one missing brace. */
export const bibtex: Format = {
  id: 'bibtex',
  name: 'BibTeX',
  fits: looksLikeBibtex,
  parse: parseBibtex,
};

/** An entry with a key and a field, a macro, or a bibliography program's own comment, at the start of a line. */
const BEGINS =
  /^[ \t]{0,40}@(?:[a-z]{1,30}\s{0,9}[{(]\s{0,40}[^\s,{}()="]{0,200}\s{0,9},\s{0,99}[a-z][\w-]{0,40}\s{0,40}=\s{0,9}["{\w]|string\s{0,9}[{(]\s{0,9}[\w:.-]{1,80}\s{0,9}=|comment\s{0,9}\{\s{0,9}jabref|preamble\s{0,9}\{\s{0,9}")/im;

function looksLikeBibtex(beginning: string): boolean {
  const begin = beginning.search(BEGINS);
  // Other documents quote an entry: a page, a message, a README in its last paragraph.
  return begin !== -1 && !/^\s{0,99}[<{[]/.test(beginning) && !beginning.slice(0, begin).includes('```');
}

function parseBibtex(text: string): ParsedDigest {
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  for (const entry of readBibtexEntries(new Cursor(text))) {
    const key = entry.key.slice(0, 80);
    const where = `line ${entry.line}${key === '' ? '' : ` (key ${key})`}`;
    const record = readBibtexRecord(entry, papers.length);
    if (record.paper !== null) papers.push(record.paper);
    // What was wrong with an entry explains why it holds no paper.
    const whys =
      record.paper === null && entry.faults.length > 0 ? entry.faults : [...entry.faults, ...record.problems];
    // Control entries hold no paper and are none to miss.
    if (record.paper !== null || whys.length > 0) {
      problems.push(...recordProblems(where, whys, record.paper !== null));
    }
  }
  return { papers, problems };
}
