import type { Page } from 'playwright';
import { readCollection, type Collection } from './beir';
import { openPage, withBrowser } from './browser';
import { calibrate } from './calibrate';
import { serveCounted } from './front';
import { UsageError, type BenchOptions } from './options';
import { quantile, report, say } from './output';
import { packFloats } from './packed';
import { chosenPapers, type BenchPapers } from './papers';
import { ndcg, recall, reciprocalRank } from './retrieval-measures';
import { measureSpeed } from './search-speed';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

const ours = ['lexical', 'semantic', 'hybrid'] as const;

/** Of a test collection how well papers are found, by our search and by MiniSearch as it comes; else how fast. */
export async function searchBench(options: BenchOptions): Promise<void> {
  if (options.beir !== undefined && options.papers !== undefined) {
    throw new UsageError('--beir has its own papers: leave --papers out.');
  }
  const collection = options.beir === undefined ? null : readCollection(options.beir);
  const chosen = collection === null ? chosenPapers(options, 'scale') : papersOf(collection);
  const front = await serveCounted(await builtPages('search', 'search', 'minisearch'));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${front.url}search.html`);
      const peer = await openPage(browser, `${front.url}minisearch.html`);
      const built = await load(page, chosen);
      if (collection === null) return measureSpeed(page, peer, chosen, built);
      if (options.calibrate !== undefined) return calibrate(page, collection, options.calibrate);
      await measureQuality(page, peer, collection);
    });
  } finally {
    await front.stop();
  }
}

function papersOf({ papers }: Collection): BenchPapers {
  return { isCorpus: false, papers, rows: papers.length, vectorsFile: null, jsonl: null };
}

async function load(page: Page, chosen: BenchPapers): Promise<{ buildSeconds: number }> {
  await page.bringToFront();
  const vectors = await vectorsOf(chosen, page);
  const built = await page.evaluate((papers) => window.searching.take(papers), chosen.papers);
  say('Finding neighbours.');
  await page.evaluate((packed) => window.searching.teach(packed), packFloats(vectors));
  return built;
}

async function measureQuality(page: Page, peer: Page, { papers, queries }: Collection): Promise<void> {
  for (const system of ours) {
    say(`Asking ${queries.length} questions: ${system}.`);
    await page.bringToFront();
    const answers = [];
    for (const { text } of queries) {
      answers.push(
        await page.evaluate(({ text, how }) => window.searching.search(text, how), { text, how: system }),
      );
    }
    tell(system, queries, answers);
  }
  say('Asking MiniSearch as it comes.');
  await peer.bringToFront();
  const texts = papers.map(({ title, abstract }) => ({ title, abstract }));
  await peer.evaluate((all) => window.miniSearch.take(all), texts);
  const answers = [];
  for (const { text } of queries) {
    answers.push(await peer.evaluate((query) => window.miniSearch.search(query), text));
  }
  tell('minisearch-defaults', queries, answers);
}

function tell(
  system: string,
  queries: Collection['queries'],
  answers: readonly { rows: number[]; ms: number }[],
): void {
  const mean = (measure: (rows: number[], judged: Collection['queries'][number]['judged']) => number) =>
    queries.reduce((sum, { judged }, at) => sum + measure(answers[at]?.rows ?? [], judged), 0) /
    queries.length;
  const times = answers.map(({ ms }) => ms);
  report({
    bench: 'search',
    system,
    ndcg10: mean((rows, judged) => ndcg(rows, judged, 10)),
    mrr10: mean((rows, judged) => reciprocalRank(rows, judged, 10)),
    recall100: mean((rows, judged) => recall(rows, judged, 100)),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  });
}
