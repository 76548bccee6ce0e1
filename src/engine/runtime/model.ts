import type { Runtime } from './onnx-runtime';
import type { Device } from '../protocol';
import { splitRows, type TokenRows } from '../token-rows';
import { dimensions } from '../model-constants';

export interface Model {
  /** Rows × dimensions, L2-normalised. A row that is zero or not finite is filled with NaN. One call at a time. */
  embed(rows: TokenRows): Promise<Float32Array<ArrayBuffer>>;
  /** Tokens × dimensions, not normalised: their mean has the direction of the text's vector. One call at a time. */
  embedTokens(ids: Int32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
}

/**
 * On wasm each text is a run of its own: int8 uses one scale of activations for all rows of a run, so a
 * vector would else depend on the other texts. On one thread it is as fast as a batch or faster (1 : 0.88 for
 * batches of 8). A GPU needs the batch.
 */
export async function createModel(runtime: Runtime, device: Device, bytes: Uint8Array): Promise<Model> {
  const session = await runtime.InferenceSession.create(bytes, {
    executionProviders: [device],
    logSeverityLevel: 3,
  });

  async function run(
    rows: TokenRows,
    name: 'sentence_embedding' | 'token_embeddings',
  ): Promise<Float32Array<ArrayBuffer>> {
    const { ids, mask, shape } = padded(rows);
    const inputs = {
      input_ids: new runtime.Tensor('int64', ids, shape),
      attention_mask: new runtime.Tensor('int64', mask, shape),
    };
    // Named, since outputs that are not requested are not copied back either.
    const output = await session.run(inputs, [name]);
    const embedding = output[name];
    if (!embedding) throw new Error(`expected an output named ${name}`);
    try {
      const data = await embedding.getData();
      if (!(data instanceof Float32Array)) throw new Error(`expected float32, got ${embedding.type}`);
      return new Float32Array(data);
    } finally {
      embedding.dispose();
    }
  }

  return {
    async embed(rows) {
      const vectors = new Float32Array(rows.lengths.length * dimensions);
      const runs = device === 'wasm' ? oneByOne(rows) : [rows];
      let row = 0;
      for (const each of runs) {
        vectors.set(await run(each, 'sentence_embedding'), row * dimensions);
        row += each.lengths.length;
      }
      return withNaNForUnusableRows(vectors);
    },
    embedTokens: (ids) => run({ ids, lengths: Int32Array.of(ids.length) }, 'token_embeddings'),
  };
}

function oneByOne(rows: TokenRows): TokenRows[] {
  return splitRows(rows).map((ids) => ({ ids, lengths: Int32Array.of(ids.length) }));
}

/** Padded to the longest text of the batch, as the graph requires. */
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

function withNaNForUnusableRows(vectors: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const row = vectors.subarray(start, start + dimensions);
    const squared = row.reduce((sum, value) => sum + value * value, 0);
    if (!(squared > 0 && Number.isFinite(squared))) row.fill(NaN);
  }
  return vectors;
}
