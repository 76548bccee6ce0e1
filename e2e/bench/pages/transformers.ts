import { env, pipeline, type FeatureExtractionPipeline } from '@huggingface/transformers';
import { packFloats } from '../packed';

const batchSize = 64;
const runtime = 'ort-wasm-simd-threaded.asyncify';
let extract: FeatureExtractionPipeline | null = null;

/** The pipeline as in its documentation, with model and runtime from this host. */
const transformers = {
  async warmUp(threads: number, texts: string[]): Promise<{ isIsolated: boolean }> {
    const { wasm } = env.backends.onnx;
    if (!wasm) throw new Error('expected the wasm backend');
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = '/peers/models/';
    const at = (file: string) => new URL(`/peers/ort/${file}`, location.href).href;
    wasm.wasmPaths = { mjs: at(`${runtime}.mjs`), wasm: at(`${runtime}.wasm`) };
    wasm.numThreads = threads;
    extract = await pipeline('feature-extraction', 'minilm', { dtype: 'q8', device: 'wasm' });
    await embed(texts);
    return { isIsolated: crossOriginIsolated };
  },

  async embed(texts: string[]): Promise<{ seconds: number; vectors: string }> {
    const started = performance.now();
    const vectors = await embed(texts);
    return { seconds: (performance.now() - started) / 1000, vectors: packFloats(vectors) };
  },
};

declare global {
  interface Window {
    transformers: typeof transformers;
  }
}
window.transformers = transformers;

async function embed(texts: readonly string[]): Promise<Float32Array> {
  if (extract === null) throw new Error('expected the pipeline to be loaded first');
  const rows: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += batchSize) {
    const batch = texts.slice(start, start + batchSize);
    const { data } = await extract(batch, { pooling: 'mean', normalize: true });
    if (!(data instanceof Float32Array)) throw new Error('expected vectors of float32');
    rows.push(data);
  }
  const vectors = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    vectors.set(row, at);
    at += row.length;
  }
  return vectors;
}
