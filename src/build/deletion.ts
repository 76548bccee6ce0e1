import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trendingPage } from '../core/import/formats/list/trending-page';
import { embeddedText } from '../core/paper/identity';
import { readableMath } from '../core/paper/text/math-text';
import { createRandom, type Random } from '../core/random';
import { sentences } from '../core/explain/sentences';
import { sentenceTie } from '../core/explain/sentence-pairs';
import { mostWords, wordKey, wordTies, type TokenText } from '../core/explain/word-contributions';
import { corpusVectors, dimensions } from './corpus-vectors';
import { cachedModel } from './model/model-cache';
import { dot, openWorkerModel, root } from './model/node-embedder';

/**
 * Whether reasons are reasons: what is said to tie two papers is deleted from their texts, which are read anew, and the
 * similarity must fall by more than when other words or sentences are deleted ("Evaluating and Aggregating Feature-based
 * Model Explanations"). Of the shipped papers, in int8, in Node.
 */

const maxTokens = 256;
const nearest = 10;

interface Paper {
  title: string;
  abstract: string;
}

export const wordSystems = ['token-sums', 'shared-tfidf', 'top-tfidf', 'random'] as const;
export type WordSystem = (typeof wordSystems)[number];

export interface Deletion {
  /** Before and after. */
  cosine: number;
  drop: number;
  /** Places that were cut out of both texts. */
  cut: number;
}

export interface DeletionTest {
  /** Pairs of a paper and one of its ten nearest, by their places in the digest, the same for the same seed. */
  pairs(count: number, seed: number): [left: number, right: number][];
  /** Six words a side, as each system chooses them. */
  words(left: number, right: number, seed: number): Promise<Record<WordSystem, Deletion>>;
  /** One sentence, first of the one text, then of the other: the shown one, and one of the others by chance. */
  sentence(left: number, right: number, seed: number): Promise<Record<'shown' | 'random', Deletion> | null>;
}

export async function openDeletionTest(): Promise<DeletionTest> {
  const page = await readFile(join(root, 'public/corpus/trending-papers.txt'), 'utf8');
  const papers: Paper[] = trendingPage.parse(page).papers;
  const { texts, vectors } = await corpusVectors();
  const graph = await cachedModel(root, { precision: 'int8', output: 'sentence_embedding' });
  const { model, tokenizer } = await openWorkerModel(await readFile(graph.file));
  const weigh = tfidf(texts);

  const read = (text: string) => model.embed(tokenizer.encode([text], maxTokens));
  const vectorOf = (row: number) => vectors.subarray(row * dimensions, (row + 1) * dimensions);
  async function tokensOf(row: number): Promise<TokenText> {
    const text = texts[row] ?? '';
    const { ids, starts, ends } = tokenizer.place(text, maxTokens);
    return { text, tokens: { starts, ends, vectors: await model.embedTokens(ids) } };
  }

  return {
    pairs(count, seed) {
      const random = createRandom(seed);
      return Array.from({ length: count }, () => {
        const left = below(texts.length, random);
        const near = texts
          .map((_, row) => row)
          .filter((row) => row !== left)
          .sort((a, b) => dot(vectorOf(left), vectorOf(b)) - dot(vectorOf(left), vectorOf(a)));
        return [left, near[below(nearest, random)] ?? 0];
      });
    },

    async words(left, right, seed) {
      const [ours, theirs] = [await tokensOf(left), await tokensOf(right)];
      const cosine = dot(await read(ours.text), await read(theirs.text));
      const random = createRandom(seed);
      const without = async (choice: readonly Set<string>[]): Promise<Deletion> => {
        const [here, there] = [cutWords(ours, choice[0]), cutWords(theirs, choice[1])];
        const after = dot(await read(here.text), await read(there.text));
        return { cosine, drop: cosine - after, cut: here.cut + there.cut };
      };
      const ties = wordTies(ours, theirs);
      const shared = (word: string) => weigh(ours.text, word) * weigh(theirs.text, word);
      const both = highest(
        wordsOf(ours).filter((word) => wordsOf(theirs).includes(word)),
        shared,
      );
      const chance = () => random.unit();
      return {
        'token-sums': await without([ties.left, ties.right].map(keysOf)),
        'shared-tfidf': await without([both, both]),
        'top-tfidf': await without(
          [ours, theirs].map((side) => highest(wordsOf(side), (word) => weigh(side.text, word))),
        ),
        random: await without([ours, theirs].map((side) => highest(wordsOf(side), chance))),
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
      const read1 = async ({ parts, whole }: (typeof sides)[number]) => {
        const rows: number[] = [];
        for (const part of parts) rows.push(...(await read(readableMath(part.trim()))));
        return { sentences: Float32Array.from(rows), whole };
      };
      const tie = sentenceTie(await read1(ours), await read1(theirs));
      if (tie === null) return null;
      const cosine = dot(ours.whole, theirs.whole);
      const dropOf = async (side: (typeof sides)[number], at: number, other: ArrayLike<number>) => {
        const abstract = side.parts.filter((_, place) => place !== at).join('');
        return cosine - dot(await read(embeddedText({ title: side.title, abstract })), other);
      };
      const drops = async (at: number, otherAt: number): Promise<Deletion> => ({
        cosine,
        drop: ((await dropOf(ours, at, theirs.whole)) + (await dropOf(theirs, otherAt, ours.whole))) / 2,
        cut: 1,
      });
      const another = (side: (typeof sides)[number], shown: number) =>
        (shown + 1 + below(side.parts.length - 1, random)) % side.parts.length;
      return {
        shown: await drops(tie.left, tie.right),
        random: await drops(another(ours, tie.left), another(theirs, tie.right)),
      };
    },
  };
}

function below(limit: number, random: Random): number {
  return Math.floor(random.unit() * limit);
}

function keysOf(ties: readonly { word: string }[]): Set<string> {
  return new Set(ties.map(({ word }) => wordKey(word) ?? ''));
}

/** Each once. */
function wordsOf({ text, tokens: { starts, ends } }: TokenText): string[] {
  const words = [...starts].map((start, at) => (start < 0 ? null : wordKey(text.slice(start, ends[at]))));
  return [...new Set(words)].filter((word) => word !== null);
}

function highest(words: string[], score: (word: string) => number): Set<string> {
  const scored = words.map((word) => ({ word, score: score(word) })).sort((a, b) => b.score - a.score);
  return new Set(scored.slice(0, mostWords).map(({ word }) => word));
}

function cutWords(
  { text, tokens: { starts, ends } }: TokenText,
  words: Set<string> = new Set(),
): { text: string; cut: number } {
  const kept: string[] = [];
  let at = 0;
  let cut = 0;
  starts.forEach((start, token) => {
    const end = ends[token] ?? 0;
    if (start < at || !words.has(wordKey(text.slice(start, end)) ?? '')) return;
    kept.push(text.slice(at, start));
    at = end;
    cut += 1;
  });
  return { text: [...kept, text.slice(at)].join(''), cut };
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
    const times = all.get(text)?.get(word) ?? 0;
    if (times === 0) return 0;
    return (1 + Math.log(times)) * (Math.log((1 + texts.length) / (1 + (documents.get(word) ?? 0))) + 1);
  };
}
