/** What is known of a paper that a search has found. */
export interface Evidence {
  /** Its place among those found, from 0. */
  rank: number;
  /** 0 to 1: the joined score, or of words alone its share of the best paper's. */
  score: number;
  /** The highest cosine of any paper with the query; NaN while there is none. */
  topCosine: number;
  /** How many of its nearest papers are among the first ones found, 0 to 1. */
  company: number;
  /** Lexical score over what a paper about these words and nothing else would have, 0 to 1. */
  share: number;
}

/** A logistic regression on evidence (the idea of Relevance Filtering for Embedding-based Retrieval, 2024). */
interface Calibration {
  bias: number;
  logRank: number;
  score: number;
  topCosine: number;
  company: number;
  share: number;
  /** From this probability on a paper is a result: where F1 is highest. */
  cutOff: number;
}

/** Both were printed by `npm run bench -- search --beir ../shared/bench/cranfield --calibrate 5`. */
const byMeaning: Calibration = {
  bias: -3.7137,
  logRank: -0.4575,
  score: 2.2039,
  topCosine: 0.8156,
  company: 2.4547,
  share: 0,
  cutOff: 0.13,
};
const byWords: Calibration = {
  bias: -1.7315,
  logRank: -0.6666,
  score: 0.9235,
  topCosine: 0,
  company: 0,
  share: 2.4717,
  cutOff: 0.14,
};

/** Below it no paper is near enough to the query to answer it: a question of another field hardly reaches it. */
export const leastCosine = 0.26;

/** Papers further down were not learned from. */
export const calibratedDepth = 60;

/** Company is counted among so many of the first. */
export const foremost = 10;

/** How likely the paper is relevant, 0 to 1. */
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

function probability({ rank, score, topCosine, company, share }: Evidence, model: Calibration): number {
  const logit =
    model.bias +
    model.logRank * Math.log1p(rank) +
    model.score * score +
    model.topCosine * (Number.isNaN(topCosine) ? 0 : topCosine) +
    model.company * company +
    model.share * share;
  return 1 / (1 + Math.exp(-logit));
}
