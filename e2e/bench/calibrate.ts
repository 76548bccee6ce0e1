import type { Page } from 'playwright';
import { calibratedDepth } from '../../src/core/search/ranking/relevance';
import type { Collection } from './beir';
import { fitLogistic, type Example } from './logistic-regression';
import { report, say } from './output';
import { f1 } from './retrieval-measures';

interface Candidate extends Example {
  row: number;
}

interface Question {
  judged: Collection['queries'][number]['judged'];
  /** Best first. */
  candidates: Candidate[];
}

/** Each kind of evidence, in the order of the coefficients; see relevance.ts. */
const evidence = {
  hybrid: ['logRank', 'score', 'topCosine', 'company'],
  lexical: ['logRank', 'score', 'share'],
} as const;

const thresholds = Array.from({ length: 50 }, (_, at) => 0.02 + at * 0.01);
const mostResults = 30;

/**
 * Fits the relevance cut-off of relevance.ts on a collection, and judges by cross-validation the F1 of what would be
 * shown, beside that of the best fixed number of results. Prints the coefficients fitted on all questions.
 */
export async function calibrate(page: Page, { queries }: Collection, folds: number): Promise<void> {
  for (const how of ['hybrid', 'lexical'] as const) {
    say(`Asking ${queries.length} questions: ${how}.`);
    const questions: Question[] = [];
    for (const { text, judged } of queries) {
      const found = await page.evaluate(({ text, how }) => window.searching.evidence(text, how), {
        text,
        how,
      });
      const best = found.scores[0] ?? 0;
      const topCosine = Math.max(...found.cosines);
      const candidates = found.rows.slice(0, calibratedDepth).map((row, rank): Candidate => {
        const score = (found.scores[rank] ?? 0) / (how === 'lexical' && best > 0 ? best : 1);
        const values: Record<string, number> = {
          logRank: Math.log1p(rank),
          score,
          topCosine,
          company: found.companies[rank] ?? 0,
          share: found.shares[rank] ?? 0,
        };
        return { row, isPositive: judged.has(row), values: evidence[how].map((name) => values[name] ?? 0) };
      });
      questions.push({ judged, candidates });
    }
    tell(how, questions, folds);
  }
}

function tell(how: keyof typeof evidence, questions: readonly Question[], folds: number): void {
  const scores: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const known = questions.filter((_, at) => at % folds !== fold);
    const { probability, cutOff } = fit(known);
    for (const question of questions.filter((_, at) => at % folds === fold)) {
      scores.push(f1(shown(question, probability, cutOff), question.judged));
    }
  }
  const fixed = Array.from({ length: mostResults }, (_, at) =>
    meanOf(questions, ({ candidates, judged }) =>
      f1(
        candidates.slice(0, at + 1).map(({ row }) => row),
        judged,
      ),
    ),
  );
  const bestFixed = Math.max(...fixed);
  const { coefficients, cutOff } = fit(questions);
  const [bias = 0, ...weights] = coefficients;
  report({
    bench: 'search',
    system: `cut-off-${how}`,
    folds,
    f1: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    bestFixedF1: bestFixed,
    bestFixedResults: fixed.indexOf(bestFixed) + 1,
    bias,
    ...Object.fromEntries(evidence[how].map((name, at) => [name, weights[at] ?? 0])),
    cutOff,
  });
}

/** The coefficients, and the probability from which on F1 is highest on the same questions. */
function fit(questions: readonly Question[]) {
  const { coefficients, probability } = fitLogistic(questions.flatMap(({ candidates }) => candidates));
  const scores = thresholds.map((cutOff) =>
    meanOf(questions, (question) => f1(shown(question, probability, cutOff), question.judged)),
  );
  return { coefficients, probability, cutOff: thresholds[scores.indexOf(Math.max(...scores))] ?? 0 };
}

function shown(
  { candidates }: Question,
  probability: (values: readonly number[]) => number,
  cutOff: number,
): number[] {
  return candidates.filter(({ values }) => probability(values) >= cutOff).map(({ row }) => row);
}

function meanOf(questions: readonly Question[], measure: (question: Question) => number): number {
  return questions.reduce((sum, question) => sum + measure(question), 0) / questions.length;
}
