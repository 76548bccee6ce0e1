import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../random';
import { arxivMail } from './arxiv-mail';
import { readListing } from './arxiv-mail-records';
import { linesOf } from '../../text/lines';
import { arxivAuthors } from './arxiv-names';

const dashedRule = '-'.repeat(78);

function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../fixtures/arxiv-mail', `${name}.txt`), 'utf8');
}

function expected(name: string): unknown {
  const file = join(import.meta.dirname, '../../fixtures/arxiv-mail', `${name}.expected.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Where each record of a listing is complete: at its closing line, or where the next one has begun. */
function recordEnds(text: string): number[] {
  const starts = [...text.matchAll(/^(?:> )?\\\\\s*\n(?:> )?(?:arXiv|Paper)[ :].*$/gm)];
  return starts.map(({ index: start }, index) => {
    const next = starts[index + 1];
    const closing = /^(?:> )?\\\\ \(.*$/m.exec(text.slice(start, next?.index));
    if (closing !== null) return start + closing.index + closing[0].length;
    return next === undefined ? text.length : next.index + next[0].length;
  });
}

interface MadeUp {
  id: string;
  abstract: string;
  title: string;
  authors: string[];
}

const words =
  'quokka wombat numbat bilby $x<y$ map Results: of the arXiv:2611.00001 with 3\\% gain --- by -- a'.split(
    ' ',
  );

function wrap(text: string, first: string, next: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const indent = lines.length === 1 ? first : next;
    if (indent.length + line.length + word.length < 78)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, index) => (index === 0 ? first : next) + line).join('\n');
}

function phrase(random: Random, length: number): string {
  return Array.from({ length }, () => words[random.uint32() % words.length] ?? '').join(' ');
}

/** A listing as arXiv sends it: `count` items, the last `replaced` of them without abstracts. */
function madeUpListing(seed: number, count: number, replaced: number): { text: string; items: MadeUp[] } {
  const random = createRandom(seed);
  const records: string[] = [];
  const items = Array.from({ length: count }, (_, index) => {
    const isReplacement = index >= count - replaced;
    const item = {
      id: `${isReplacement ? '2506' : '2611'}.${String(10 * index).padStart(5, '0')}`,
      title: `The ${index} ${phrase(random, 3 + (random.uint32() % 18))} end`,
      abstract: isReplacement ? '' : `We ${phrase(random, 20 + (random.uint32() % 120))} ${index}.`,
      authors: Array.from(
        { length: 1 + (random.uint32() % 12) },
        (_, author) => `A. B. Author${index}x${author}`,
      ),
    };
    if (index === count - replaced) records.push('%%--'.repeat(19) + '%%');
    const written = item.authors.map((name) =>
      random.unit() < 0.3 ? `${name} (Univ. (X, Y), 1 and 2)` : name,
    );
    const list =
      random.unit() < 0.5
        ? written.join(', ')
        : written.join(', ').replace(/, (?=A\. B\. Author\S+(?: \(Univ\. \(X, Y\), 1 and 2\))?$)/, ' and ');
    records.push(
      [
        dashedRule,
        '\\\\',
        `arXiv:${item.id}`,
        `${isReplacement ? 'replaced with revised version' : 'Date:'} Fri, 20 Nov 2026 10:00:13 GMT   (900kb,D)`,
        '',
        wrap(item.title, 'Title: ', '  '),
        wrap(list, 'Authors: ', '  '),
        'Categories: cs.LG',
        'Comments: Title: 9 pages',
        '\\\\',
        ...(isReplacement ? [] : [wrap(item.abstract, '  ', ''), `\\\\`]),
      ].join('\n') + ` ( https://arxiv.org/abs/${item.id} ,  900kb)`,
    );
    return item;
  });
  return { text: `Subject: cs.LG daily Subj-class mailing\n\n${records.join('\n')}\n`, items };
}

