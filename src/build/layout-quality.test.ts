import { beforeAll, describe, expect, it } from 'vitest';
import { UMAP } from 'umap-js';
import { runToEnd } from '../core/async/slices';
import type { Positions } from '../core/layout/layout';
import { neighbourhoodPreservation, trustworthiness } from '../core/layout/quality';
import { createUmap, defaultParameters } from '../core/layout/umap';
import { createRandom } from '../core/random';
import { exactNeighbours } from '../core/vector/exact-neighbours';
import type { NeighbourGraph } from '../core/vector/neighbours';
import { tfidfNeighbours } from '../core/vector/tfidf-neighbours';
import { dimensions } from '../engine/model-constants';
import { corpusVectors } from './corpus-vectors';

const seeds = [1, 2, 3, 4, 5];

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

describe('the map of the shipped papers', () => {
  let texts: string[] = [];
  let vectors = new Float32Array();
  let graph: NeighbourGraph = { n: 0, k: 0, indices: new Int32Array(), similarities: new Float32Array() };

  beforeAll(async () => {
    const corpus = await corpusVectors();
    texts = corpus.texts;
    vectors = new Float32Array(corpus.vectors);
    graph = runToEnd(exactNeighbours(vectors, dimensions, 15));
  }, 300_000);

  function ours(neighbours: NeighbourGraph, seed: number): Positions {
    const umap = createUmap(neighbours, { ...defaultParameters(neighbours.n), seed });
    umap.step(umap.epochs);
    return umap.positions;
  }

  function umapJs(seed: number): Positions {
    const rows = Array.from({ length: graph.n }, (_, row) =>
      Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions)),
    );
    const random = createRandom(seed);
    return Float32Array.from(new UMAP({ random: random.unit, nNeighbors: 15 }).fit(rows).flat());
  }

  it('preserves neighbourhoods as well as umap-js by both measures', () => {
    const own = seeds.map((seed) => ours(graph, seed));
    const peer = seeds.map(umapJs);
    const trust = (layouts: Positions[]): number => median(trustworthiness(vectors, dimensions, layouts));
    const preserved = (layouts: Positions[]): number =>
      median(layouts.map((positions) => neighbourhoodPreservation(graph, positions)));
    expect(own.every((positions) => positions.every((value) => Number.isFinite(value)))).toBe(true);
    expect(trust(own)).toBeGreaterThan(trust(peer) - 0.01);
    expect(preserved(own)).toBeGreaterThan(preserved(peer) - 0.01);
  }, 60_000);

  it('has a trustworthiness above 0.7 when it is laid out from words alone, measured on the vectors', () => {
    const provisional = runToEnd(tfidfNeighbours(texts, 15));
    const layouts = seeds.map((seed) => ours(provisional, seed));
    expect(median(trustworthiness(vectors, dimensions, layouts))).toBeGreaterThan(0.7);
  });
});
