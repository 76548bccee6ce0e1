import { createRandom, type Random } from '../random';
import { connectedComponents } from './components';
import type { FuzzyGraph } from './fuzzy-simplicial-set';
import type { Positions } from './layout';
import { spectralPositions } from './spectral';

/** Half the initial width for n papers, as a multiple of √n, in units of the layout's kernel. */
const reach = 0.25;
const noiseSize = 1e-3;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/**
 * Start of the optimisation: the spectral embedding of each connected component, the largest in the middle and the
 * others around it, with a little seeded noise so that no two points coincide. Rows without edges are NaN.
 */
export function initialPositions(graph: FuzzyGraph, seed: number): Positions {
  const positions: Positions = new Float32Array(2 * graph.n).fill(NaN);
  const random = createRandom(seed);
  const components = connectedComponents(graph).filter((rows) => rows.length > 1);

  let before = 0;
  components.forEach((rows, at) => {
    const radius = reach * Math.sqrt(rows.length);
    // Sunflower arrangement: the rows so far fill a disc, and the next component is placed outside it.
    const away = at === 0 ? 0 : reach * Math.sqrt(before) + radius;
    const centreX = away * Math.cos(at * goldenAngle);
    const centreY = away * Math.sin(at * goldenAngle);
    const spread = scaled(spectralPositions(graph, rows, seed) ?? ring(rows.length), radius);
    rows.forEach((row, slot) => {
      positions[2 * row] = centreX + (spread[2 * slot] ?? 0) + noise(random);
      positions[2 * row + 1] = centreY + (spread[2 * slot + 1] ?? 0) + noise(random);
    });
    before += rows.length;
  });
  return positions;
}

function noise(random: Random): number {
  return noiseSize * (2 * random.unit() - 1);
}

function ring(size: number): Float64Array {
  const positions = new Float64Array(2 * size);
  for (let at = 0; at < size; at++) {
    positions[2 * at] = Math.cos((2 * Math.PI * at) / size);
    positions[2 * at + 1] = Math.sin((2 * Math.PI * at) / size);
  }
  return positions;
}

/** Scales each axis separately so that its farthest point is at `radius`. In place. */
function scaled(positions: Float64Array, radius: number): Float64Array {
  for (let axis = 0; axis < 2; axis++) {
    let farthest = 0;
    for (let at = axis; at < positions.length; at += 2) {
      farthest = Math.max(farthest, Math.abs(positions[at] ?? 0));
    }
    if (farthest === 0) continue;
    for (let at = axis; at < positions.length; at += 2) {
      positions[at] = ((positions[at] ?? 0) * radius) / farthest;
    }
  }
  return positions;
}
