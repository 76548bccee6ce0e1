import { UMAP } from 'umap-js';
import { createRandom } from '../../../src/core/random';
import { packFloats, unpackFloats } from '../packed';

let rows: number[][] = [];

/** umap-js with its defaults, except for seeded random numbers. */
const umapJs = {
  setVectors(packed: string, dim: number): void {
    const vectors = unpackFloats(packed);
    rows = Array.from({ length: vectors.length / dim }, (_, row) =>
      Array.from(vectors.subarray(row * dim, (row + 1) * dim)),
    );
  },

  /**
   * `initializeFit` finds the neighbours (nearest-neighbour descent; Euclidean, which orders unit vectors as cosine does)
   * and computes the fuzzy set and the initial positions. The epochs follow.
   */
  layOut(seed: number): { neighbourSeconds: number; layoutSeconds: number; positions: string } {
    const umap = new UMAP({ nNeighbors: 15, random: createRandom(seed).unit });
    const started = performance.now();
    const epochs = umap.initializeFit(rows);
    const initialised = performance.now();
    for (let epoch = 0; epoch < epochs; epoch++) umap.step();
    const ended = performance.now();
    return {
      neighbourSeconds: (initialised - started) / 1000,
      layoutSeconds: (ended - initialised) / 1000,
      positions: packFloats(Float32Array.from(umap.getEmbedding().flat())),
    };
  },
};

declare global {
  interface Window {
    umapJs: typeof umapJs;
  }
}
window.umapJs = umapJs;
