import { nearestGraph } from 'virtual:atlas-assets';
import { asBackendFailure, type Runtime } from './onnx-runtime';
import type { Count } from '../protocol';
import { queryBlock } from './query-block';
import { yieldToMessages } from '../rpc/yield-to-messages';

export interface NearestQuery {
  /** Rows × dim, normalised, as are `vectors`. */
  queries: Float32Array;
  vectors: Float32Array;
  dim: number;
  /** At most the number of vectors. */
  k: number;
}

export interface NearestRows {
  /** Queries × k, best first, ties by index. */
  indices: Int32Array<ArrayBuffer>;
  similarities: Float32Array<ArrayBuffer>;
}

export interface Nearest {
  search(query: NearestQuery, signal: AbortSignal, report: (count: Count) => void): Promise<NearestRows>;
}

/** A matrix product and a top k, on the CPU even where the runtime has a GPU. In blocks, to bound the memory. */
export async function createNearest(runtime: Runtime): Promise<Nearest> {
  const session = await asBackendFailure(() =>
    runtime.InferenceSession.create(nearestGraph, { executionProviders: ['wasm'] }),
  );
  return {
    async search({ queries, vectors, dim, k }, signal, report) {
      const total = queries.length / dim;
      const indices = new Int32Array(total * k);
      const similarities = new Float32Array(total * k);
      const targets = new runtime.Tensor('float32', vectors, [vectors.length / dim, dim]);
      const width = new runtime.Tensor('int64', BigInt64Array.of(BigInt(k)), [1]);
      for (let start = 0; start < total; start += queryBlock) {
        const end = Math.min(total, start + queryBlock);
        const block = new runtime.Tensor('float32', queries.subarray(start * dim, end * dim), [
          end - start,
          dim,
        ]);
        const output = await asBackendFailure(() =>
          session.run({ queries: block, vectors: targets, k: width }),
        );
        const found = output['indices']?.data;
        const values = output['similarities']?.data;
        if (!(found instanceof BigInt64Array && values instanceof Float32Array)) {
          throw new Error('expected int64 indices and float32 similarities');
        }
        found.forEach((index, at) => (indices[start * k + at] = Number(index)));
        similarities.set(values, start * k);
        for (const tensor of Object.values(output)) tensor.dispose();
        report({ done: end, total });
        await yieldToMessages();
        signal.throwIfAborted();
      }
      return { indices, similarities };
    },
  };
}
