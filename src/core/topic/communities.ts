import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { createRandom } from '../random';
import type { NeighbourGraph } from '../vector/neighbours';

/** No library that was measured needs a resolution outside this range to get the number of communities asked for. */
const [minResolution, maxResolution] = [0.05, 60];
/** As a share of the target number. A smaller tolerance takes twice the steps and gives no better topics. */
const tolerance = 0.1;
const maxSteps = 9;
const seed = 1;

/**
 * Divides papers into about `target` communities (Louvain: Blondel et al. 2008) of their neighbour graph, edges weighted
 * by squared cosine; the resolution (Reichardt & Bornholdt 2006) is found by bisection. By row: the number of its
 * community, from 0, the largest first; −1 for a paper without neighbours. Deterministic. Each bisection step is a slice:
 * about 0.3 s for 20,000 papers.
 */
export function* findCommunities(graph: NeighbourGraph, target: number): Generator<void, Int32Array> {
  const weighted = weightedGraph(graph);
  yield;
  let communities: Int32Array = new Int32Array(graph.n).fill(-1);
  if (weighted.size === 0) return communities;
  let [low, high] = [minResolution, maxResolution];
  let smallest = Infinity;
  for (let step = 0; step < maxSteps; step++) {
    const resolution = step === 0 ? 2 : Math.sqrt(low * high);
    const random = createRandom(seed);
    const { communities: found, count } = louvain.detailed(weighted, {
      resolution,
      rng: () => random.unit(),
    });
    const distance = Math.abs(count - target);
    if (distance < smallest) [communities, smallest] = [numberedBySize(found, graph.n), distance];
    if (distance <= tolerance * target) break;
    if (count > target) high = resolution;
    else low = resolution;
    yield;
  }
  return communities;
}

function weightedGraph({ n, k, indices, similarities }: NeighbourGraph): UndirectedGraph {
  const graph = new UndirectedGraph({ allowSelfLoops: false });
  for (let row = 0; row < n; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = indices[at] ?? -1;
      const similarity = similarities[at] ?? 0;
      if (other < 0 || other === row || !(similarity > 0)) continue;
      // no node without an edge, as it would be a community of its own
      graph.mergeNode(row);
      graph.mergeNode(other);
      graph.mergeEdge(row, other, { weight: similarity ** 2 });
    }
  }
  return graph;
}

function numberedBySize(communities: Record<string, number>, n: number): Int32Array {
  const given = Int32Array.from({ length: n }, (_, row) => communities[row] ?? -1);
  const sizes = new Map<number, number>();
  for (const each of given) if (each >= 0) sizes.set(each, (sizes.get(each) ?? 0) + 1);
  const order = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b);
  const rankOf = new Map(order.map(([each], rank) => [each, rank]));
  return given.map((each) => rankOf.get(each) ?? -1);
}
