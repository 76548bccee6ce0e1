import type { Runtime } from './onnx-runtime';
import type { Device } from './protocol';
import type { TokenRows } from './token-rows';
import { dimensions } from './vector-key';

export interface Model {
  /** Rows × dimensions, L2-normalised. A row that is not finite or is zero holds NaN. One run at a time. */
  embed(rows: TokenRows): Promise<Float32Array<ArrayBuffer>>;
}

export async function createModel(runtime: Runtime, device: Device, bytes: Uint8Array): Promise<Model> {
  const session = await runtime.InferenceSession.create(bytes, {
    executionProviders: [device],
    logSeverityLevel: 3,
  });
  return {
    async embed(rows) {
      const { ids, mask, shape } = padded(rows);
      const output = await session.run({
        input_ids: new runtime.Tensor('int64', ids, shape),
        attention_mask: new runtime.Tensor('int64', mask, shape),
      });
      const embedding = output['sentence_embedding'];
      if (!embedding) throw new Error('expected an output named sentence_embedding');
      try {
        const data = await embedding.getData();
        if (!(data instanceof Float32Array)) throw new Error(`expected float32, got ${embedding.type}`);
        return withoutBrokenRows(new Float32Array(data));
      } finally {
        embedding.dispose();
      }
    },
  };
}

/** To the longest of the batch, as the graph wants it. */
function padded({ ids, lengths }: TokenRows) {
  const rows = lengths.length;
  const width = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const padded = new BigInt64Array(rows * width);
  const mask = new BigInt64Array(rows * width);
  let start = 0;
  lengths.forEach((length, row) => {
    for (let at = 0; at < length; at++) padded[row * width + at] = BigInt(ids[start + at] ?? 0);
    mask.fill(1n, row * width, row * width + length);
    start += length;
  });
  return { ids: padded, mask, shape: [rows, width] };
}

function withoutBrokenRows(vectors: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const row = vectors.subarray(start, start + dimensions);
    const squared = row.reduce((sum, value) => sum + value * value, 0);
    if (!(squared > 0 && Number.isFinite(squared))) row.fill(NaN);
  }
  return vectors;
}
