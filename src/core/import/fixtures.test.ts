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

/** What a fixture's file says, written by hand. `why` may be the beginning of one, of MIN_BEGINNING or more. */
interface Expected {
  name?: string;
  date?: string;
  papers: ParsedPaper[];
  problems: Problem[];
}

interface Fixture {
  /** Of a format, or of a container whose text is read as a whole file. */
  id: string;
  file: string;
  bytes: Uint8Array;
  text: string;
  expected: Expected;
}

/**
 * In these nothing says where a title ends but what comes after it: of the paper in which the file is cut, the title may
 * end in half a tag, mark or row. Half a link may also keep it from being known as one that was there before.
 */
const openEnded = ['markdown-list', 'nbib', 'newsletter', 'ris', 'scholar-alert', 'table', 'trending-page'];
/** A shorter beginning of a message fits many. */
const minBeginning = 12;
/** Longer ones are cut in fewer places elsewhere. */
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

/** Of texts, each with its format. */
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
  // `isSkipped` counts where the fixture speaks of it.
  expect(begun).toMatchObject(expected);
}

/** What the library would take, so that white space does not count. */
function taken({ papers, problems }: ParsedDigest): unknown {
  return { papers: papers.map(identify), wheres: problems.map(({ where }) => where) };
}

/** With its white space folded, as a library has it. */
function titleOf({ title }: ParsedPaper): string {
  return cleanText(title);
}

describe('the fixtures', () => {
  it.each(formats.map(({ id }) => id))('show %s as it is, at its nastiest and broken', (id) => {
    const kinds = fixtures.filter((fixture) => fixture.id === id).map(({ file }) => file.split(/[/.]/)[1]);
    expect(kinds).toEqual(expect.arrayContaining(['normal', 'nasty', 'broken']));
  });

  it.each(texts)('are read as their files say: $file', ({ id, text, format, expected }) => {
    expect(detect(text)).toMatchObject({ kind: 'format', format: { id } });
    const { papers, problems, name, date } = format.parse(text);
    expect(papers).toEqual(expected.papers);
    expectProblems(problems, expected.problems);
    expect({ name, date }).toEqual({ name: expected.name, date: expected.date });
  });

  it.each(containers)('are read as their files say: $file', async ({ file, bytes, expected }) => {
    const { papers, problems, digestName, date } = await readFile({ name: file, bytes }, decode);
    expect(papers).toEqual(expected.papers.map((paper) => expect.objectContaining(paper) as unknown));
    expectProblems(problems, expected.problems);
    expect({ name: digestName, date }).toEqual({ name: expected.name, date: expected.date });
  });
});

describe('every format', () => {
  it.each(texts)('A5: reads the lines of $file whatever they end in', ({ text, format }) => {
    const lines = text.replace(/\r\n?/g, '\n');
    const expected = taken(format.parse(lines));
    for (const end of ['\r\n', '\r'])
      expect(taken(format.parse(lines.replaceAll('\n', end)))).toEqual(expected);
    let count = 0;
    const mixed = lines.replaceAll('\n', () => ['\n', '\r\n'][count++ % 2] ?? '\n');
    expect(taken(format.parse(mixed))).toEqual(expected);
  });

  it.each(texts)('A6, A20: makes nothing up of $file cut anywhere', ({ text, format }) => {
    const whole = format.parse(text).papers.map(titleOf);
    const step = Math.ceil(text.length / maxLengthCutEverywhere);
    const madeUp: string[] = [];
    const isOpenEnded = openEnded.includes(format.id);
    for (let end = 0; end < text.length; end += step) {
      const { papers } = format.parse(text.slice(0, end));
      const isInOrder = papers.every(({ position }, index) => position === index);
      const isEnough = papers.length <= whole.length + (isOpenEnded ? 1 : 0);
      const known = isOpenEnded ? papers.slice(0, -1) : papers;
      const unknown = known.map(titleOf).filter((title) => !whole.some((own) => own.startsWith(title)));
      if (isInOrder && isEnough && unknown.length === 0) continue;
      madeUp.push(`at ${end}: ${papers.length} papers of ${whole.length}, ${unknown.join(' | ')}`);
    }
    expect(madeUp).toEqual([]);
  });

  it.each(texts.filter(({ text }) => text.length < maxLengthCutEverywhere))(
    'A20: ends on the lines of $file in any other format',
    ({ text }) => {
      for (const format of formats) expect(readsAs(format, text)).toBe(true);
    },
  );
});

function isTold({ where, why }: Problem): boolean {
  return where !== '' && why !== '';
}

function readsAs(format: Format, text: string): boolean {
  const { papers, problems } = format.parse(text);
  return papers.every(({ position }, index) => position === index) && problems.every(isTold);
}
