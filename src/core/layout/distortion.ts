import type { NeighbourGraph } from '../vector/neighbours';
import type { Positions } from './layout';
import { planeNeighbours } from './plane-neighbours';

/** How many of the nearest, on the map and in truth, are held against each other. */
const NEAREST = 10;
/** A paper that keeps fewer of its nearest beside it stands apart from them. */
const FEW = 2;

/**
 * From where on a new layout shows more than it costs to learn it: of papers laid out together 5 to 8 % stand apart
 * (measured on 550 to 2,000 IJCAI abstracts), of those placed one by one 12 to 21 % as long as they are few, 25 to
 * 35 % when they are as many as the others or more.
 */
const STRAINED_SHARE = 0.2;
const STRAINED_PART = 0.1;
const STRAINED_COUNT = 20;

/** How far a map that grew has come away from what it shows. */
export interface Strain {
  /** Papers on the map. */
  papers: number;
  /** Of them, placed by their neighbours since the map was last laid out. */
  grown: number;
  /** The share of the grown, 0 to 1, that stand apart from their true nearest papers. */
  share: number;
}

/** Row i of `graph` is the paper at row i of `positions`; `isGrown` holds 1 for those placed later. Cost about n·√n. */
export function strainOf(graph: NeighbourGraph, positions: Positions, isGrown: Uint8Array): Strain {
  const k = Math.min(NEAREST, graph.k);
  const onMap = planeNeighbours(positions, k);
  let papers = 0;
  let grown = 0;
  let apart = 0;
  for (let row = 0; row < graph.n; row++) {
    if (!Number.isFinite(positions[2 * row])) continue;
    papers += 1;
    if (isGrown[row] !== 1) continue;
    grown += 1;
    if (sharedNeighbours(graph, onMap, row, k) < FEW) apart += 1;
  }
  return { papers, grown, share: grown === 0 ? 0 : apart / grown };
}

/** Whether a new layout is worth offering. */
export function isStrained({ papers, grown, share }: Strain): boolean {
  return grown >= STRAINED_COUNT && grown >= STRAINED_PART * papers && share >= STRAINED_SHARE;
}

function sharedNeighbours(graph: NeighbourGraph, onMap: Int32Array, row: number, k: number): number {
  let shared = 0;
  for (let rank = 0; rank < k; rank++) {
    const neighbour = graph.indices[row * graph.k + rank] ?? -1;
    if (neighbour < 0) break;
    for (let slot = row * k; slot < (row + 1) * k; slot++) if (onMap[slot] === neighbour) shared += 1;
  }
  return shared;
}
