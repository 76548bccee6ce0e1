import { createRandom, type Random } from '../random';
import { connectedComponents } from './components';
import type { FuzzyGraph } from './fuzzy-simplicial-set';
import type { Positions } from './layout';
import { spectralPositions } from './spectral';

/** Half the width of the start, in the units of the layout's kernel, for n papers as a multiple of √n. */
const REACH = 0.25;
const NOISE = 1e-3;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Where the optimisation starts: each connected component by its spectral embedding, the largest in the middle and
 * the others round it, with a trace of seeded noise so that no two points are on one spot. Rows without edges hold NaN.
 */
export function initialPositions(graph: FuzzyGraph, seed: number): Positions {
  const positions: Positions = new Float32Array(2 * graph.n).fill(NaN);
  const random = createRandom(seed);
  const components = connectedComponents(graph).filter((rows) => rows.length > 1);

  let before = 0;
  components.forEach((rows, at) => {
    const radius = REACH * Math.sqrt(rows.length);
    // A sunflower by area: the rows so far fill a disc, and the next component is set outside it.
    const away = at === 0 ? 0 : REACH * Math.sqrt(before) + radius;
    const centreX = away * Math.cos(at * GOLDEN_ANGLE);
    const centreY = away * Math.sin(at * GOLDEN_ANGLE);
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
  return NOISE * (2 * random.unit() - 1);
}

function ring(size: number): Float64Array {
  const positions = new Float64Array(2 * size);
  for (let at = 0; at < size; at++) {
    positions[2 * at] = Math.cos((2 * Math.PI * at) / size);
    positions[2 * at + 1] = Math.sin((2 * Math.PI * at) / size);
  }
  return positions;
}

/** Each axis by itself, so that its farthest point stands at `radius`. */
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
