/** What the relevance of a candidate is judged by. */
export interface Evidence {
  /** Among the candidates, from 0. */
  rank: number;
  /** 0 to 1: the fused score; in a search by words alone the score over that of the best paper. */
  score: number;
  /** The highest cosine of any paper with the query; NaN while there is none. */
  topCosine: number;
  /** The share of its nearest neighbours that are among the top candidates, 0 to 1. */
  neighbourOverlap: number;
  /** Lexical score over its upper bound, 0 to 1. */
  share: number;
}

/**
 * Coefficients of a logistic regression on evidence (after Relevance Filtering for Embedding-based Retrieval, 2024).
 */
interface Calibration {
  bias: number;
  logRank: number;
  score: number;
  topCosine: number;
  neighbourOverlap: number;
  share: number;
  /** From this probability on a paper is a result. Chosen for the highest F1. */
  cutOff: number;
}

/** Both were printed by `npm run bench -- search --beir ../shared/bench/cranfield --calibrate 5`. */
const byMeaning: Calibration = {
  bias: -3.7137,
  logRank: -0.4575,
  score: 2.2039,
  topCosine: 0.8156,
  neighbourOverlap: 2.4547,
  share: 0,
  cutOff: 0.13,
};
const byWords: Calibration = {
  bias: -1.7315,
  logRank: -0.6666,
  score: 0.9235,
  topCosine: 0,
  neighbourOverlap: 0,
  share: 2.4717,
  cutOff: 0.14,
};

/** When the highest cosine is below it, no paper answers the query: questions of other fields hardly reach it. */
export const minCosine = 0.26;

/** The calibration was fitted on ranks above this one. */
export const calibratedDepth = 60;

/** How many top candidates the neighbour overlap is counted in. */
export const overlapDepth = 10;

/** Probability that the paper is relevant, 0 to 1. */
export function relevanceOf(evidence: Evidence): number {
  return probability(evidence, calibrationFor(evidence));
}

export function isRelevant(evidence: Evidence): boolean {
  const calibration = calibrationFor(evidence);
  return evidence.rank < calibratedDepth && probability(evidence, calibration) >= calibration.cutOff;
}

function calibrationFor({ topCosine }: Evidence): Calibration {
  return Number.isNaN(topCosine) ? byWords : byMeaning;
}

function probability(
  { rank, score, topCosine, neighbourOverlap, share }: Evidence,
  model: Calibration,
): number {
  const logit =
    model.bias +
    model.logRank * Math.log1p(rank) +
    model.score * score +
    model.topCosine * (Number.isNaN(topCosine) ? 0 : topCosine) +
    model.neighbourOverlap * neighbourOverlap +
    model.share * share;
  return 1 / (1 + Math.exp(-logit));
}