describe('an arXiv listing mail', () => {
  it.each(['normal', 'nasty', 'broken'])('reads the contents of the %s file', (name) => {
    expect(arxivMail.fits(fixture(name))).toBe(true);
    expect(arxivMail.parse(fixture(name))).toEqual(expected(name));
  });

  it.each(['\n', '\r\n', '\r'])('does not depend on the line end %j', (end) => {
    const text = fixture('normal').replaceAll('\n', end);
    expect(arxivMail.fits(text)).toBe(true);
    expect(arxivMail.parse(text)).toEqual(expected('normal'));
  });

  it('loses no paper, id, title, name or abstract of 97 with 40 replacements', () => {
    for (const seed of [1, 2, 3]) {
      const { text, items } = madeUpListing(seed, 97, 40);
      const { papers, problems } = arxivMail.parse(text);
      expect(problems).toEqual([]);
      expect(papers.map(({ ids }) => ids.arxiv)).toEqual(items.map(({ id }) => id));
      expect(papers.map(({ title }) => title)).toEqual(items.map(({ title }) => title));
      expect(papers.map(({ authors }) => authors)).toEqual(items.map(({ authors }) => authors));
      expect(papers.map(({ abstract }) => abstract)).toEqual(items.map(({ abstract }) => abstract));
      expect(papers.filter(({ announced }) => announced === 'replace')).toHaveLength(40);
    }
  });

  it('reads the same papers when the rules are missing or each line is quoted', () => {
    const { text } = madeUpListing(4, 20, 8);
    const { papers } = arxivMail.parse(text);
    const withoutRules = text.replace(/^(?:-{78}|%.*)\n/gm, '');
    expect(arxivMail.parse(withoutRules).papers).toEqual(papers);
    for (const quote of ['> ', '>', '> > ', '>> ']) {
      const quoted = `Look at this:\n${text.replace(/^/gm, quote)}`;
      expect(arxivMail.fits(quoted)).toBe(true);
      expect(arxivMail.parse(quoted).papers).toEqual(papers);
    }
  });

  it('keeps all papers that were complete before a cut at any character', () => {
    for (const name of ['normal', 'nasty', 'broken']) {
      const text = fixture(name);
      const ends = recordEnds(text);
      const whole = arxivMail.parse(text);
      const skipped = new Set(
        whole.problems.filter((problem) => problem.isSkipped).map(({ where }) => where),
      );
      expect(ends).toHaveLength(whole.papers.length + skipped.size);
      const lineOf = (index: number) => text.slice(0, index).split('\n').length;
      const isTaken = ends.map(
        (end) =>
          ![...skipped].some((where) => {
            const line = Number(/line (\d+)/.exec(where)?.[1]);
            return lineOf(end) >= line && lineOf(end) < line + 8;
          }),
      );
      for (let cut = 0; cut < text.length; cut++) {
        const complete = ends.filter((end, index) => end <= cut && isTaken[index]).length;
        const { papers } = arxivMail.parse(text.slice(0, cut));
        expect(JSON.stringify(papers.slice(0, complete))).toBe(
          JSON.stringify(whole.papers.slice(0, complete)),
        );
      }
    }
  });

  it('takes no title that may be incomplete', () => {
    const { papers, problems } = arxivMail.parse('\\\\\narXiv:2611.00001\n\nTitle: A title that is n');
    expect(papers).toEqual([]);
    expect(problems).toEqual([
      { where: 'line 2 (arXiv:2611.00001)', why: 'Cut off before its title ends.', isSkipped: true },
    ]);
  });

  it('ends a section where another mail begins', () => {
    const record = (id: string) =>
      `${dashedRule}\n\\\\\narXiv:${id}\nDate: Fri, 20 Nov 2026 10:00:13 GMT\n\nTitle: T\n\\\\\n  A.\n\\\\ ( )\n`;
    const text = `${record('2611.00001')}${'%-'.repeat(39)}\n${record('2611.00002')}\nSubject: cs daily\n\n${record('2611.00003')}`;
    expect(arxivMail.parse(text).papers.map(({ announced }) => announced)).toEqual(['new', 'cross', 'new']);
  });

  it('separates a second mail in the same file', () => {
    const { text } = madeUpListing(5, 4, 2);
    const { papers } = arxivMail.parse(`${text}\n${text.replaceAll('arXiv:26', 'arXiv:25')}`);
    expect(papers.map(({ announced }) => announced)).toEqual([
      'new',
      'new',
      'replace',
      'replace',
      'new',
      'new',
      'replace',
      'replace',
    ]);
  });

  it.each([
    ['Mon, 23 Nov 26 01:29:12 GMT', '2026-11-23'],
    ['Mon, 20 Jul 92 16:50 CST', '1992-07-20'],
    ['Sat, 29 Feb 2020 23:59:59 -1100', '2020-02-29'],
    ['Sat, 29 Feb 2026 00:00:00 GMT', undefined],
  ])('reads %s as %s', (written, date) => {
    const text = `Date: ${written}\n\\\\\narXiv:2611.00001\nDate: ${written}   (12kb,D)\n\nTitle: T\n\\\\\n  A.\n\\\\ ( )`;
    const digest = arxivMail.parse(text);
    expect(digest.date).toBe(date);
    expect(digest.papers[0]?.date).toBe(date);
  });

  it('does not throw for any text', () => {
    const piece = fc.constantFrom(
      '\\\\\n',
      'arXiv:2611.00001\n',
      'Title: ',
      'Authors: ',
      '(',
      '{\\"',
      dashedRule,
      '\n',
      '> ',
      '%%--%%--',
      '\\\\ (',
      ' ',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        const { papers } = arxivMail.parse(pieces.join(''));
        expect(papers.map(({ position }) => position)).toEqual(papers.map((_, index) => index));
      }),
    );
  });

  it('keeps each line once, whatever is repeated', () => {
    for (const piece of [
      '\\\\\n',
      'arXiv:',
      'arXiv:2611.00001\n',
      '\\\\\narXiv:2611.00001\n',
      '> ',
      dashedRule,
      '%%--',
      'Title:\n',
      ' ',
      '\n',
    ]) {
      for (const before of [
        '',
        '\\\\\narXiv:2611.00001\nAuthors: ',
        '\\\\\narXiv:2611.00001\nTitle: T\n\\\\\n',
      ]) {
        const text = `${before}${piece.repeat(50_000)}`;
        const { preamble, records } = readListing(text);
        const parsed = records.flatMap(({ fields, abstract }) => [
          ...abstract,
          ...[...fields.values()].flat(),
        ]);
        expect(preamble.length + parsed.length + records.length).toBeLessThanOrEqual(linesOf(text).length);
      }
    }
  });

  it('does not hang on repeated names', () => {
    for (const piece of ['(', '{', ' and ', 'for the ', ' et al', ',', ':', '\\"', '$']) {
      const { papers } = arxivMail.parse(
        `\\\\\narXiv:2611.00001\nAuthors: ${piece.repeat(100_000)}\nTitle: T\n\\\\\n`,
      );
      expect(papers).toHaveLength(1);
    }
  }, 30_000);

  it('does not fit other texts', () => {
    for (const text of [
      '',
      'arXiv:2611.00001',
      '\\\\ is a line break in TeX\narXiv:2611.00001',
      '@article{a, note = {\n\\\\\n}}',
    ]) {
      expect(arxivMail.fits(text)).toBe(false);
    }
  });
});

