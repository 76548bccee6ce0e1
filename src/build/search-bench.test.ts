import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCollection } from '../../e2e/bench/beir';
import { fitLogistic } from '../../e2e/bench/logistic-regression';
import { UsageError } from '../../e2e/bench/options';
import { f1, ndcg, recall, reciprocalRank } from '../../e2e/bench/retrieval-measures';
import { createRandom } from '../core/random';

describe('retrieval measures', () => {
  const judged = new Map([
    [7, 3],
    [8, 1],
    [9, 1],
  ]);

  it('give nDCG with linear gains, as trec_eval does', () => {
    expect(ndcg([7, 8, 9], judged, 10)).toBe(1);
    const best = 3 + 1 / Math.log2(3) + 1 / 2;
    expect(ndcg([1, 7, 2, 8], judged, 10)).toBeCloseTo((3 / Math.log2(3) + 1 / Math.log2(5)) / best);
    expect(ndcg([1, 7, 2, 8], judged, 1)).toBe(0);
    expect(ndcg([], judged, 10)).toBe(0);
  });

  it('give one over the rank of the first relevant paper', () => {
    expect(reciprocalRank([1, 2, 9], judged, 10)).toBeCloseTo(1 / 3);
    expect(reciprocalRank([1, 2, 9], judged, 2)).toBe(0);
  });

  it('give the share of the relevant papers that were retrieved', () => {
    expect(recall([7, 1, 8], judged, 10)).toBeCloseTo(2 / 3);
    expect(recall([7, 1, 8], judged, 1)).toBeCloseTo(1 / 3);
  });

  it('give the harmonic mean of precision and recall of the results', () => {
    expect(f1([7, 8, 1, 2], judged)).toBeCloseTo((2 * 0.5 * (2 / 3)) / (0.5 + 2 / 3));
    expect(f1([1], judged)).toBe(0);
    expect(f1([], judged)).toBe(0);
  });
});

describe('logistic regression', () => {
  it('recovers the coefficients from which examples were drawn', () => {
    const random = createRandom(1);
    const truth = [-1, 2, -3];
    const examples = Array.from({ length: 20_000 }, () => {
      const values = [random.unit(), random.unit()];
      const logit = (truth[0] ?? 0) + (truth[1] ?? 0) * (values[0] ?? 0) + (truth[2] ?? 0) * (values[1] ?? 0);
      return { values, isPositive: random.unit() < 1 / (1 + Math.exp(-logit)) };
    });
    const { coefficients, probability } = fitLogistic(examples);
    for (const [at, coefficient] of coefficients.entries()) {
      expect(Math.abs(coefficient - (truth[at] ?? NaN))).toBeLessThan(0.2);
    }
    expect(probability([0, 0])).toBeCloseTo(1 / (1 + Math.exp(1)), 1);
  });
});

describe('a collection in the BEIR format', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digest-atlas-beir-'));
    const lines = (records: object[]) => records.map((record) => JSON.stringify(record)).join('\n');
    await writeFile(
      join(folder, 'corpus.jsonl'),
      lines([
        { _id: 'a', title: 'Editorial', text: 'Of spring.' },
        { _id: 'b', title: 'Editorial', text: 'Of autumn.' },
      ]),
    );
    await writeFile(
      join(folder, 'queries.jsonl'),
      lines([
        { _id: '1', text: 'autumn' },
        { _id: '2', text: 'nobody judged this' },
      ]),
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('does not merge papers with the same title, and leaves out queries without judgements', async () => {
    await writeFile(join(folder, 'qrels.tsv'), 'query-id\tcorpus-id\tscore\n1\tb\t2\n1\ta\t0\n2\tgone\t1\n');
    const { papers, queries } = readCollection(folder);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(2);
    expect(queries).toEqual([{ text: 'autumn', judgements: new Map([[1, 2]]) }]);
  });

  it('is rejected with a message when something is missing', async () => {
    expect(() => readCollection(folder)).toThrow(UsageError);
    await writeFile(join(folder, 'qrels.tsv'), 'query-id\tcorpus-id\tscore\n');
    expect(() => readCollection(folder)).toThrow('no query has a relevant paper');
  });
});
