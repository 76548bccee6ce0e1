import { bestFirst, scoreOfBest } from './best-first';
import type { LexicalScores } from '../index/bm25f';
import { companyOf, type NearNeighbours } from './near-neighbours';
import { calibratedDepth, foremost, isRelevant, leastCosine } from './relevance';

/** So many papers that are no results are told, for whoever wants to look further. */
const mostFurther = 200;

/** What a search makes of every paper, by slot. */
export interface Scored {
  /** `words`: by words alone. `combined`: by meaning too, or by example. */
  kind: 'words' | 'combined';
  /** 0 to 1. */
  scores: Float32Array;
  lexical: LexicalScores;
  cosines: Float32Array;
  /** How many words papers may hold. */
  words: number;
  /** Nothing is looked for, as where papers are only to be unlike some: all are results, in this order. */
  isOrder: boolean;
}

/**
 * Results first, and then what is further away, each best first. Of those that may be listed only papers that hold the
 * query's phrases can be results; null when it has none.
 */
export function listed(
  scored: Scored,
  isIn: (slot: number) => boolean,
  phrases: Uint8Array | null,
  neighbours: NearNeighbours | null,
): { slots: Int32Array<ArrayBuffer>; results: number } {
  if (scored.isOrder) {
    const all = bestFirst(scored.scores, isIn);
    return { slots: all, results: all.length };
  }
  const found = foremostOf(scored, isIn);
  const candidates =
    phrases === null ? found : foremostOf(scored, (slot) => phrases[slot] === 1 && isIn(slot));
  const results = candidates.filter(resultTest(scored, candidates, neighbours));
  const isResult = new Set(results);
  const further = found.filter((slot) => !isResult.has(slot)).subarray(0, mostFurther);
  return { slots: Int32Array.from([...results, ...further]), results: results.length };
}

/** Best first. Only those that can be told are put in order: to sort all of 20,000 takes a fifth of a search. */
function foremostOf(scored: Scored, isIn: (slot: number) => boolean): Int32Array {
  const { scores } = scored;
  const isFound = (slot: number) => isIn(slot) && isMet(scored, slot);
  const isUnsure = (slot: number) => isFound(slot) && !holdsAll(scored, slot);
  const least = scoreOfBest(scores, isUnsure, mostFurther + calibratedDepth);
  return bestFirst(
    scores,
    (slot) => ((scores[slot] ?? 0) >= least || holdsAll(scored, slot)) && isFound(slot),
  );
}

/** By words alone, only papers that have one; else every paper is at some distance. */
function isMet({ kind, lexical }: Scored, slot: number): boolean {
  return kind === 'combined' || (lexical.held[slot] ?? 0) > 0;
}

function holdsAll({ lexical, words }: Scored, slot: number): boolean {
  return words > 0 && lexical.held[slot] === words;
}

/**
 * Results are all that hold every word, as whoever types words expects, and those that are relevant by evidence; none by
 * evidence when nothing is near enough to answer.
 */
function resultTest(
  scored: Scored,
  found: Int32Array,
  neighbours: NearNeighbours | null,
): (slot: number, rank: number) => boolean {
  const { kind, scores, lexical, cosines } = scored;
  const topCosine = kind === 'words' ? NaN : highest(cosines);
  const isAnswered = !(topCosine < leastCosine);
  const best = scores[found[0] ?? 0] ?? 0;
  const first = new Set(found.subarray(0, foremost));
  return (slot, rank) => {
    if (holdsAll(scored, slot)) return true;
    if (!isAnswered || rank >= calibratedDepth) return false;
    const score = scores[slot] ?? 0;
    return isRelevant({
      rank,
      score: kind === 'words' && best > 0 ? score / best : score,
      topCosine,
      company: neighbours === null ? 0 : companyOf(neighbours, slot, first),
      share: lexical.ideal > 0 ? (lexical.scores[slot] ?? 0) / lexical.ideal : 0,
    });
  };
}

/** NaN when all are. */
export function highest(cosines: Float32Array): number {
  let most = NaN;
  for (const cosine of cosines) if (!(cosine <= most) && !Number.isNaN(cosine)) most = cosine;
  return most;
}
