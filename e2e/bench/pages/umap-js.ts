import { UMAP } from 'umap-js';
import { createRandom } from '../../../src/core/random';
import { packFloats, unpackFloats } from '../packed';

let rows: number[][] = [];

/** umap-js with its own defaults, but for a seeded stream of random numbers. */
const umapJs = {
  take(packed: string, dim: number): void {
    const vectors = unpackFloats(packed);
    rows = Array.from({ length: vectors.length / dim }, (_, row) =>
      Array.from(vectors.subarray(row * dim, (row + 1) * dim)),
    );
  },

  /**
   * Its neighbours (nearest-neighbour descent; Euclidean, which orders unit vectors as cosine does) come with the fuzzy
   * set and the start in one call; the epochs are the rest.
   */
  layOut(seed: number): { neighbourSeconds: number; layoutSeconds: number; positions: string } {
    const umap = new UMAP({ nNeighbors: 15, random: createRandom(seed).unit });
    const started = performance.now();
    const epochs = umap.initializeFit(rows);
    const begun = performance.now();
    for (let epoch = 0; epoch < epochs; epoch++) umap.step();
    const ended = performance.now();
    return {
      neighbourSeconds: (begun - started) / 1000,
      layoutSeconds: (ended - begun) / 1000,
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
