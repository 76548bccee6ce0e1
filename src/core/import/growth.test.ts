import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from './decode';
import { formats } from './detect';
import { readFile } from './read-file';

/*
 * No format may take quadratic time, whatever the file: each is given runs of what its patterns stumble over, alone and
 * inside a file of its own, 200,000 and 400,000 characters long. Whoever adds a format adds nothing here: its fixtures
 * are found by its id.
 *
 * Times are those of the processor, not of the clock. Below `freeMs` they are not compared; above it the best of several
 * counts. `npm run test:long` tries other cases, and ten times as many.
 */
const sizes = { small: 20_000, half: 200_000, whole: 400_000 };
const maxGrowth = 3;
/** Reading this fast is no threat whatever its growth: quadratic time would be 2 s for a megabyte, and below its limit. */
const freeMs = 300;
/** Linear readers take some 10 ms for 20,000 characters. Without this check a quadratic one would hang the test. */
const maxSmallMs = 1_000;
const maxTries = 6;
const casesOfFormat = 6;

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const root = join(import.meta.dirname, 'fixtures');

const signs = [
  ...' \t\n|,;:"\'{}\\<>&[]()~*=-#@$^_`/.!?%+0aAé',
  ...['\r\n', '\u0301', '\u00a0', '\u202e', '😀', '中'],
  ...[
    '<a',
    '<a ',
    '<p>',
    '<p ',
    '<a href="',
    '</',
    '<!--',
    '<![CDATA[',
    '<!DOCTYPE [',
    '<?',
    '&#',
    '&amp',
    '&amp;',
  ],
  ...['<table>', '<script>', '<style>', '<textarea>', '<title>', '<entry>', '<item>', '<record>', '<dl><dt>'],
  ...['{"', '["', '{"a":', '{"title":"a"},', '\\"', '\\u', 'null,', '1e'],
  ...[
    '@a{',
    '@a{b,\n',
    '@string{a=',
    '@comment{',
    'a={',
    'a="',
    '\\a{',
    '\\url{',
    '\\"{',
    '\\(',
    '$a',
    '{\\',
    ' # ',
  ],
  ...[
    'TY  - JOUR\n',
    'TI  - ',
    'ER  - \n',
    'PMID- 1\n',
    '\\\\\n',
    '\\\\\narXiv:2611.00010\n',
    'Title: ',
    'Title:\n',
  ],
  ...[
    '](',
    '[a](',
    '![',
    '](https://arxiv.org/abs/',
    '* ',
    '- ',
    '1. ',
    '# ',
    '| ',
    '|-',
    '---\n',
    '```\n',
    '> ',
    '**',
  ],
  ...[
    'https://',
    'http://a ',
    'https://arxiv.org/abs/',
    '10.1000/',
    'doi:',
    'arXiv:',
    'mailto:',
    '?url=',
    '%2F',
  ],
  ...[
    ' and ',
    'and ',
    'van ',
    'A. ',
    'a, b; ',
    '(1)',
    '(1',
    '2026 ',
    '2026-',
    'Zoë Márquez, ',
    'a\n',
    'Title here\n',
  ],
  ...[
    'From a@b\n',
    'From: ',
    '--B\n',
    'Content-Type: ',
    '=3D',
    '=?utf-8?q?',
    '=\n',
    'a=b;',
    'boundary=B;',
    '>From ',
  ],
  ...['title,', 'title\t', '",', ',"', '""', "['", "', '"],
];

/** How a run of signs is put into a file: alone, after its beginning, within it, or a piece of the file as the run. */
const places = ['alone', 'after', 'within', 'repeated'] as const;

interface Nasty {
  place: (typeof places)[number];
  /** The signs of which the run consists. */
  run: string;
  /** Where in the file, from 0 to 1, and how long a piece of it is repeated. */
  at: number;
  length: number;
  /** Read as a dropped file, which has its format detected and its texts cleaned; else by the format's own parser. */
  isFile: boolean;
}

const nasty: fc.Arbitrary<Nasty> = fc.record({
  place: fc.constantFrom(...places),
  run: fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 60 }),
  isFile: fc.boolean(),
});

function nastyText(file: string, { place, run, at, length }: Nasty, size: number): string {
  const index = Math.floor(at * file.length);
  const unit = place === 'repeated' ? file.slice(index, index + length) || run : run;
  const filling = unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
  if (place === 'alone') return filling;
  return file.slice(0, index) + filling + (place === 'after' ? '' : file.slice(index));
}

