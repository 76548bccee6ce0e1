import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../core/async/slices';
import { createRandom } from '../../core/random';
import { exactNeighbours } from '../../core/vector/exact-neighbours';
import { FakeWorker } from '../fixtures/fake-worker';
import { findNeighbours, growGraph, type NeighbourSearch } from './neighbours';
import { Pool } from '../rpc/pool';
import type { RuntimeCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';

const dim = 8;

function unitVectors(n: number, seed: number): Float32Array {
  const { unit } = createRandom(seed);
  const vectors = new Float32Array(n * dim).map(() => unit() - 0.5);
  for (let row = 0; row < n; row++) {
    const part = vectors.subarray(row * dim, (row + 1) * dim);
    const norm = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / norm));
  }
  return vectors;
}

/** Does what the runtime does, by comparing every pair. */
const nearest: Handlers<RuntimeCalls>['nearest'] = ({ queries, vectors, dim, k }, { report }) => {
  const total = queries.length / dim;
  const indices = new Int32Array(total * k);
  const similarities = new Float32Array(total * k);
  for (let row = 0; row < total; row++) {
    const found = Array.from({ length: vectors.length / dim }, (_, index) => {
      let similarity = 0;
      for (let at = 0; at < dim; at++) {
        similarity += (queries[row * dim + at] ?? NaN) * (vectors[index * dim + at] ?? NaN);
      }
      return { index, similarity };
    }).sort((a, b) => b.similarity - a.similarity || a.index - b.index);
    found.slice(0, k).forEach(({ index, similarity }, at) => {
      indices[row * k + at] = index;
      similarities[row * k + at] = similarity;
    });
  }
  report({ done: total, total });
  return { output: { indices, similarities } };
};

function searchWith(size: number, answer = nearest): NeighbourSearch {
  const unused = () => {
    throw new Error('not called in this test');
  };
  const handlers = {
    store: unused,
    open: unused,
    tokenize: unused,
    embed: unused,
    embedTexts: unused,
    tokenVectors: unused,
    nearest: answer,
  };
  const pool = new Pool({
    size,
    spawn: () => new FakeWorker<RuntimeCalls>(handlers),
    open: () => Promise.resolve(),
  });
  return { pool, wasm: { url: 'https://atlas.test/cpu.wasm', sha256: '', bytes: 0 } };
}

function expectSame(
  found: { indices: Int32Array; similarities: Float32Array },
  vectors: Float32Array,
  k: number,
) {
  const expected = runToEnd(exactNeighbours(vectors, dim, k));
  expect([...found.indices]).toEqual([...expected.indices]);
  found.similarities.forEach((value, at) => expect(value).toBeCloseTo(expected.similarities[at] ?? NaN, 5));
}

describe('finding neighbours with several workers', () => {
  it.each([
    [0, 15, 2],
    [1, 15, 2],
    [2, 15, 2],
    [10, 15, 2],
    [700, 15, 1],
    [700, 15, 2],
    [700, 15, 4],
  ])('gives the exact graph: %i rows, k = %i, %i workers', async (n, k, size) => {
    const vectors = unitVectors(n, n + 1);
    expectSame(await findNeighbours(searchWith(size), { vectors, dim }, k, {}), vectors, k);
  });

  it('leaves out rows that are zero or not finite', async () => {
    const vectors = unitVectors(40, 3);
    vectors.fill(0, 5 * dim, 6 * dim);
    vectors.fill(NaN, 9 * dim, 10 * dim);
    const graph = await findNeighbours(searchWith(2), { vectors, dim }, 4, {});
    expectSame(graph, vectors, 4);
    expect([...graph.indices.subarray(20, 24)]).toEqual([-1, -1, -1, -1]);
    expect(graph.indices.includes(9)).toBe(false);
  });

  it('excludes each row itself among many equal ones, which are ordered by index', async () => {
    const vectors = new Float32Array(6 * dim).fill(1 / Math.sqrt(dim));
    const graph = await findNeighbours(searchWith(2), { vectors, dim }, 3, {});
    expect([...graph.indices]).toEqual([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(Math.max(...graph.similarities)).toBeLessThanOrEqual(1);
  });

  it('does not transfer the vectors', async () => {
    const vectors = unitVectors(20, 1);
    await findNeighbours(searchWith(1), { vectors, dim }, 3, {});
    expect(vectors).toHaveLength(20 * dim);
  });

  it('reports progress up to the last row', async () => {
    const seen: number[] = [];
    const vectors = unitVectors(700, 5);
    await findNeighbours(searchWith(2), { vectors, dim }, 3, { onProgress: ({ done }) => seen.push(done) });
    expect(seen.at(-1)).toBe(700);
  });

  it('tries again when a worker fails, and gives up after three', async () => {
    let failures = 2;
    const recovering: typeof nearest = (...call) => {
      if (failures-- > 0) throw new Error('bad_alloc');
      return nearest(...call);
    };
    const vectors = unitVectors(20, 1);
    expectSame(await findNeighbours(searchWith(1, recovering), { vectors, dim }, 3, {}), vectors, 3);
    failures = 3;
    await expect(findNeighbours(searchWith(1, recovering), { vectors, dim }, 3, {})).rejects.toThrow(
      'bad_alloc',
    );
  });
});

describe('growing a graph', () => {
  it.each([
    [0, 30],
    [30, 30],
    [30, 31],
    [300, 320],
    [3, 40],
  ])('from %i to %i rows gives the exact graph of all', async (before, after) => {
    const vectors = unitVectors(after, 9);
    const old = await findNeighbours(searchWith(2), { vectors: vectors.slice(0, before * dim), dim }, 5, {});
    expectSame(await growGraph(searchWith(2), old, { vectors, dim }, {}), vectors, 5);
  });

  it('handles unusable rows, old and added', async () => {
    const vectors = unitVectors(30, 4);
    vectors.fill(0, 2 * dim, 3 * dim);
    vectors.fill(NaN, 25 * dim, 26 * dim);
    const old = await findNeighbours(searchWith(2), { vectors: vectors.slice(0, 20 * dim), dim }, 5, {});
    expectSame(await growGraph(searchWith(2), old, { vectors, dim }, {}), vectors, 5);
  });
});
