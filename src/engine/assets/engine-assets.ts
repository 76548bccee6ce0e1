import type { Asset, Backend, Device, Precision } from '../protocol';

/** The files the engine may fetch. The app's come from built-assets.ts; tests bring their own. */
export interface EngineAssets {
  models: Record<Precision, Asset>;
  tokenizer: Asset;
  runtimes: Record<Device, Asset>;
}

/** All that `backend` needs with no network. Neighbours are found by the wasm runtime on every backend. */
export function assetsOf(assets: EngineAssets, { device, precision }: Backend): Asset[] {
  const { wasm, webgpu } = assets.runtimes;
  const runtimes = device === 'wasm' ? [wasm] : [webgpu, wasm];
  return [...runtimes, assets.tokenizer, assets.models[precision]];
}

/** What this version of the app may ever fetch. */
export function everyAsset({ models, tokenizer, runtimes }: EngineAssets): Asset[] {
  return [...Object.values(models), tokenizer, ...Object.values(runtimes)];
}
