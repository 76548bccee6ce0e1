import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import reference from '../reference/minilm-fp32.json';
import { cachedModel } from './model-cache';
import { dot, openModel, openTokenizer, root } from './node-embedder';

async function cosines(precision: 'int8' | 'fp32'): Promise<number[]> {
  const { file } = await cachedModel(root, { precision, output: 'sentence_embedding' });
  const embed = await openModel(await readFile(file));
  const similarities: number[] = [];
  for (const item of reference.items) similarities.push(dot(await embed(item.tokenIds), item.vector));
  return similarities;
}

describe('all-MiniLM-L6-v2', { timeout: 120_000 }, () => {
  it('tokenises the reference texts into the reference tokens', async () => {
    const tokenize = await openTokenizer();
    for (const { text, tokenIds } of reference.items) {
      expect(tokenize(text, reference.maxTokens)).toEqual(tokenIds);
    }
  });

  it('gives the reference vectors in fp32', async () => {
    expect(Math.min(...(await cosines('fp32')))).toBeGreaterThanOrEqual(0.9999);
  });

  it('approximates the reference vectors in int8', async () => {
    const similarities = await cosines('int8');
    const mean = similarities.reduce((sum, cosine) => sum + cosine, 0) / similarities.length;
    expect(Math.min(...similarities)).toBeGreaterThanOrEqual(0.98);
    expect(mean).toBeGreaterThanOrEqual(0.99);
  });

  it.each(['int8', 'fp32'] as const)('ignores padding in %s', async (precision) => {
    const { file } = await cachedModel(root, { precision, output: 'sentence_embedding' });
    const session = await InferenceSession.create(await readFile(file));
    const [short = [], long = []] = [...reference.items]
      .map((item) => item.tokenIds)
      .filter((ids) => ids.length < 20)
      .sort((a, b) => a.length - b.length);
    const shape = [2, long.length];
    const ids = [...short, ...long.slice(short.length).map(() => 7592), ...long];
    const mask = [...long.map((_, i) => (i < short.length ? 1 : 0)), ...long.map(() => 1)];
    const output = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', BigInt64Array.from(mask, BigInt), shape),
    });
    const rows = output['sentence_embedding'];
    if (!(rows?.data instanceof Float32Array)) throw new Error('expected float32');
    expect(rows.dims).toEqual([2, 384]);

    const alone = await (await openModel(await readFile(file)))(short);
    const padded = rows.data.subarray(0, 384);
    // int8 uses one activation scale for the whole batch, so its rows are similar and not identical.
    expect(dot(padded, alone)).toBeGreaterThanOrEqual(precision === 'int8' ? 0.98 : 0.999999);
    expect(dot(padded, padded)).toBeCloseTo(1, 5);
  });

  it.each(['int8', 'fp32'] as const)(
    'gives in %s the token embeddings whose mean is the vector',
    async (precision) => {
      const { file } = await cachedModel(root, { precision, output: 'sentence_embedding' });
      const session = await InferenceSession.create(await readFile(file));
      const ids = reference.items[0]?.tokenIds ?? [];
      const inputs = {
        input_ids: new Tensor('int64', BigInt64Array.from([...ids, 0, 0], BigInt), [1, ids.length + 2]),
        attention_mask: new Tensor('int64', BigInt64Array.from([...ids.map(() => 1n), 0n, 0n]), [
          1,
          ids.length + 2,
        ]),
      };
      const output = await session.run(inputs);
      const [tokens, vector] = [output['token_embeddings'], output['sentence_embedding']];
      expect(tokens?.dims).toEqual([1, ids.length + 2, 384]);
      if (!(tokens?.data instanceof Float32Array) || !(vector?.data instanceof Float32Array)) {
        throw new Error('expected float32');
      }
      const sum = new Float32Array(384);
      tokens.data
        .subarray(0, ids.length * 384)
        .forEach((value, i) => (sum[i % 384] = (sum[i % 384] ?? 0) + value));
      expect(dot(sum, vector.data) / Math.sqrt(dot(sum, sum))).toBeCloseTo(1, 5);
      expect(Object.keys(await session.run(inputs, ['sentence_embedding']))).toEqual(['sentence_embedding']);
    },
  );

  it('can end at the hidden states, for pipelines that pool outside the graph', async () => {
    const options = { precision: 'int8', output: 'last_hidden_state' } as const;
    const session = await InferenceSession.create(await readFile((await cachedModel(root, options)).file));
    const ids = reference.items[0]?.tokenIds ?? [];
    const output = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
    });
    const states = output['last_hidden_state'];
    expect(states?.dims).toEqual([1, ids.length, 384]);
    if (!(states?.data instanceof Float32Array)) throw new Error('expected float32');
    const sum = new Float32Array(384);
    states.data.forEach((value, i) => (sum[i % 384] = (sum[i % 384] ?? 0) + value));
    const cosine = dot(sum, reference.items[0]?.vector ?? []) / Math.sqrt(dot(sum, sum));
    expect(cosine).toBeGreaterThanOrEqual(0.98);
  });
});
