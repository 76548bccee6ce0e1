import type { Asset, Backend, Device, Precision } from '../protocol';

/** The files that the engine may fetch. Those of the app are in built-assets.ts; tests have their own. */
export interface EngineAssets {
  models: Record<Precision, Asset>;
  tokenizer: Asset;
  runtimes: Record<Device, Asset>;
}

/** All files that `backend` needs offline. Every backend finds neighbours with the wasm runtime. */
export function assetsOf(assets: EngineAssets, { device, precision }: Backend): Asset[] {
  const { wasm, webgpu } = assets.runtimes;
  const runtimes = device === 'wasm' ? [wasm] : [webgpu, wasm];
  return [...runtimes, assets.tokenizer, assets.models[precision]];
}

/** All files that this version of the app may fetch. */
export function everyAsset({ models, tokenizer, runtimes }: EngineAssets): Asset[] {
  return [...Object.values(models), tokenizer, ...Object.values(runtimes)];
}
