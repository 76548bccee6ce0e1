import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { createRandom } from '../random';
import type { NeighbourGraph } from '../vector/neighbours';

/** Resolutions beyond these part no library that was measured into more or fewer communities than are wanted. */
const [coarsest, finest] = [0.05, 60];
/** Of the number that is wanted. Nearer than this takes twice the steps and reads no better. */
const tolerance = 0.1;
const mostSteps = 9;
const seed = 1;

/**
 * Parts papers into about `wanted` communities (Louvain: Blondel et al. 2008) of the graph of their neighbours, each
 * edge weighing its cosine squared; the resolution (Reichardt & Bornholdt 2006) is sought by halving. By row: the number
 * of its community, from 0, the largest first; −1 for a paper without neighbours. The same graph gives the same communities. A
 * step of halving is a slice: some 0.3 s for 20,000 papers.
 */
export function* communitiesInSlices(graph: NeighbourGraph, wanted: number): Generator<void, Int32Array> {
  const weighted = weightedGraph(graph);
  yield;
  let communities: Int32Array = new Int32Array(graph.n).fill(-1);
  if (weighted.size === 0) return communities;
  let [low, high] = [coarsest, finest];
  let nearest = Infinity;
  for (let step = 0; step < mostSteps; step++) {
    const resolution = step === 0 ? 2 : Math.sqrt(low * high);
    const random = createRandom(seed);
    const { communities: found, count } = louvain.detailed(weighted, {
      resolution,
      rng: () => random.unit(),
    });
    const distance = Math.abs(count - wanted);
    if (distance < nearest) [communities, nearest] = [bySize(found, graph.n), distance];
    if (distance <= tolerance * wanted) break;
    if (count > wanted) high = resolution;
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
      // no node without an edge: it would be a community of its own
      graph.mergeNode(row);
      graph.mergeNode(other);
      graph.mergeEdge(row, other, { weight: similarity ** 2 });
    }
  }
  return graph;
}

function bySize(communities: Record<string, number>, n: number): Int32Array {
  const given = Int32Array.from({ length: n }, (_, row) => communities[row] ?? -1);
  const sizes = new Map<number, number>();
  for (const each of given) if (each >= 0) sizes.set(each, (sizes.get(each) ?? 0) + 1);
  const order = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b);
  const placeOf = new Map(order.map(([each], place) => [each, place]));
  return given.map((each) => placeOf.get(each) ?? -1);
}
