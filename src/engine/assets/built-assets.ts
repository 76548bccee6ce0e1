import { models, runtimes, tokenizer, type BuiltAsset } from 'virtual:atlas-assets';
import type { EngineAssets } from './engine-assets';
import type { Asset, Precision } from '../protocol';
import { maxTokens } from '../model-constants';

/** With absolute URLs: a worker has another base than the page. The app is one page, so its address is the base. */
export function builtAssets(): EngineAssets {
  return {
    models: { int8: absolute(models.int8), fp32: absolute(models.fp32) },
    tokenizer: absolute(tokenizer),
    runtimes: { wasm: absolute(runtimes.wasm), webgpu: absolute(runtimes.webgpu) },
  };
}

/**
 * Names everything that a vector depends on: the model, how it computes, the token limit, the text's template
 * (`embeddedText` in core/paper/identity.ts) and the pooling. Vectors with different keys are never compared.
 */
export function vectorKeyFor(precision: Precision): string {
  return `${models[precision].modelSha256}/${precision}/${maxTokens}-tokens/title. abstract/mean`;
}

function absolute({ path, sha256, bytes }: BuiltAsset): Asset {
  return { url: new URL(path, location.href).href, sha256, bytes };
}
