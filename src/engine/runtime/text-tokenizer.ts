import { Tokenizer } from '@huggingface/tokenizers';
import { packRows, type TokenRows } from '../token-rows';

/** Ends every text for BERT. */
const separator = '[SEP]';
/** Longer than almost every text of so many tokens, so that what will be cut is mostly not read either. */
const charactersAToken = 8;

/** The tokens of one text, and the characters that each stands for: see core/search/token-vectors.ts. */
export interface PlacedTokens {
  ids: Int32Array<ArrayBuffer>;
  starts: Int32Array<ArrayBuffer>;
  ends: Int32Array<ArrayBuffer>;
}

export interface TextTokenizer {
  /** Token ids, special tokens included, cut at `maxTokens` with the last one kept. */
  encode(texts: readonly string[], maxTokens: number): TokenRows;
  /** The same of one text, each token with its place. */
  place(text: string, maxTokens: number): PlacedTokens;
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

  const bareIds = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;

  return {
    encode: (texts, maxTokens) => packRows(texts.map((text) => idsOf(text, maxTokens))),

    place(text, maxTokens) {
      const ids = Int32Array.from(idsOf(text, maxTokens));
      return { ids, ...placesOf(text, ids, bareIds) };
    },
  };
}

/** The first `size` characters, less a word that would be cut: these always end a token, other white space may be dropped first. */
function wholeWords(text: string, size: number): string {
  if (text.length <= size) return text;
  const end = text.slice(0, size).search(/[ \n\t][^ \n\t]*$/);
  return end > 0 ? text.slice(0, end) : text;
}

/** What BERT's normaliser takes for white space: it drops control characters first, and JavaScript counts these among the spaces. */
const chunk = /[\S\v\f\uFEFF]+/gu;
/** Where its pre-tokeniser cuts: punctuation, and each character of the scripts without spaces, stand alone. */
const part = /[^\p{P}!-/:-@[-`{-~\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF]+|[^]/gu;

/**
 * The library gives no places, so each part of the text is encoded alone and must give the tokens that the whole has
 * there. Where its parts do not (a lower case that depends on what follows, a special token spelled out), all of a chunk's
 * tokens have its place; from a chunk that does not either, nothing is placed.
 */
function placesOf(text: string, ids: Int32Array, bareIds: (text: string) => number[]) {
  const starts = new Int32Array(ids.length).fill(-1);
  const ends = new Int32Array(ids.length).fill(-1);
  const end = ids.length - 1;
  let next = 1;
  const fits = (own: readonly number[]) => own.every((id, at) => next + at >= end || ids[next + at] === id);
  for (const { 0: word, index } of text.matchAll(chunk)) {
    if (next >= end) break;
    const parts = [...word.matchAll(part)].map((each) => ({
      from: index + each.index,
      to: index + each.index + each[0].length,
      ids: bareIds(each[0]),
    }));
    const whole = [{ from: index, to: index + word.length, ids: bareIds(word) }];
    const placed = [parts, whole].find((ways) => fits(ways.flatMap((way) => way.ids)));
    if (!placed) break;
    for (const { from, to, ids: own } of placed) {
      starts.fill(from, next, Math.min(next + own.length, end));
      ends.fill(to, next, Math.min(next + own.length, end));
      next += own.length;
    }
  }
  return { starts, ends };
}
