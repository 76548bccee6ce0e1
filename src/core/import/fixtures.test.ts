import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../paper/text/clean';
import { identify } from '../paper/identity';
import type { ParsedPaper, Problem } from '../paper/paper';
import { decodeText, type DecodeBytes } from './decode';
import { detect, formats } from './detect';
import type { Format, ParsedDigest } from './import';
import { readFile } from './read-file';

/** The expected reading of a fixture, written by hand. `why` may be only the beginning, of `minBeginning` or more. */
interface Expected {
  name?: string;
  date?: string;
  papers: ParsedPaper[];
  problems: Problem[];
}

interface Fixture {
  /** The id of a format, or of a container, which is read as a whole file. */
  id: string;
  file: string;
  bytes: Uint8Array;
  text: string;
  expected: Expected;
}

/**
 * In these formats the end of a title is marked, so a file that is cut off never yields half a title. In all others the
 * last title of a cut file may end in half a tag, mark or row, and half a link may keep it from being recognised as a
 * repeated one. A new format need not be listed here, but should be if its titles are delimited.
 */
const delimited = [
  ...['arxiv-atom', 'arxiv-mail', 'arxiv-rss', 'atlas-json', 'bibtex', 'csl-json', 'endnote-xml', 'feed'],
  ...['hugging-face', 'hugging-face-page', 'openalex', 'pubmed-xml', 'semantic-scholar'],
];
/** A shorter beginning of a message matches too many. */
const minBeginning = 12;
/** Longer files are cut only at every few characters. */
const maxLengthCutEverywhere = 6_000;
const expectedEnding = '.expected.json';
const root = join(import.meta.dirname, 'fixtures');

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const formatOf = (id: string) => formats.find((format) => format.id === id);

const fixtures = readdirSync(root).flatMap((id) =>
  readdirSync(join(root, id))
    .filter((file) => !file.endsWith(expectedEnding))
    .map((file) => readFixture(id, file)),
);

function readFixture(id: string, file: string): Fixture {
  const bytes = readFileSync(join(root, id, file));
  const expected = join(root, id, file.replace(/\.[^.]+$/, expectedEnding));
  return {
    id,
    file: `${id}/${file}`,
    bytes,
    text: decodeText(bytes, decode).text,
    expected: JSON.parse(readFileSync(expected, 'utf8')) as Expected,
  };
}

/** The fixtures of formats, each with its format; the others are of containers. */
const texts = fixtures.flatMap((fixture) => {
  const format = formatOf(fixture.id);
  return format === undefined ? [] : [{ ...fixture, format }];
});
const containers = fixtures.filter(({ id }) => formatOf(id) === undefined);

function expectProblems(found: readonly Problem[], expected: readonly Problem[]): void {
  const begun = found.map((problem, index) => {
    const { length = 0 } = expected[index]?.why ?? '';
    return { ...problem, why: length < minBeginning ? problem.why : problem.why.slice(0, length) };
  });
  // `isSkipped` is compared only when the fixture has it.
  expect(begun).toMatchObject(expected);
}

/** The reading as the library would store it, so that differences in white space do not count. */
function asStored({ papers, problems }: ParsedDigest): unknown {
  return { papers: papers.map(identify), wheres: problems.map(({ where }) => where) };
}

/** With white space folded, as in a library. */
function titleOf({ title }: ParsedPaper): string {
  return cleanText(title);
}

describe('the fixtures', () => {
  it.each(formats.map(({ id }) => id))('include a normal, a nasty and a broken file of %s', (id) => {
    const kinds = fixtures.filter((fixture) => fixture.id === id).map(({ file }) => file.split(/[/.]/)[1]);
    expect(kinds).toEqual(expect.arrayContaining(['normal', 'nasty', 'broken']));
  });

  it.each(texts)('are read as expected: $file', ({ id, text, format, expected }) => {
    expect(detect(text)).toMatchObject({ kind: 'format', format: { id } });
    const { papers, problems, name, date } = format.parse(text);
    expect(papers).toEqual(expected.papers);
    expectProblems(problems, expected.problems);
    expect({ name, date }).toEqual({ name: expected.name, date: expected.date });
  });

  it.each(containers)('are read as expected: $file', async ({ file, bytes, expected }) => {
    const { papers, problems, digestName, date } = await readFile({ name: file, bytes }, decode);
    expect(papers).toEqual(expected.papers.map((paper) => expect.objectContaining(paper) as unknown));
    expectProblems(problems, expected.problems);
    expect({ name: digestName, date }).toEqual({ name: expected.name, date: expected.date });
  });
});

describe('every format', () => {
  it.each(texts)('reads $file the same with any line ends', ({ text, format }) => {
    const lines = text.replace(/\r\n?/g, '\n');
    const expected = asStored(format.parse(lines));
    for (const end of ['\r\n', '\r'])
      expect(asStored(format.parse(lines.replaceAll('\n', end)))).toEqual(expected);
    let count = 0;
    const mixed = lines.replaceAll('\n', () => ['\n', '\r\n'][count++ % 2] ?? '\n');
    expect(asStored(format.parse(mixed))).toEqual(expected);
  });

  it.each(texts)('invents nothing when $file is cut anywhere', ({ text, format }) => {
    const whole = format.parse(text).papers.map(titleOf);
    const step = Math.ceil(text.length / maxLengthCutEverywhere);
    const invented: string[] = [];
    const isOpenEnded = !delimited.includes(format.id);
    for (let end = 0; end < text.length; end += step) {
      const { papers } = format.parse(text.slice(0, end));
      const isInOrder = papers.every(({ position }, index) => position === index);
      const isEnough = papers.length <= whole.length + (isOpenEnded ? 1 : 0);
      const known = isOpenEnded ? papers.slice(0, -1) : papers;
      const unknown = known.map(titleOf).filter((title) => !whole.some((own) => own.startsWith(title)));
      if (isInOrder && isEnough && unknown.length === 0) continue;
      invented.push(`at ${end}: ${papers.length} papers of ${whole.length}, ${unknown.join(' | ')}`);
    }
    expect(invented).toEqual([]);
  });

  it.each(texts.filter(({ text }) => text.length < maxLengthCutEverywhere))(
    'does not hang on $file, whichever its own format',
    ({ text }) => {
      for (const format of formats) expect(readsAs(format, text)).toBe(true);
    },
  );
});

function isComplete({ where, why }: Problem): boolean {
  return where !== '' && why !== '';
}

function readsAs(format: Format, text: string): boolean {
  const { papers, problems } = format.parse(text);
  return papers.every(({ position }, index) => position === index) && problems.every(isComplete);
}
