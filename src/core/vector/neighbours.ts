/**
 * The k nearest neighbours of each of n papers, as two packed n × k arrays (row-major, nearest first, the paper
 * itself left out). One graph serves the map, related papers, topics, landmarks and ranking.
 * A row shorter than k (n ≤ k, or a paper without a vector) is filled with index −1 and similarity 0.
 */
export interface NeighbourGraph {
  n: number;
  k: number;
  /** n × k, index of the neighbour. */
  indices: Int32Array;
  /** n × k, cosine similarity in [−1, 1], falling along a row. */
  similarities: Float32Array;
}
