/**
 * The k nearest neighbours of each of n papers, as two packed n × k arrays (row-major, nearest first, without the paper
 * itself). One graph serves the map, related papers, topics, landmarks and ranking.
 * A row shorter than k (n ≤ k, or a paper without a vector) is filled with index −1 and similarity 0.
 */
export interface NeighbourGraph {
  n: number;
  k: number;
  /** n × k, index of the neighbour. */
  indices: Int32Array;
  /** n × k, cosine similarity in [−1, 1], descending along a row. */
  similarities: Float32Array;
}

/** The same graph with only the first `k` neighbours of each row; the graph itself when it has no more. */
export function nearestOf(graph: NeighbourGraph, k: number): NeighbourGraph {
  if (graph.k <= k) return graph;
  const indices = new Int32Array(graph.n * k);
  const similarities = new Float32Array(graph.n * k);
  for (let row = 0; row < graph.n; row++) {
    const from = row * graph.k;
    indices.set(graph.indices.subarray(from, from + k), row * k);
    similarities.set(graph.similarities.subarray(from, from + k), row * k);
  }
  return { n: graph.n, k, indices, similarities };
}
