/// <reference path="./atlas-assets.d.ts" />
import { models, runtimes, tokenizer, type BuiltAsset } from 'virtual:atlas-assets';
import type { Asset, Backend, Device, Precision } from './protocol';
import { vectorKeyOf } from './vector-key';

export type BuiltModels = Record<Precision, { modelSha256: string }>;

/** What the engine needs to know of the files the build wrote. Tests bring their own. */
export interface EngineAssets {
  models: Record<Precision, Asset>;
  tokenizer: Asset;
  runtimes: Record<Device, Asset>;
}

/** With URLs made absolute: a worker's base is not the page's. The app is one page, so its address is the base. */
export function builtAssets(): EngineAssets {
  return {
    models: { int8: absolute(models.int8), fp32: absolute(models.fp32) },
    tokenizer: absolute(tokenizer),
    runtimes: { wasm: absolute(runtimes.wasm), webgpu: absolute(runtimes.webgpu) },
  };
}

export function vectorKeyFor(precision: Precision): string {
  return vectorKeyOf(models, precision);
}

/** All that `backend` needs with no network. Neighbours are found by the wasm runtime on every backend. */
export function assetsOf(assets: EngineAssets, { device, precision }: Backend): Asset[] {
  const runtimesNeeded =
    device === 'wasm' ? [assets.runtimes.wasm] : [assets.runtimes.webgpu, assets.runtimes.wasm];
  return [...runtimesNeeded, assets.tokenizer, assets.models[precision]];
}

/** What this version of the app may ever fetch. */
export function everyAsset({ models, tokenizer, runtimes }: EngineAssets): Asset[] {
  return [...Object.values(models), tokenizer, ...Object.values(runtimes)];
}

function absolute({ path, sha256, bytes }: BuiltAsset): Asset {
  return { url: new URL(path, location.href).href, sha256, bytes };
}
