import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCommunities } from './communities';
import { runToEnd } from '../async/slices';
import { plantedGraph, plantedGroups } from './fixtures/planted';

const communitiesOf = (...of: Parameters<typeof findCommunities>) => runToEnd(findCommunities(...of));

function sizesOf(communities: Int32Array): number[] {
  const sizes: number[] = [];
  for (const each of communities) sizes[each] = (sizes[each] ?? 0) + 1;
  return sizes;
}

describe('communities', () => {
  it.each([1, 2, 3])('are the planted groups, numbered by descending size, seed %i', (seed) => {
    const groupOf = plantedGroups([60, 50, 40, 30, 20], seed);
    const graph = plantedGraph(groupOf, { seed });
    expect([...communitiesOf(graph, 5)]).toEqual(groupOf);
  });

  it.each([6, 12, 24])('are about as many as asked for when the graph has %i', (target) => {
    const groupOf = plantedGroups(new Array<number>(target).fill(20));
    const count = new Set(communitiesOf(plantedGraph(groupOf), target)).size;
    expect(Math.abs(count - target)).toBeLessThanOrEqual(0.1 * target);
  });

  it('are the same for the same graph', () => {
    const graph = plantedGraph(plantedGroups([30, 30]), { inside: 0.6 });
    expect(communitiesOf(graph, 6)).toEqual(communitiesOf(graph, 6));
  });

  it('leave out papers without neighbours, which do not change their number', () => {
    const groupOf = plantedGroups([40, 30, 20, 10]).flatMap((group) => [group, -1]);
    expect([...communitiesOf(plantedGraph(groupOf), 4)]).toEqual(groupOf);
  });

  it('treat a paper with only negative similarities as one without neighbours', () => {
    const groupOf = [...plantedGroups([30, 20]), -1];
    const graph = plantedGraph(groupOf);
    graph.indices[50 * graph.k] = 3;
    graph.similarities[50 * graph.k] = -0.5;
    expect([...communitiesOf(graph, 2)]).toEqual(groupOf);
  });

  it.each([0, 1, 30])('are none when none of %i papers has neighbours', (n) => {
    const graph = plantedGraph(new Array<number>(n).fill(-1));
    expect([...communitiesOf(graph, 5)]).toEqual(new Array(n).fill(-1));
  });

  it('are numbered from 0 without gaps, the largest first, whatever the graph', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (seed, n, target) => {
          const graph = plantedGraph(plantedGroups([n, n], seed), { k: 4, inside: 0, seed });
          const sizes = sizesOf(communitiesOf(graph, target));
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2 * n);
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        },
      ),
      { numRuns: 20 },
    );
  });
});
