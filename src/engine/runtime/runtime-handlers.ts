import { AppError } from '../../core/errors';
import { openAssetCache } from '../assets/asset-cache';
import { loadAsset } from '../assets/assets';
import { canaryCosine } from './canary-check';
import { createModel, type Model } from './model';
import { createNearest, type Nearest } from './nearest';
import { createTokenizer, type TextTokenizer } from './text-tokenizer';
import { SerialQueue } from '../../core/async/serial-queue';
import { asBackendFailure, loadRuntime, type Runtime } from './onnx-runtime';
import type { Asset, Count, Precision, RuntimeCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';

/** The lowest cosine that passes the canary check: below it the numbers are wrong, not merely rounded. */
const canaryLimits: Record<Precision, number> = { int8: 0.98, fp32: 0.999 };

interface Opened {
  model: Model;
  tokenizer: TextTokenizer;
}

/**
 * The runtime of one worker. A failed start is final (onnxruntime remembers it): the page then ends the worker.
 * Calls are run one after the other, since a session can do only one run at a time.
 */
export function createRuntimeHandlers(): Handlers<RuntimeCalls> {
  const queue = new SerialQueue();
  let runtime: Runtime | null = null;
  let opened: Opened | null = null;
  let nearest: Nearest | null = null;

  function expectOpened(): Opened {
    if (!opened) throw new Error('expected an opened worker');
    return opened;
  }

  return {
    async store({ assets }, { signal, report }) {
      const files = await loadAll(assets, signal, report);
      return { output: { stored: files.every(({ stored }) => stored) } };
    },

    open: ({ backend, wasm, model, tokenizer }, { signal, report }) =>
      queue.run(async () => {
        const [wasmFile, tokenizerFile, modelFile] = await loadAll([wasm, tokenizer, model], signal, report);
        if (!wasmFile || !tokenizerFile || !modelFile) throw new Error('expected three assets');
        runtime ??= await loadRuntime(backend.device, wasmFile.bytes);
        opened = {
          tokenizer: createTokenizer(tokenizerFile.bytes),
          model: await createModel(runtime, backend.device, modelFile.bytes),
        };
        const cosine = await canaryCosine(opened);
        // Written so that NaN fails, too.
        if (!(cosine >= canaryLimits[backend.precision])) {
          opened = null;
          throw new AppError(
            'backend-refused',
            `${backend.device} (${backend.precision}) gives wrong vectors: expected a cosine of ${canaryLimits[backend.precision]} with the reference, got ${cosine.toFixed(4)}.`,
          );
        }
        return { output: { canaryCosine: cosine } };
      }, signal),

    tokenize({ texts, maxTokens }) {
      const output = expectOpened().tokenizer.encode(texts, maxTokens);
      return { output, transfer: [output.ids.buffer, output.lengths.buffer] };
    },

    embed: (rows, { signal }) =>
      queue.run(async () => {
        const vectors = await expectOpened().model.embed(rows);
        return { output: { vectors }, transfer: [vectors.buffer] };
      }, signal),

    embedTexts: ({ texts, maxTokens }, { signal }) =>
      queue.run(async () => {
        const { model, tokenizer } = expectOpened();
        const vectors = await model.embed(tokenizer.encode(texts, maxTokens));
        return { output: { vectors }, transfer: [vectors.buffer] };
      }, signal),

    tokenVectors: ({ text, maxTokens }, { signal }) =>
      queue.run(async () => {
        const { model, tokenizer } = expectOpened();
        const { ids, starts, ends } = tokenizer.encodeWithOffsets(text, maxTokens);
        const vectors = await model.embedTokens(ids);
        return {
          output: { starts, ends, vectors },
          transfer: [starts.buffer, ends.buffer, vectors.buffer],
        };
      }, signal),

    nearest: ({ wasm, queries, vectors, dim, k }, { signal, report }) =>
      queue.run(async () => {
        if (!nearest) {
          runtime ??= await startWasm(wasm, signal);
          nearest = await createNearest(runtime);
        }
        const output = await nearest.search({ queries, vectors, dim, k }, signal, report);
        return { output, transfer: [output.indices.buffer, output.similarities.buffer] };
      }, signal),
  };
}

async function startWasm(asset: Asset, signal: AbortSignal): Promise<Runtime> {
  const [file] = await loadAll([asset], signal, () => undefined);
  if (!file) throw new Error('expected one asset');
  return asBackendFailure(() => loadRuntime('wasm', file.bytes));
}

/** One after the other: on a slow connection one complete file is worth more than three halves. */
async function loadAll(assets: readonly Asset[], signal: AbortSignal, report: (count: Count) => void) {
  const source = {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    cache: await openAssetCache(),
  };
  const total = assets.reduce((sum, { bytes }) => sum + bytes, 0);
  const files = [];
  let before = 0;
  for (const asset of assets) {
    let done = before;
    const onBytes = (bytes: number) => report({ done: (done = before + bytes), total });
    const onStall = () => report({ done, total, isStalled: true });
    files.push(await loadAsset(asset, source, { signal, onBytes, onStall }));
    before += asset.bytes;
  }
  return files;
}
