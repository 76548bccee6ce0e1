import { embeddedText } from '../core/paper/identity';
import { hashText } from '../core/paper/hash';
import { readableMath } from '../core/paper/math-text';
import type { Paper } from '../core/paper/paper';
import { sourceRanges, type TextRange } from '../core/paper/source-ranges';
import { sentences } from '../core/search/sentences';
import { sentenceTie, type SentenceVectors } from '../core/search/sentence-ties';
import type { TokenVectors } from '../core/search/token-vectors';
import { wordTies, type WordTie } from '../core/search/word-ties';
import type { Engine } from '../engine/engine';
import type { Precision } from '../engine/protocol';
import { dimensions } from '../engine/vector-key';
import type { Store } from '../storage/store';

/** One of two papers, as far as it is like the other. */
export interface TieSide {
  /** As the abstract has it; the title where there is no abstract. */
  sentence: string;
  /** Words of the sentence that are among `words`, by its characters. */
  ranges: TextRange[];
  /** Of the whole text, those that say most first. */
  words: string[];
}

/** Why two papers are near: see core/search/word-ties.ts and sentence-ties.ts. */
export interface Tie {
  left: TieSide;
  right: TieSide;
  /** What the words of both sides make up of the cosine. */
  part: number;
  cosine: number;
}

export interface TieTools {
  engine: Pick<Engine, 'embedTexts'>;
  tokensOf(text: string): Promise<TokenVectors>;
  store: Pick<Store, 'loadVectors' | 'appendVectors'>;
  precision: Precision;
  /** Of the papers' vectors; those of sentences are kept apart, so that the map need not read them. */
  vectorKey: string;
}

export async function tieOf(left: Paper, right: Paper, tools: TieTools): Promise<Tie> {
  const [leftText, rightText] = [embeddedText(left), embeddedText(right)];
  const [ours, theirs] = [await tools.tokensOf(leftText), await tools.tokensOf(rightText)];
  const words = wordTies({ text: leftText, tokens: ours }, { text: rightText, tokens: theirs });
  const [leftSource, rightSource] = [sourceOf(left), sourceOf(right)];
  const vectors = await sentenceVectors([...leftSource.read, ...rightSource.read], tools);
  const cut = leftSource.read.length * dimensions;
  const pair = sentenceTie(
    withWhole(vectors.subarray(0, cut), ours),
    withWhole(vectors.subarray(cut), theirs),
  );
  return {
    left: sideOf(leftSource, pair?.left ?? 0, words.left),
    right: sideOf(rightSource, pair?.right ?? 0, words.right),
    part: words.part,
    cosine: words.cosine,
  };
}

interface Source {
  /** Of which the sentences are. */
  text: string;
  /** Where that begins in what the model read. */
  offset: number;
  ranges: TextRange[];
  /** The sentences as the model reads them. */
  read: string[];
}

function sourceOf({ title, abstract }: Paper): Source {
  const text = abstract === '' ? title : abstract;
  const ranges = abstract === '' ? [{ start: 0, end: title.length }] : sentences(abstract);
  return {
    text,
    offset: abstract === '' ? 0 : embeddedText({ title, abstract }).length - readableMath(abstract).length,
    ranges,
    read: ranges.map(({ start, end }) => readableMath(text.slice(start, end).trim())),
  };
}

function sideOf({ text, offset, ranges }: Source, at: number, ties: readonly WordTie[]): TieSide {
  const { start, end } = ranges[at] ?? { start: 0, end: text.length };
  const sentence = text.slice(start, end).trimEnd();
  const inText = ties
    .flatMap((tie) => tie.ranges)
    .map((range) => ({ start: range.start - offset, end: range.end - offset }))
    .filter((range) => range.start >= 0)
    .sort((a, b) => a.start - b.start);
  return {
    sentence,
    ranges: sourceRanges(text, inText)
      .map((range) => ({ start: range.start - start, end: range.end - start }))
      .filter((range) => range.start >= 0 && range.end <= sentence.length),
    words: ties.map(({ word }) => word),
  };
}

/** Kept ones first, the rest computed and kept; sentences × dimensions. */
async function sentenceVectors(
  texts: readonly string[],
  { engine, store, precision, vectorKey }: TieTools,
): Promise<Float32Array> {
  const key = `${vectorKey}/sentence`;
  const hashes = texts.map(hashText);
  const known = await store.loadVectors(key, dimensions, hashes);
  const missing = new Map(texts.map((text, at) => [hashes[at] ?? '', text]));
  for (const hash of known.keys()) missing.delete(hash);
  const computed = await engine.embedTexts([...missing.values()], precision);
  await store.appendVectors(key, [...missing.keys()], computed).catch(() => {
    // what is not kept is computed again when the same reason is asked for at another visit
  });
  const rows = new Map([...missing.keys()].map((hash, row) => [hash, row]));
  const vectors = new Float32Array(texts.length * dimensions);
  hashes.forEach((hash, at) => {
    const row = rows.get(hash);
    const vector =
      row === undefined ? known.get(hash) : computed.subarray(row * dimensions, (row + 1) * dimensions);
    vectors.set(vector ?? new Float32Array(dimensions).fill(NaN), at * dimensions);
  });
  return vectors;
}

/** The vector of a text has the direction of the sum of its tokens'. */
function withWhole(vectors: Float32Array, { vectors: tokens }: TokenVectors): SentenceVectors {
  const whole = new Float32Array(dimensions);
  tokens.forEach((value, at) => {
    whole[at % dimensions] = (whole[at % dimensions] ?? 0) + value;
  });
  const length = Math.hypot(...whole);
  return { sentences: vectors, whole: whole.map((value) => value / length) };
}
