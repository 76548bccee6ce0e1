import { Tokenizer } from '@huggingface/tokenizers';
import { packRows, type TokenRows } from './token-rows';

/** Ends every text for BERT. */
const separator = '[SEP]';
/** Longer than almost every text of so many tokens, so that what will be cut is mostly not read either. */
const charactersAToken = 8;

export interface TextTokenizer {
  /** Token ids, special tokens included, cut at `maxTokens` with the last one kept. */
  encode(texts: readonly string[], maxTokens: number): TokenRows;
}

/** From the bytes of a tokenizer.json. */
export function createTokenizer(json: Uint8Array): TextTokenizer {
  const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(json)), {});
  const last = tokenizer.token_to_id(separator);
  if (last === undefined) throw new Error(`expected a token named ${separator}`);

  function idsOf(text: string, maxTokens: number): number[] {
    for (let size = maxTokens * charactersAToken; ; size *= 4) {
      const start = wholeWords(text, size);
      const { ids } = tokenizer.encode(start);
      if (ids.length < maxTokens && start.length < text.length) continue;
      return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), last ?? 0];
    }
  }

  return { encode: (texts, maxTokens) => packRows(texts.map((text) => idsOf(text, maxTokens))) };
}

/** The first `size` characters, less a word that would be cut: these always end a token, other white space may be dropped first. */
function wholeWords(text: string, size: number): string {
  if (text.length <= size) return text;
  const end = text.slice(0, size).search(/[ \n\t][^ \n\t]*$/);
  return end > 0 ? text.slice(0, end) : text;
}
