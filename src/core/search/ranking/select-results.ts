import { bestFirst, topScoreThreshold } from './best-first';
import type { LexicalScores } from '../index/bm25f';
import { neighbourOverlap, type NearNeighbours } from './near-neighbours';
import { calibratedDepth, isRelevant, minCosine, overlapDepth } from './relevance';

/** How many papers that are not results are listed after them. */
const maxLowerRanked = 200;

/** The scores of all papers, by slot. */
export interface ScoredPapers {
  /** `words`: by words alone. `combined`: by meaning too, or by example. */
  kind: 'words' | 'combined';
  /** 0 to 1. */
  scores: Float32Array;
  lexical: LexicalScores;
  cosines: Float32Array;
  /** Words of the query, the highest that `lexical.matchedCounts` can be. */
  wordCount: number;
  /** The scores only order the papers, as when all examples are unlike ones: every paper is a result. */
  isOrderOnly: boolean;
}

/**
 * The papers to list: `resultCount` results, then the lower-ranked, each best first. Only papers that pass the phrase
 * filter, if there is one, can be results.
 */
export function selectResults(
  scored: ScoredPapers,
  isIn: (slot: number) => boolean,
  phrases: Uint8Array | null,
  neighbours: NearNeighbours | null,
): { slots: Int32Array<ArrayBuffer>; resultCount: number } {
  if (scored.isOrderOnly) {
    const all = bestFirst(scored.scores, isIn);
    return { slots: all, resultCount: all.length };
  }
  const listable = topCandidates(scored, isIn);
  const candidates =
    phrases === null ? listable : topCandidates(scored, (slot) => phrases[slot] === 1 && isIn(slot));
  const results = candidates.filter(resultTest(scored, candidates, neighbours));
  const isResult = new Set(results);
  const lowerRanked = listable.filter((slot) => !isResult.has(slot)).subarray(0, maxLowerRanked);
  return { slots: Int32Array.from([...results, ...lowerRanked]), resultCount: results.length };
}

/** Best first. Sorts only papers that can be listed: to sort all of 20,000 takes a fifth of a search. */
function topCandidates(scored: ScoredPapers, isIn: (slot: number) => boolean): Int32Array {
  const { scores } = scored;
  const isCandidate = (slot: number) => isIn(slot) && isMatch(scored, slot);
  const isUncertain = (slot: number) => isCandidate(slot) && !hasAllWords(scored, slot);
  const threshold = topScoreThreshold(scores, isUncertain, maxLowerRanked + calibratedDepth);
  return bestFirst(
    scores,
    (slot) => ((scores[slot] ?? 0) >= threshold || hasAllWords(scored, slot)) && isCandidate(slot),
  );
}

/** When ranked by words alone, only papers with one of them match; else every paper has some similarity. */
function isMatch({ kind, lexical }: ScoredPapers, slot: number): boolean {
  return kind === 'combined' || (lexical.matchedCounts[slot] ?? 0) > 0;
}

function hasAllWords({ lexical, wordCount }: ScoredPapers, slot: number): boolean {
  return wordCount > 0 && lexical.matchedCounts[slot] === wordCount;
}

/**
 * Results are all papers with every word, as whoever types words expects, and those that the calibration takes for
 * relevant; only the former when no paper is similar enough to answer the query.
 */
function resultTest(
  scored: ScoredPapers,
  candidates: Int32Array,
  neighbours: NearNeighbours | null,
): (slot: number, rank: number) => boolean {
  const { kind, scores, lexical, cosines } = scored;
  const topCosine = kind === 'words' ? NaN : highestCosine(cosines);
  const isAnswered = !(topCosine < minCosine);
  const best = scores[candidates[0] ?? 0] ?? 0;
  const top = new Set(candidates.subarray(0, overlapDepth));
  return (slot, rank) => {
    if (hasAllWords(scored, slot)) return true;
    if (!isAnswered || rank >= calibratedDepth) return false;
    const score = scores[slot] ?? 0;
    return isRelevant({
      rank,
      score: kind === 'words' && best > 0 ? score / best : score,
      topCosine,
      neighbourOverlap: neighbours === null ? 0 : neighbourOverlap(neighbours, slot, top),
      share: lexical.ideal > 0 ? (lexical.scores[slot] ?? 0) / lexical.ideal : 0,
    });
  };
}

/** NaN when all are. */
export function highestCosine(cosines: Float32Array): number {
  let highest = NaN;
  for (const cosine of cosines) if (!(cosine <= highest) && !Number.isNaN(cosine)) highest = cosine;
  return highest;
}
