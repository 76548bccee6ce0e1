import type { NeighbourGraph } from '../vector/neighbours';
import { fuzzySimplicialSet } from './fuzzy-simplicial-set';
import { initialPositions } from './initial-positions';
import type { LayoutParameters, Positions } from './layout';
import { createOptimiser } from './optimiser';

/** A layout being computed. */
export interface Umap {
  /** Epochs done. */
  readonly epoch: number;
  readonly epochs: number;
  /** Owned by the computation, which moves the points in place: copy before sending. */
  readonly positions: Positions;
  /**
   * Runs up to `epochs` more epochs; how they are divided into calls does not change the result. True when all are
   * done.
   */
  step(epochs: number): boolean;
}

/** The app's parameters for n papers: quality still rises at 500 epochs, which only small maps can afford. */
export function defaultParameters(n: number): LayoutParameters {
  return { k: 15, epochs: n <= 2500 ? 500 : n <= 10_000 ? 300 : 200, seed: 1 };
}

/**
 * UMAP in two dimensions. The same graph and parameters give the same bytes. A row without any neighbour is
 * NaN, except that a single paper is at the origin.
 */
export function createUmap(graph: NeighbourGraph, parameters: LayoutParameters): Umap {
  const { epochs, seed } = parameters;
  const fuzzy = fuzzySimplicialSet(graph, parameters.k);
  const positions = initialPositions(fuzzy, seed);
  if (graph.n === 1) positions.fill(0);

  const rows = placedRows(positions);
  const optimiser = createOptimiser(fuzzy, positions, rows, rows, seed);
  let epoch = 0;
  return {
    get epoch() {
      return epoch;
    },
    epochs,
    positions,
    step(count) {
      const end = Math.min(epochs, epoch + count);
      for (; epoch < end; epoch++) optimiser.pass(epoch / epochs);
      return epoch >= epochs;
    },
  };
}

function placedRows(positions: Positions): Int32Array {
  const rows: number[] = [];
  for (let row = 0; 2 * row < positions.length; row++) {
    if (Number.isFinite(positions[2 * row])) rows.push(row);
  }
  return Int32Array.from(rows);
}
