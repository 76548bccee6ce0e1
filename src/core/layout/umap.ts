import type { NeighbourGraph } from '../vector/neighbours';
import { fuzzySimplicialSet } from './fuzzy-simplicial-set';
import { initialPositions } from './initial-positions';
import type { LayoutParameters, Positions } from './layout';
import { createOptimiser } from './optimiser';

/** A layout that is being computed. */
export interface Umap {
  /** Epochs done. */
  readonly epoch: number;
  readonly epochs: number;
  /** Owned by the computation, which moves the points in place: copy before sending. */
  readonly positions: Positions;
  /** Goes on by so many epochs, however they are cut into calls. True when all are done. */
  step(epochs: number): boolean;
}

/** What the app lays out n papers with: quality still grows at 500 epochs, for as long as they cost little. */
export function defaultParameters(n: number): LayoutParameters {
  return { k: 15, epochs: n <= 2500 ? 500 : n <= 10_000 ? 300 : 200, seed: 1 };
}

/**
 * UMAP in two dimensions. The same graph and parameters give the same bytes. A row without any neighbour holds
 * NaN, except that a paper alone stands at the origin.
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
