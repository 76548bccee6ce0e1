import type { Page } from 'playwright';
import { calibratedDepth } from '../../src/core/search/ranking/relevance';
import type { Collection, Judgements } from './beir';
import { fitLogistic, type Example } from './logistic-regression';
import { reportResult, reportProgress } from './output';
import { f1 } from './retrieval-measures';

interface Candidate extends Example {
  row: number;
}

interface RankedQuery {
  judgements: Judgements;
  /** Best first. */
  candidates: Candidate[];
}

/** The features of each method, in the order of the coefficients; see relevance.ts. */
const features = {
  hybrid: ['logRank', 'score', 'topCosine', 'neighbourOverlap'],
  lexical: ['logRank', 'score', 'share'],
} as const;

const thresholds = Array.from({ length: 50 }, (_, at) => 0.02 + at * 0.01);
const maxFixedResults = 30;

/**
 * Fits the relevance cut-off of relevance.ts on a collection and measures the F1 of the results by cross-validation,
 * beside that of the best fixed number of results. Prints the coefficients fitted on all queries.
 */
export async function calibrate(page: Page, { queries }: Collection, folds: number): Promise<void> {
  for (const method of ['hybrid', 'lexical'] as const) {
    reportProgress(`Searching for ${queries.length} queries: ${method}.`);
    const rankedQueries: RankedQuery[] = [];
    for (const { text, judgements } of queries) {
      const evidence = await page.evaluate(({ text, method }) => window.searching.evidence(text, method), {
        text,
        method,
      });
      const best = evidence.scores[0] ?? 0;
      const topCosine = Math.max(...evidence.cosines);
      const candidates = evidence.rows.slice(0, calibratedDepth).map((row, rank): Candidate => {
        const score = (evidence.scores[rank] ?? 0) / (method === 'lexical' && best > 0 ? best : 1);
        const values: Record<string, number> = {
          logRank: Math.log1p(rank),
          score,
          topCosine,
          neighbourOverlap: evidence.neighbourOverlaps[rank] ?? 0,
          share: evidence.shares[rank] ?? 0,
        };
        return {
          row,
          isPositive: judgements.has(row),
          values: features[method].map((name) => values[name] ?? 0),
        };
      });
      rankedQueries.push({ judgements, candidates });
    }
    reportCutOff(method, rankedQueries, folds);
  }
}

function reportCutOff(
  method: keyof typeof features,
  rankedQueries: readonly RankedQuery[],
  folds: number,
): void {
  const scores: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const training = rankedQueries.filter((_, at) => at % folds !== fold);
    const { probability, cutOff } = fit(training);
    for (const rankedQuery of rankedQueries.filter((_, at) => at % folds === fold)) {
      scores.push(f1(resultsOf(rankedQuery, probability, cutOff), rankedQuery.judgements));
    }
  }
  const fixed = Array.from({ length: maxFixedResults }, (_, at) =>
    meanOf(rankedQueries, ({ candidates, judgements }) =>
      f1(
        candidates.slice(0, at + 1).map(({ row }) => row),
        judgements,
      ),
    ),
  );
  const bestFixed = Math.max(...fixed);
  const { coefficients, cutOff } = fit(rankedQueries);
  const [bias = 0, ...weights] = coefficients;
  reportResult({
    bench: 'search',
    system: `cut-off-${method}`,
    folds,
    f1: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    bestFixedF1: bestFixed,
    bestFixedResults: fixed.indexOf(bestFixed) + 1,
    bias,
    ...Object.fromEntries(features[method].map((name, at) => [name, weights[at] ?? 0])),
    cutOff,
  });
}

/** The coefficients, and the probability threshold with the highest F1 on the same queries. */
function fit(rankedQueries: readonly RankedQuery[]) {
  const { coefficients, probability } = fitLogistic(rankedQueries.flatMap(({ candidates }) => candidates));
  const scores = thresholds.map((cutOff) =>
    meanOf(rankedQueries, (rankedQuery) =>
      f1(resultsOf(rankedQuery, probability, cutOff), rankedQuery.judgements),
    ),
  );
  return { coefficients, probability, cutOff: thresholds[scores.indexOf(Math.max(...scores))] ?? 0 };
}

function resultsOf(
  { candidates }: RankedQuery,
  probability: (values: readonly number[]) => number,
  cutOff: number,
): number[] {
  return candidates.filter(({ values }) => probability(values) >= cutOff).map(({ row }) => row);
}

function meanOf(
  rankedQueries: readonly RankedQuery[],
  measure: (rankedQuery: RankedQuery) => number,
): number {
  return rankedQueries.reduce((sum, rankedQuery) => sum + measure(rankedQuery), 0) / rankedQueries.length;
}
