import { readFile } from 'node:fs/promises';
import { embeddedText } from '../core/paper/identity';
import { readableMath } from '../core/paper/text/math-text';
import { createRandom, type Random } from '../core/random';
import { sentences } from '../core/explain/sentences';
import { nearestSentencePair } from '../core/explain/sentence-pairs';
import { maxWords, wordKey, wordContributions, type TokenText } from '../core/explain/word-contributions';
import { dimensions, maxTokens } from '../engine/model-constants';
import { corpusVectors, shippedPapers } from './corpus-vectors';
import { cachedModel } from './model/model-cache';
import { dot, openWorkerModel, root } from './model/node-embedder';

/*
 * The deletion test of explanations: the words or sentences that explain the similarity of two papers are removed from
 * their texts, which are embedded again. The similarity must fall by more than when other words or sentences are removed
 * ("Evaluating and Aggregating Feature-based Model Explanations"). On the shipped papers, in int8, in Node.
 */

const nearestCount = 10;

export const wordSystems = ['token-sums', 'shared-tfidf', 'top-tfidf', 'random'] as const;
export type WordSystem = (typeof wordSystems)[number];

export interface Deletion {
  /** Before the deletion. */
  cosine: number;
  /** By how much the cosine is lower after it. */
  drop: number;
  /** How many words or sentences were removed from both texts. */
  removed: number;
}

export interface DeletionTest {
  /** Pairs of a paper and one of its ten nearest, by their rows in the digest, the same for the same seed. */
  pairs(count: number, seed: number): [left: number, right: number][];
  /** Six words per text, as each system chooses them. */
  words(left: number, right: number, seed: number): Promise<Record<WordSystem, Deletion>>;
  /**
   * One sentence per text, removed from one text at a time: the shown one and a random other one. Null when a text has
   * fewer than two sentences or no sentence explains the similarity.
   */
  sentence(left: number, right: number, seed: number): Promise<Record<'shown' | 'random', Deletion> | null>;
}

export async function openDeletionTest(): Promise<DeletionTest> {
  const papers = await shippedPapers();
  const { texts, vectors } = await corpusVectors();
  const modelFile = await cachedModel(root, { precision: 'int8', output: 'sentence_embedding' });
  const { model, tokenizer } = await openWorkerModel(await readFile(modelFile.file));
  const weigh = tfidf(texts);

  const embed = (text: string) => model.embed(tokenizer.encode([text], maxTokens));
  const vectorOf = (row: number) => vectors.subarray(row * dimensions, (row + 1) * dimensions);
  async function tokensOf(row: number): Promise<TokenText> {
    const text = texts[row] ?? '';
    const { ids, starts, ends } = tokenizer.encodeWithOffsets(text, maxTokens);
    return { text, tokens: { starts, ends, vectors: await model.embedTokens(ids) } };
  }

  return {
    pairs(count, seed) {
      const random = createRandom(seed);
      return Array.from({ length: count }, () => {
        const left = randomBelow(texts.length, random);
        const nearest = texts
          .map((_, row) => row)
          .filter((row) => row !== left)
          .sort((a, b) => dot(vectorOf(left), vectorOf(b)) - dot(vectorOf(left), vectorOf(a)));
        return [left, nearest[randomBelow(nearestCount, random)] ?? 0];
      });
    },

    async words(left, right, seed) {
      const [ours, theirs] = [await tokensOf(left), await tokensOf(right)];
      const cosine = dot(await embed(ours.text), await embed(theirs.text));
      const random = createRandom(seed);
      const without = async (choice: readonly Set<string>[]): Promise<Deletion> => {
        const [here, there] = [removeWords(ours, choice[0]), removeWords(theirs, choice[1])];
        const after = dot(await embed(here.text), await embed(there.text));
        return { cosine, drop: cosine - after, removed: here.removed + there.removed };
      };
      const contributions = wordContributions(ours, theirs);
      const shared = (word: string) => weigh(ours.text, word) * weigh(theirs.text, word);
      const both = topWords(
        wordsOf(ours).filter((word) => wordsOf(theirs).includes(word)),
        shared,
      );
      const randomScore = () => random.unit();
      return {
        'token-sums': await without([contributions.left, contributions.right].map(wordKeys)),
        'shared-tfidf': await without([both, both]),
        'top-tfidf': await without(
          [ours, theirs].map((side) => topWords(wordsOf(side), (word) => weigh(side.text, word))),
        ),
        random: await without([ours, theirs].map((side) => topWords(wordsOf(side), randomScore))),
      };
    },

    async sentence(left, right, seed) {
      const random = createRandom(seed);
      const sides = [left, right].map((row) => {
        const { title = '', abstract = '' } = papers[row] ?? {};
        const parts = sentences(abstract).map(({ start, end }) => abstract.slice(start, end));
        return { title, parts, whole: vectorOf(row) };
      });
      const [ours, theirs] = sides;
      if (!ours || !theirs || sides.some(({ parts }) => parts.length < 2)) return null;
      const sentenceVectors = async ({ parts, whole }: (typeof sides)[number]) => {
        const rows: number[] = [];
        for (const part of parts) rows.push(...(await embed(readableMath(part.trim()))));
        return { sentences: Float32Array.from(rows), whole };
      };
      const pair = nearestSentencePair(await sentenceVectors(ours), await sentenceVectors(theirs));
      if (pair === null) return null;
      const cosine = dot(ours.whole, theirs.whole);
      const dropOf = async (side: (typeof sides)[number], at: number, other: ArrayLike<number>) => {
        const abstract = side.parts.filter((_, index) => index !== at).join('');
        return cosine - dot(await embed(embeddedText({ title: side.title, abstract })), other);
      };
      const drops = async (at: number, otherAt: number): Promise<Deletion> => ({
        cosine,
        drop: ((await dropOf(ours, at, theirs.whole)) + (await dropOf(theirs, otherAt, ours.whole))) / 2,
        removed: 1,
      });
      const another = (side: (typeof sides)[number], shown: number) =>
        (shown + 1 + randomBelow(side.parts.length - 1, random)) % side.parts.length;
      return {
        shown: await drops(pair.left, pair.right),
        random: await drops(another(ours, pair.left), another(theirs, pair.right)),
      };
    },
  };
}