describe('authors as arXiv writes them', () => {
  it.each([
    ['A. B. Cee, Dee Eff', ['A. B. Cee', 'Dee Eff']],
    ['A. B. Cee and Dee Eff', ['A. B. Cee', 'Dee Eff']],
    ['A. B. Cee, Dee Eff, and Gee Aitch', ['A. B. Cee', 'Dee Eff', 'Gee Aitch']],
    ['ABCD Collaboration: A. B. Cee, Dee Eff', ['ABCD Collaboration', 'A. B. Cee', 'Dee Eff']],
    ['A. B. Cee, for the ABCD Collaboration', ['A. B. Cee', 'ABCD Collaboration']],
    ['A. B. Cee on behalf of the ABCD Collaboration', ['A. B. Cee', 'ABCD Collaboration']],
    ['A. B. Cee (1 and 2), Dee Eff (2) ((1) University, Town, (2) Lab (East))', ['A. B. Cee', 'Dee Eff']],
    ["Wei O'Brien, Jr, Dee Eff III", ["Wei O'Brien Jr", 'Dee Eff III']],
    ['A. B. Cee, Dee Eff, et al.', ['A. B. Cee', 'Dee Eff']],
    ['A. B. Cee et al', ['A. B. Cee']],
    ['(only an affiliation)', []],
    ['', []],
  ])('%s', (line, names) => {
    expect(arxivAuthors(line)).toEqual(names);
  });
});
