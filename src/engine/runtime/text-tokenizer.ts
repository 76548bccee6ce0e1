import { Tokenizer } from '@huggingface/tokenizers';
import { packRows, type TokenRows } from '../token-rows';

/** Ends every text for BERT. */
const separator = '[SEP]';
/** More than almost any text has, so that most of the text beyond the limit is not tokenized. */
const charactersPerToken = 8;

/** The tokens of one text, and the characters that each covers: see core/explain/token-vectors.ts. */
export interface TokensWithOffsets {
  ids: Int32Array<ArrayBuffer>;
  starts: Int32Array<ArrayBuffer>;
  ends: Int32Array<ArrayBuffer>;
}

export interface TextTokenizer {
  /** Token ids with special tokens, cut at `maxTokens`; the last one stays [SEP]. */
  encode(texts: readonly string[], maxTokens: number): TokenRows;
  /** The same for one text, each token with its offsets in the text. */
  encodeWithOffsets(text: string, maxTokens: number): TokensWithOffsets;
}

/** From the bytes of a tokenizer.json. */
export function createTokenizer(json: Uint8Array): TextTokenizer {
  const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(json)), {});
  const last = tokenizer.token_to_id(separator);
  if (last === undefined) throw new Error(`expected a token named ${separator}`);

  function idsOf(text: string, maxTokens: number): number[] {
    for (let size = maxTokens * charactersPerToken; ; size *= 4) {
      const start = wholeWords(text, size);
      const { ids } = tokenizer.encode(start);
      if (ids.length < maxTokens && start.length < text.length) continue;
      return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), last ?? 0];
    }
  }

  const bareIds = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;

  return {
    encode: (texts, maxTokens) => packRows(texts.map((text) => idsOf(text, maxTokens))),

    encodeWithOffsets(text, maxTokens) {
      const ids = Int32Array.from(idsOf(text, maxTokens));
      return { ids, ...offsetsOf(text, ids, bareIds) };
    },
  };
}

/** About the first `size` characters, cut at a space, tab or line break: these always end a token, other white space may be dropped first. */
function wholeWords(text: string, size: number): string {
  if (text.length <= size) return text;
  const end = text.slice(0, size).search(/[ \n\t][^ \n\t]*$/);
  return end > 0 ? text.slice(0, end) : text;
}

/** Text between white space as BERT's normaliser defines it: it drops control characters first, some of which JavaScript counts as spaces. */
const chunk = /[\S\v\f\uFEFF]+/gu;
/** The parts that its pre-tokeniser makes: each punctuation mark and each character of scripts without spaces is a part of its own. */
const part = /[^\p{P}!-/:-@[-`{-~\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF]+|[^]/gu;

/**
 * The library gives no offsets, so each part of the text is encoded alone and must give the tokens that the whole text
 * has there. Where the parts of a chunk do not (a lower case that depends on what follows, a special token spelled out),
 * all its tokens get the offsets of the chunk; where the chunk does not either, it and all tokens after it get −1.
 */
function offsetsOf(text: string, ids: Int32Array, bareIds: (text: string) => number[]) {
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
    const matching = [parts, whole].find((pieces) => fits(pieces.flatMap((piece) => piece.ids)));
    if (!matching) break;
    for (const { from, to, ids: own } of matching) {
      starts.fill(from, next, Math.min(next + own.length, end));
      ends.fill(to, next, Math.min(next + own.length, end));
      next += own.length;
    }
  }
  return { starts, ends };
}
