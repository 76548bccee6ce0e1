import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendingPage } from './trending-page';

const shipped = readFileSync(
  join(import.meta.dirname, '../../../../../public/corpus/trending-papers.txt'),
  'utf8',
);

/** An independent reading: the plain lines, with the header hard-coded. */
function readShipped(): { title: string; abstract: string }[] {
  const lines = shipped.split('\n');
  expect(lines.slice(0, 2)).toEqual([
    'Get trending papers in your email inbox once a day!',
    'Get trending papers in your email inbox!',
  ]);
  const glued = 'Subscribe';
  expect(lines[2]?.startsWith(glued)).toBe(true);
  const content = [lines[2]?.slice(glued.length) ?? '', ...lines.slice(3)];
  const titles = content.filter((_, index) => index % 2 === 0);
  return titles.map((title, index) => ({ title, abstract: content[2 * index + 1] ?? '' }));
}

const shortAbstract =
  'We study maps of quokkas and find that they are better than all maps of other animals.';
const longAbstract = `${shortAbstract} `.repeat(4).trim();

function parse(...lines: string[]): [string, string][] {
  return trendingPage.parse(lines.join('\n')).papers.map(({ title, abstract }) => [title, abstract]);
}

describe('the trending papers page', () => {
  it('reads all 199 papers of the shipped file, each exactly as written there', () => {
    const expected = readShipped();
    expect(expected).toHaveLength(199);
    expect(expected[0]?.title).toBe(
      'Ranking to Learn: Feature Ranking and Selection via Eigenvector Centrality',
    );
    expect(trendingPage.fits(shipped)).toBe(true);
    const { papers, problems } = trendingPage.parse(shipped);
    expect(papers).toEqual(expected.map((paper, position) => ({ ...paper, authors: [], ids: {}, position })));
    expect(problems).toEqual([]);
  });

  it('reads the same with any line ends, with or without header and last line end', () => {
    const expected = trendingPage.parse(shipped);
    const body = shipped.split('\n').slice(2).join('\n');
    const variants = [
      shipped.replaceAll('\n', '\r\n'),
      shipped.replaceAll('\n', '\r'),
      `${shipped}\n`,
      `\n\n${shipped.replaceAll('\n', '\n\n')}\r\n \r\n`,
      body,
      body.slice('Subscribe'.length),
      `Subscribe\n${body.slice('Subscribe'.length)}`,
    ];
    for (const variant of variants) {
      expect(trendingPage.fits(variant)).toBe(true);
      expect(trendingPage.parse(variant).papers).toEqual(expected.papers);
    }
  });

  it('recognises the header anywhere', () => {
    const header = shipped.split('\n').slice(0, 2);
    expect(parse('One title', longAbstract, ...header, 'SubscribeTwo titles', longAbstract)).toEqual([
      ['One title', longAbstract],
      ['Two titles', longAbstract],
    ]);
  });

  it('does not change a title that only begins with the word', () => {
    const titles = ['One title', 'Subscribe to quokkas', 'SubscribeNet for quokkas'];
    const lines = titles.flatMap((title) => [title, longAbstract]);
    expect(parse(...lines).map(([title]) => title)).toEqual(titles);
  });

  it('does not let a missing line shift the papers after it', () => {
    expect(parse('One title', 'Two titles', longAbstract, 'Three titles', longAbstract)).toEqual([
      ['One title', ''],
      ['Two titles', longAbstract],
      ['Three titles', longAbstract],
    ]);
    expect(parse('One title', longAbstract, longAbstract, 'Three titles', longAbstract)).toEqual([
      ['One title', longAbstract],
      ['', longAbstract],
      ['Three titles', longAbstract],
    ]);
  });

  it('pairs short abstracts in order', () => {
    const lines = ['One title', shortAbstract, 'Two titles', 'A word.', 'Three titles', longAbstract];
    expect(parse(...lines).map(([title]) => title)).toEqual(['One title', 'Two titles', 'Three titles']);
  });

  it('fits a small digest', () => {
    expect(trendingPage.fits(`Quokka-Net: One title?\n${longAbstract}`)).toBe(true);
    expect(trendingPage.fits(`One title\n${shortAbstract}\nTwo titles\n${shortAbstract}\n`)).toBe(true);
  });

  it.each([
    ['a letter', `Dear all,\n${longAbstract}\nYours\nZoë`],
    ['prose', `${longAbstract}\n${longAbstract}\n${longAbstract}`],
    ['wrapped prose', longAbstract.replaceAll(' all ', '\n')],
    ['a README', `# Quokka-Net\n${longAbstract}\n## Installation\n${longAbstract}\n`],
    ['a list', `1. One title\n${longAbstract}\n2. Two titles\n${longAbstract}\n`],
    ['a table', `title,abstract\nOne title,${longAbstract}\nTwo titles,${longAbstract}\n`],
    ['code', `export const a = 1;\n// ${longAbstract}\nexport const b = 2;\n// ${longAbstract}`],
    ['a log', `a\nb\nc\nd\ne\nf`],
    ['sentences', `This is one.\n${longAbstract}\nThis is another.\n${longAbstract}`],
    ['one line', longAbstract],
    ['nothing', ''],
  ])('does not fit %s', (_, text) => {
    expect(trendingPage.fits(text)).toBe(false);
  });

  it('loses no line of any text but the header, and numbers the papers in order', () => {
    const line = fc.constantFrom('One title', 'Two titles', shortAbstract, longAbstract, '', ' ');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { papers } = trendingPage.parse(lines.join('\n'));
        const read = papers.flatMap(({ title, abstract }) => [title, abstract]).filter((text) => text !== '');
        expect(read).toEqual(lines.filter((text) => text.trim() !== ''));
        expect(papers.map(({ position }) => position)).toEqual(papers.map((_, index) => index));
      }),
    );
  });
});
