import type { NeighbourGraph } from '../vector/neighbours';
import { createRandom } from '../random';
import { fuzzySimplicialSet, type FuzzyGraph } from './fuzzy-simplicial-set';
import type { LayoutParameters, Positions } from './layout';
import { createOptimiser } from './optimiser';
import { createRim } from './rim';
import { createUmap } from './umap';

const placementEpochs = 40;
/** Optimisation starts in the middle of a run, because the start positions are nearly right. */
const firstProgress = 0.4;
/** Median distance of a row from its strongest neighbour in a finished layout, in units of the kernel. */
const usualEdge = 0.25;
/** Noise, in units of the kernel, that separates rows with the same neighbours. */
const noiseSize = 0.05;

/**
 * Finds positions for the rows that are NaN and returns the others unchanged, bit for bit. A new row starts at the
 * weighted mean of its placed neighbours; then a few epochs of UMAP move only the new rows. Rows connected to placed ones
 * only through other new rows follow in waves; rows connected to none get a free spot at the rim. If no row is placed,
 * it computes a whole layout. Positions shorter than the graph are padded with NaN.
 */
export function* placeNew(
  graph: NeighbourGraph,
  positions: Positions,
  parameters: LayoutParameters,
): Generator<undefined, Positions, void> {
  const placed: Positions = new Float32Array(2 * graph.n).fill(NaN);
  placed.set(positions.subarray(0, placed.length));
  const added = rowsWhere(graph.n, (row) => !isPlaced(placed, row));
  if (added.length === 0) return placed;

  if (added.length === graph.n) {
    const umap = createUmap(graph, parameters);
    while (!umap.step(1)) yield;
    placed.set(umap.positions);
    setAtRim(placed, added, 1);
    return placed;
  }

  const fuzzy = fuzzySimplicialSet(graph, parameters.k);
  const unit = unitOf(fuzzy, placed);
  const random = createRandom(parameters.seed);
  const noise = (): number => unit * noiseSize * (2 * random.unit() - 1);
  spreadInWaves(fuzzy, placed, added, noise);
  setAtRim(placed, withoutEdges(fuzzy, added), unit);
  // The remaining rows are connected to new rows only: the first of each group goes to the rim, the others next to it.
  for (const row of added) {
    if (isPlaced(placed, row)) continue;
    setAtRim(placed, [row], unit);
    spreadInWaves(fuzzy, placed, added, noise);
    yield;
  }
  yield* optimisePlaced(fuzzy, placed, added, unit, parameters.seed);
  return placed;
}

function isPlaced(positions: Positions, row: number): boolean {
  return Number.isFinite(positions[2 * row]) && Number.isFinite(positions[2 * row + 1]);
}

function rowsWhere(n: number, predicate: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < n; row++) if (predicate(row)) rows.push(row);
  return rows;
}

function withoutEdges(fuzzy: FuzzyGraph, rows: readonly number[]): number[] {
  return rows.filter((row) => fuzzy.offsets[row] === fuzzy.offsets[row + 1]);
}

function setAtRim(positions: Positions, rows: readonly number[], unit: number): void {
  const unplaced = rows.filter((row) => !isPlaced(positions, row));
  if (unplaced.length === 0) return;
  const rim = createRim(positions, unit);
  for (const row of unplaced) {
    const { x, y } = rim.take();
    positions[2 * row] = x;
    positions[2 * row + 1] = y;
  }
}

/** Layout units per kernel unit: a registered layout has been scaled. */
function unitOf(fuzzy: FuzzyGraph, positions: Positions): number {
  const lengths: number[] = [];
  for (let row = 0; row < fuzzy.n; row++) {
    if (!isPlaced(positions, row)) continue;
    let strongest = 0;
    let length = NaN;
    for (let edge = fuzzy.offsets[row] ?? 0; edge < (fuzzy.offsets[row + 1] ?? 0); edge++) {
      const target = fuzzy.targets[edge] ?? 0;
      const weight = fuzzy.weights[edge] ?? 0;
      if (weight <= strongest || !isPlaced(positions, target)) continue;
      strongest = weight;
      length = Math.hypot(
        (positions[2 * row] ?? 0) - (positions[2 * target] ?? 0),
        (positions[2 * row + 1] ?? 0) - (positions[2 * target + 1] ?? 0),
      );
    }
    if (length > 0) lengths.push(length);
  }
  lengths.sort((a, b) => a - b);
  const median = lengths[lengths.length >> 1];
  return median === undefined ? 1 : median / usualEdge;
}

/** Places each new row that has placed neighbours at their mean, then the neighbours of those, and so on. */
function spreadInWaves(
  fuzzy: FuzzyGraph,
  positions: Positions,
  added: readonly number[],
  noise: () => number,
): void {
  let waiting = added.filter((row) => !isPlaced(positions, row));
  for (;;) {
    const wave = waiting.flatMap((row) => {
      const mean = meanOfNeighbours(fuzzy, positions, row);
      return mean === null ? [] : [{ row, ...mean }];
    });
    if (wave.length === 0) return;
    for (const { row, x, y } of wave) {
      positions[2 * row] = x + noise();
      positions[2 * row + 1] = y + noise();
    }
    waiting = waiting.filter((row) => !isPlaced(positions, row));
  }
}

function meanOfNeighbours(
  fuzzy: FuzzyGraph,
  positions: Positions,
  row: number,
): { x: number; y: number } | null {
  let total = 0;
  let x = 0;
  let y = 0;
  for (let edge = fuzzy.offsets[row] ?? 0; edge < (fuzzy.offsets[row + 1] ?? 0); edge++) {
    const target = fuzzy.targets[edge] ?? 0;
    if (!isPlaced(positions, target)) continue;
    const weight = fuzzy.weights[edge] ?? 0;
    total += weight;
    x += weight * (positions[2 * target] ?? 0);
    y += weight * (positions[2 * target + 1] ?? 0);
  }
  return total > 0 ? { x: x / total, y: y / total } : null;
}

function* optimisePlaced(
  fuzzy: FuzzyGraph,
  positions: Positions,
  added: readonly number[],
  unit: number,
  seed: number,
): Generator<undefined, void, void> {
  const scaled = positions.map((value) => value / unit);
  const all = Int32Array.from({ length: fuzzy.n }, (_, row) => row);
  const optimiser = createOptimiser(fuzzy, scaled, Int32Array.from(added), all, seed);
  for (let epoch = 0; epoch < placementEpochs; epoch++) {
    optimiser.pass(firstProgress + (1 - firstProgress) * (epoch / placementEpochs));
    yield;
  }
  for (const row of added) {
    positions[2 * row] = (scaled[2 * row] ?? 0) * unit;
    positions[2 * row + 1] = (scaled[2 * row + 1] ?? 0) * unit;
  }
}