function normalFile(id: string): string {
  const name = readdirSync(join(root, id)).find(
    (file) => file.startsWith('normal.') && !file.endsWith('.expected.json'),
  );
  return readFileSync(join(root, id, name ?? ''), 'utf8');
}

async function processorMs(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** What is wrong with the growth of the time that `read` takes; null when nothing is. */
async function faultOf(
  read: (text: string) => unknown,
  textOf: (size: number) => string,
): Promise<string | null> {
  const time = (size: number) => {
    const text = textOf(size);
    return processorMs(() => read(text));
  };
  const small = await time(sizes.small);
  if (small > maxSmallMs && (await time(sizes.small)) > maxSmallMs)
    return `${small} ms for ${sizes.small} characters`;
  let whole = await time(sizes.whole);
  let half = Infinity;
  for (let tries = 0; tries < maxTries && whole > freeMs; tries++) {
    half = Math.min(half, await time(sizes.half));
    if (whole <= maxGrowth * half) return null;
    whole = Math.min(whole, await time(sizes.whole));
  }
  if (whole <= freeMs || whole <= maxGrowth * half) return null;
  return `${half} ms for ${sizes.half} characters, and ${whole} ms for twice as many`;
}

/** What took quadratic time once: the format, and what is before and after a run of signs in its file. */
const found: readonly [id: string, before: string, run: string, after: string][] = [
  ['table', 'title,url\nQ,"https://a.example/1', ' ', 'x"\n'],
  ['markdown-list', '# List\n\n|', '|', '\n|[a](https://arxiv.org/abs/2611.00010)|\n'],
  ['markdown-list', '# List\n\n- [a](https://arxiv.org/abs/2611.00010)\n- ', ' ', '\u2028x\n'],
  ['markdown-list', '# ', ' ', '\u2028x\n'],
  ['bibtex', '@a{k, title = {T}, date = {', '?', 'x}}'],
  ['nbib', 'PMID- 1\nTI  - T\nFAU - Smith,', ' ', 'x\n'],
  [
    'feed',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><summary>&lt;pre&gt;Author:',
    ' ',
    'x\u2028y&lt;/pre&gt;</summary></entry></feed>',
  ],
];
const lists: readonly [id: string, before: string, run: string][] = [
  ['ris', 'TY  - JOUR\nTI  - T\n', 'N1  - \n'],
  ['ris', 'TY  - JOUR\nTI  - T\n', 'JO  - \n'],
  ['nbib', 'PMID- 1\nTI  - T\n', 'LID - \n'],
  ['nbib', 'PMID- 1\nTI  - T\n', 'LID - a [doi]\n'],
];

describe('what took quadratic time once', () => {
  it.each(found)('in %s takes linear time: %j and many of %j', async (id, before, run, after) => {
    const format = formats.find((each) => each.id === id);
    if (format === undefined) throw new Error(`There is no format ${id}.`);
    const fault = await faultOf(
      (text) => format.parse(text),
      (size) => before + run.repeat(size) + after,
    );
    expect(fault).toBeNull();
  });

  it.each(lists)('in %s does not overflow the stack: %j and 150,000 of %j', (id, before, run) => {
    const { papers } = formats.find((each) => each.id === id)?.parse(before + run.repeat(150_000)) ?? {};
    expect(papers).toMatchObject([{ title: 'T' }]);
  });
});

describe('twice the text takes at most three times as long', () => {
  const containers = ['mail', 'mbox'];
  it.each([...formats.map(({ id }) => id), ...containers])('to read as %s', async (id) => {
    const format = formats.find((each) => each.id === id);
    const file = normalFile(id);
    const readAsFile = (text: string) =>
      readFile({ name: 'a', bytes: new TextEncoder().encode(text) }, decode);
    await fc.assert(
      fc.asyncProperty(nasty, async (each) => {
        const read = each.isFile || format === undefined ? readAsFile : (text: string) => format.parse(text);
        const fault = await faultOf(read, (size) => nastyText(file, each, size));
        if (fault !== null) throw new Error(fault);
      }),
      // A smaller example is not wanted: it would take minutes, and these are small.
      { numRuns: casesOfFormat, endOnFailure: true },
    );
  });
});
