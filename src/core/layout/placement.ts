import type { NeighbourGraph } from '../vector/neighbours';
import { createRandom } from '../random';
import { fuzzySimplicialSet, type FuzzyGraph } from './fuzzy-simplicial-set';
import type { LayoutParameters, Positions } from './layout';
import { createOptimiser } from './optimiser';
import { createRim } from './rim';
import { createUmap } from './umap';

const EPOCHS = 40;
/** They begin in the middle of a run: where they start is nearly right. */
const FIRST_PROGRESS = 0.4;
/** How far a row stands from its strongest neighbour in a finished layout, in the kernel's units; the median. */
const USUAL_EDGE = 0.25;
/** Trace of noise, in the kernel's units, by which rows with the same neighbours start apart. */
const NOISE = 0.05;

/**
 * Finds places for the rows that hold NaN, among the others, which come back bit for bit: the weighted mean of
 * their placed neighbours, then some epochs of UMAP in which only they move. Rows that reach placed ones only
 * through other new ones follow in waves; rows that reach none go to a free spot at the rim. With nothing placed at all it
 * is a whole layout. Positions shorter than the graph are read as NaN to the end.
 */
export function placeNew(
  graph: NeighbourGraph,
  positions: Positions,
  parameters: LayoutParameters,
): Positions {
  const slices = placeNewInSlices(graph, positions, parameters);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

/** The same with rests between, in which others can work. */
export function* placeNewInSlices(
  graph: NeighbourGraph,
  positions: Positions,
  parameters: LayoutParameters,
): Generator<undefined, Positions, void> {
  const placed: Positions = new Float32Array(2 * graph.n).fill(NaN);
  placed.set(positions.subarray(0, placed.length));
  const fresh = rowsWhere(graph.n, (row) => !isPlaced(placed, row));
  if (fresh.length === 0) return placed;

  if (fresh.length === graph.n) {
    const umap = createUmap(graph, parameters);
    while (!umap.step(1)) yield;
    placed.set(umap.positions);
    setAtRim(placed, fresh, 1);
    return placed;
  }

  const fuzzy = fuzzySimplicialSet(graph, parameters.k);
  const unit = unitOf(fuzzy, placed);
  const random = createRandom(parameters.seed);
  const noise = (): number => unit * NOISE * (2 * random.unit() - 1);
  spreadInWaves(fuzzy, placed, fresh, noise);
  setAtRim(placed, withoutEdges(fuzzy, fresh), unit);
  // What is left hangs together with new rows only: the first of each group leads the others to the rim.
  for (const row of fresh) {
    if (isPlaced(placed, row)) continue;
    setAtRim(placed, [row], unit);
    spreadInWaves(fuzzy, placed, fresh, noise);
    yield;
  }
  yield* settle(fuzzy, placed, fresh, unit, parameters.seed);
  return placed;
}

function isPlaced(positions: Positions, row: number): boolean {
  return Number.isFinite(positions[2 * row]) && Number.isFinite(positions[2 * row + 1]);
}

function rowsWhere(n: number, isWanted: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < n; row++) if (isWanted(row)) rows.push(row);
  return rows;
}

function withoutEdges(fuzzy: FuzzyGraph, rows: readonly number[]): number[] {
  return rows.filter((row) => fuzzy.offsets[row] === fuzzy.offsets[row + 1]);
}

function setAtRim(positions: Positions, rows: readonly number[], unit: number): void {
  const lost = rows.filter((row) => !isPlaced(positions, row));
  if (lost.length === 0) return;
  const rim = createRim(positions, unit);
  for (const row of lost) {
    const { x, y } = rim.take();
    positions[2 * row] = x;
    positions[2 * row + 1] = y;
  }
}

/** Frame units per kernel unit: a registered layout has been scaled. */
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
  return median === undefined ? 1 : median / USUAL_EDGE;
}

/** Sets each fresh row that has placed neighbours at their mean, then those that have these, and so on. */
function spreadInWaves(
  fuzzy: FuzzyGraph,
  positions: Positions,
  fresh: readonly number[],
  noise: () => number,
): void {
  let waiting = fresh.filter((row) => !isPlaced(positions, row));
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

function* settle(
  fuzzy: FuzzyGraph,
  positions: Positions,
  fresh: readonly number[],
  unit: number,
  seed: number,
): Generator<undefined, void, void> {
  const scaled = positions.map((value) => value / unit);
  const all = Int32Array.from({ length: fuzzy.n }, (_, row) => row);
  const optimiser = createOptimiser(fuzzy, scaled, Int32Array.from(fresh), all, seed);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    optimiser.pass(FIRST_PROGRESS + (1 - FIRST_PROGRESS) * (epoch / EPOCHS));
    yield;
  }
  for (const row of fresh) {
    positions[2 * row] = (scaled[2 * row] ?? 0) * unit;
    positions[2 * row + 1] = (scaled[2 * row + 1] ?? 0) * unit;
  }
}
