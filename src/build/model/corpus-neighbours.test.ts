import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dimensions, maxTokens } from '../../engine/model-constants';
import { vectorsOfTexts } from '../corpus-vectors';
import reference from '../reference/corpus-neighbours-fp32.json';
import { cachedModel } from './model-cache';
import { dot, openModel, openTokenizer, root } from './node-embedder';

/** Two header lines, "Subscribe" in front of the first title, then titles and abstracts in alternation. */
async function corpusTexts(): Promise<string[]> {
  const file = await readFile(join(root, 'public/corpus/trending-papers.txt'), 'utf8');
  const lines = file.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [first = '', ...rest] = lines.slice(2);
  const papers = [first.replace(/^Subscribe/, ''), ...rest];
  return papers.flatMap((line, i) => (i % 2 === 0 ? [`${line}. ${papers[i + 1]}`] : []));
}

function nearest(vectors: Float32Array[], paper: number, k: number): number[] {
  const own = vectors[paper] ?? [];
  return vectors
    .map((vector, other) => ({ other, similarity: other === paper ? -Infinity : dot(own, vector) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, k)
    .map(({ other }) => other);
}

function overlap(a: number[], b: number[]): number {
  return a.filter((paper) => b.includes(paper)).length / a.length;
}

describe('the shipped corpus in int8', () => {
  let embedText: (text: string) => Promise<Float32Array>;
  let texts: string[];
  const vectors: Float32Array[] = [];

  beforeAll(async () => {
    const { file } = await cachedModel(root, { precision: 'int8', output: 'sentence_embedding' });
    const [embed, tokenize] = [await openModel(await readFile(file)), await openTokenizer()];
    embedText = (text) => embed(tokenize(text, maxTokens));
    texts = await corpusTexts();
    const rows = await vectorsOfTexts(texts);
    for (const row of texts.keys()) vectors.push(rows.slice(row * dimensions, (row + 1) * dimensions));
  }, 600_000);

  it('has nine in ten of the nearest papers in common with fp32', () => {
    expect(texts).toHaveLength(reference.neighbours.length);
    const overlaps = reference.neighbours.map((expected, paper) =>
      overlap(nearest(vectors, paper, reference.k), expected),
    );
    const mean = overlaps.reduce((sum, value) => sum + value, 0) / overlaps.length;
    expect(mean).toBeGreaterThanOrEqual(0.9);
  });

  it('depends on the texts: a different abstract has a different vector and different neighbours', async () => {
    const [title] = texts[0]?.split('. ') ?? [];
    const changed = await embedText(
      `${title}. We date glaciers in the Alps by the lichens on their moraines.`,
    );
    const before = nearest(vectors, 0, reference.k);
    const after = nearest([changed, ...vectors.slice(1)], 0, reference.k);
    expect(dot(changed, vectors[0] ?? [])).toBeLessThan(0.9);
    expect(overlap(after, before)).toBeLessThan(0.9);
    expect(await embedText(texts[1] ?? '')).toEqual(vectors[1]);
  });
});
