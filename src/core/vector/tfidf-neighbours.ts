import { emptyGraph } from './exact-neighbours';
import type { NeighbourGraph } from './neighbours';
import { tfidfRows } from './tfidf-rows';
import { createTopK } from './top-k';

const rowsPerSlice = 64;

/**
 * The k texts nearest to each by TF-IDF cosine, exact over the words that are not too common, using an inverted index. It
 * needs no model, so that a map can be shown before the first vector exists. A text that shares no word with another has
 * no neighbours. Yields the number of rows done.
 */
export function* tfidfNeighbours(
  texts: readonly string[],
  k: number,
): Generator<number, NeighbourGraph, void> {
  const { n, terms, offsets, termIds, weights } = tfidfRows(texts);
  const graph = emptyGraph(n, k);
  const postings = invert(terms, n, offsets, termIds, weights);
  const top = createTopK(k);
  const scores = new Float32Array(n);

  for (let row = 0; row < n; row++) {
    if (row % rowsPerSlice === 0) yield row;
    scores.fill(0);
    for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) {
      const term = termIds[at] ?? 0;
      const weight = weights[at] ?? 0;
      const end = postings.offsets[term + 1] ?? 0;
      for (let slot = postings.offsets[term] ?? 0; slot < end; slot++) {
        const other = postings.rows[slot]!;
        scores[other] = scores[other]! + weight * postings.weights[slot]!;
      }
    }
    scores[row] = 0;
    for (let other = 0; other < n; other++) {
      const score = scores[other]!;
      if (score > 0) top.offer(other, score);
    }
    top.drainInto(graph.indices, graph.similarities, row * k);
  }
  return graph;
}

interface Postings {
  offsets: Int32Array;
  rows: Int32Array;
  weights: Float32Array;
}

function invert(
  terms: number,
  n: number,
  rowOffsets: Int32Array,
  termIds: Int32Array,
  rowWeights: Float32Array,
): Postings {
  const offsets = new Int32Array(terms + 1);
  for (const term of termIds) offsets[term + 1] = (offsets[term + 1] ?? 0) + 1;
  for (let term = 0; term < terms; term++) {
    offsets[term + 1] = (offsets[term + 1] ?? 0) + (offsets[term] ?? 0);
  }
  const next = offsets.slice(0, terms);
  const rows = new Int32Array(termIds.length);
  const weights = new Float32Array(termIds.length);
  for (let row = 0; row < n; row++) {
    for (let at = rowOffsets[row] ?? 0; at < (rowOffsets[row + 1] ?? 0); at++) {
      const term = termIds[at] ?? 0;
      const slot = next[term] ?? 0;
      rows[slot] = row;
      weights[slot] = rowWeights[at] ?? 0;
      next[term] = slot + 1;
    }
  }
  return { offsets, rows, weights };
}
