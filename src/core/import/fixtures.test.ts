import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identify } from '../paper/identity';
import type { ParsedPaper, Problem } from '../paper/paper';
import { decodeText, type DecodeBytes } from './decode';
import { detect, formats } from './detect';
import type { Format, ParsedDigest } from './import';
import { readFile } from './read-file';

/** What a fixture's file says, written by hand. `why` may be the beginning of one. */
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

/** Longer ones are cut in fewer places elsewhere. */
const CUT_EVERYWHERE = 6_000;
const EXPECTED = '.expected.json';
const root = join(import.meta.dirname, 'fixtures');

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const formatOf = (id: string) => formats.find((format) => format.id === id);

const fixtures = readdirSync(root).flatMap((id) =>
  readdirSync(join(root, id))
    .filter((file) => !file.endsWith(EXPECTED))
    .map((file) => readFixture(id, file)),
);

function readFixture(id: string, file: string): Fixture {
  const bytes = readFileSync(join(root, id, file));
  const expected = join(root, id, file.replace(/\.[^.]+$/, EXPECTED));
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
  const begun = found.map((problem, index) => ({
    ...problem,
    why: problem.why.slice(0, expected[index]?.why.length),
  }));
  // `isSkipped` counts where the fixture speaks of it.
  expect(begun).toMatchObject(expected);
}

/** What the library would take, so that white space does not count. */
function taken({ papers, problems }: ParsedDigest): unknown {
  return { papers: papers.map(identify), wheres: problems.map(({ where }) => where) };
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

  it.each(texts)('A6, A20: ends on $file cut anywhere', ({ text, format }) => {
    const step = Math.ceil(text.length / CUT_EVERYWHERE);
    for (let end = 0; end < text.length; end += step) {
      const cut = text.slice(0, end);
      expect(Array.isArray(format.parse(cut).papers)).toBe(true);
    }
  });

  it.each(texts.filter(({ text }) => text.length < CUT_EVERYWHERE))(
    'A20: ends on the lines of $file in any other format',
    ({ text }) => {
      for (const format of formats) expect(readsAs(format, text)).toBe(true);
    },
  );
});

function readsAs(format: Format, text: string): boolean {
  const { papers, problems } = format.parse(text);
  return papers.every(({ position }, index) => position === index) && Array.isArray(problems);
}