function randomBelow(limit: number, random: Random): number {
  return Math.floor(random.unit() * limit);
}

function wordKeys(contributions: readonly { word: string }[]): Set<string> {
  return new Set(contributions.map(({ word }) => wordKey(word) ?? ''));
}

/** Keys of the words, without repetition. */
function wordsOf({ text, tokens: { starts, ends } }: TokenText): string[] {
  const words = [...starts].map((start, at) => (start < 0 ? null : wordKey(text.slice(start, ends[at]))));
  return [...new Set(words)].filter((word) => word !== null);
}

function topWords(words: string[], score: (word: string) => number): Set<string> {
  const scored = words.map((word) => ({ word, score: score(word) })).sort((a, b) => b.score - a.score);
  return new Set(scored.slice(0, maxWords).map(({ word }) => word));
}

function removeWords(
  { text, tokens: { starts, ends } }: TokenText,
  words: Set<string> = new Set(),
): { text: string; removed: number } {
  const remaining: string[] = [];
  let at = 0;
  let removed = 0;
  starts.forEach((start, token) => {
    const end = ends[token] ?? 0;
    if (start < at || !words.has(wordKey(text.slice(start, end)) ?? '')) return;
    remaining.push(text.slice(at, start));
    at = end;
    removed += 1;
  });
  return { text: [...remaining, text.slice(at)].join(''), removed };
}

/** Sublinear term frequency × smooth inverse document frequency. */
function tfidf(texts: readonly string[]): (text: string, word: string) => number {
  const countsOf = (text: string) => {
    const counts = new Map<string, number>();
    for (const [written] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      const word = wordKey(written);
      if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
  };
  const all = new Map(texts.map((text) => [text, countsOf(text)]));
  const documents = new Map<string, number>();
  for (const counts of all.values()) {
    for (const word of counts.keys()) documents.set(word, (documents.get(word) ?? 0) + 1);
  }
  return (text, word) => {
    const count = all.get(text)?.get(word) ?? 0;
    if (count === 0) return 0;
    return (1 + Math.log(count)) * (Math.log((1 + texts.length) / (1 + (documents.get(word) ?? 0))) + 1);
  };
}
