import { embeddedText } from '../../core/paper/identity';
import { readableMath } from '../../core/paper/text/math-text';
import type { Paper } from '../../core/paper/paper';
import { sourceRanges, type TextRange } from '../../core/paper/text/source-ranges';
import { sentences } from '../../core/explain/sentences';
import { nearestSentencePair, type SentenceVectors } from '../../core/explain/sentence-pairs';
import type { TokenVectors } from '../../core/explain/token-vectors';
import { wordContributions, type WordContribution } from '../../core/explain/word-contributions';
import { dimensions } from '../../engine/model-constants';
import { sentenceVectors, type SentenceDependencies } from './sentence-vectors';

/** One of the two papers: what in it is like the other. */
export interface ExplanationSide {
  /** As the abstract has it; the title where there is no abstract. */
  sentence: string;
  /** Words of the sentence that are among `words`, by its characters. */
  ranges: TextRange[];
  /** Of the whole text, those that contribute most first. */
  words: string[];
}

/** Why two papers are near: see core/explain/word-contributions.ts and sentence-pairs.ts. */
export interface Explanation {
  left: ExplanationSide;
  right: ExplanationSide;
  /** The part of the cosine that the words of both sides contribute. */
  part: number;
  cosine: number;
}

export interface ExplanationDependencies extends SentenceDependencies {
  tokensOf(text: string): Promise<TokenVectors>;
}

export async function explainPair(
  left: Paper,
  right: Paper,
  deps: ExplanationDependencies,
): Promise<Explanation> {
  const [leftText, rightText] = [embeddedText(left), embeddedText(right)];
  const [ours, theirs] = [await deps.tokensOf(leftText), await deps.tokensOf(rightText)];
  const words = wordContributions({ text: leftText, tokens: ours }, { text: rightText, tokens: theirs });
  const [leftSource, rightSource] = [sourceOf(left), sourceOf(right)];
  const vectors = await sentenceVectors([...leftSource.read, ...rightSource.read], deps);
  const cut = leftSource.read.length * dimensions;
  const pair = nearestSentencePair(
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
  /** The text that the sentences are taken from. */
  text: string;
  /** Where it begins in the text that was embedded. */
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

function sideOf(
  { text, offset, ranges }: Source,
  at: number,
  contributions: readonly WordContribution[],
): ExplanationSide {
  const { start, end } = ranges[at] ?? { start: 0, end: text.length };
  const sentence = text.slice(start, end).trimEnd();
  const inText = contributions
    .flatMap((contribution) => contribution.ranges)
    .map((range) => ({ start: range.start - offset, end: range.end - offset }))
    .filter((range) => range.start >= 0)
    .sort((a, b) => a.start - b.start);
  return {
    sentence,
    ranges: sourceRanges(text, inText)
      .map((range) => ({ start: range.start - start, end: range.end - start }))
      .filter((range) => range.start >= 0 && range.end <= sentence.length),
    words: contributions.map(({ word }) => word),
  };
}

/** The vector of a text has the direction of the sum of its tokens' vectors. */
function withWhole(vectors: Float32Array, { vectors: tokens }: TokenVectors): SentenceVectors {
  const whole = new Float32Array(dimensions);
  tokens.forEach((value, at) => {
    whole[at % dimensions] = (whole[at % dimensions] ?? 0) + value;
  });
  const length = Math.hypot(...whole);
  return { sentences: vectors, whole: whole.map((value) => value / length) };
}
