import type { BuiltModels } from './built-assets';
import type { Precision } from './protocol';

/** Tokens of a paper that the model sees, [CLS] and [SEP] among them. */
export const maxTokens = 256;
export const dimensions = 384;

/**
 * Names all that a vector depends on: the model, how it computes, the token limit, the text's template
 * (`embeddedText` in core/paper/identity.ts) and the pooling. Vectors of different keys are never compared.
 */
export function vectorKeyOf(models: BuiltModels, precision: Precision): string {
  return `${models[precision].modelSha256}/${precision}/${maxTokens}-tokens/title. abstract/mean`;
}
