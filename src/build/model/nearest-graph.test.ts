import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { buildNearestGraph } from './nearest-graph';
import { dot } from './node-embedder';

it('finds the same neighbours as brute force', async () => {
  const session = await InferenceSession.create(buildNearestGraph());
  const dim = 5;
  const row = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: dim, maxLength: dim });
  const rows = fc.array(row, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.nat(), async (queries, vectors, seed) => {
      const k = 1 + (seed % vectors.length);
      const output = await session.run({
        queries: new Tensor('float32', Float32Array.from(queries.flat()), [queries.length, dim]),
        vectors: new Tensor('float32', Float32Array.from(vectors.flat()), [vectors.length, dim]),
        k: new Tensor('int64', BigInt64Array.of(BigInt(k)), [1]),
      });
      const similarities = output['similarities'];
      const indices = output['indices'];
      expect(similarities?.dims).toEqual([queries.length, k]);
      // Whole numbers are exact in float32, so only the order of equal similarities is undefined.
      const best = queries.flatMap((query) =>
        vectors
          .map((vector) => dot(query, vector))
          .sort((a, b) => b - a)
          .slice(0, k),
      );
      expect(Array.from(similarities?.data ?? [], Number)).toEqual(best);
      const rows = Array.from(indices?.data ?? [], Number);
      expect(rows.map((row, at) => dot(queries[Math.floor(at / k)] ?? [], vectors[row] ?? []))).toEqual(best);
      for (let at = 0; at < rows.length; at += k) expect(new Set(rows.slice(at, at + k)).size).toBe(k);
    }),
    { numRuns: 50 },
  );
});
