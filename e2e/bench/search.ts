import type { Page } from 'playwright';
import { readCollection, type Collection, type Judgements } from './beir';
import { openPage, withBrowser } from './browser';
import { calibrate } from './calibrate';
import { serveCounted } from './counting-server';
import { UsageError, type BenchOptions } from './options';
import { quantile, reportResult, reportProgress } from './output';
import { packFloats } from './packed';
import { chosenPapers, type BenchPapers } from './papers';
import { ndcg, recall, reciprocalRank } from './retrieval-measures';
import { measureSpeed } from './search-speed';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

const ourSystems = ['lexical', 'semantic', 'hybrid'] as const;

/** The retrieval quality of our search and of MiniSearch with its defaults on a test collection; without one, their speed. */
export async function searchBench(options: BenchOptions): Promise<void> {
  if (options.beir !== undefined && options.papers !== undefined) {
    throw new UsageError('--beir has its own papers: leave --papers out.');
  }
  const collection = options.beir === undefined ? null : readCollection(options.beir);
  const chosen = collection === null ? chosenPapers(options, 'scale') : papersOf(collection);
  const server = await serveCounted(await builtPages('search', 'search', 'minisearch'));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${server.url}search.html`);
      const peer = await openPage(browser, `${server.url}minisearch.html`);
      const built = await load(page, chosen);
      if (collection === null) return measureSpeed(page, peer, chosen, built);
      if (options.calibrate !== undefined) return calibrate(page, collection, options.calibrate);
      await measureQuality(page, peer, collection);
    });
  } finally {
    await server.stop();
  }
}

function papersOf({ papers }: Collection): BenchPapers {
  return { isCorpus: false, papers, rows: papers.length, vectorsFile: null, jsonl: null };
}

async function load(page: Page, chosen: BenchPapers): Promise<{ buildSeconds: number }> {
  await page.bringToFront();
  const vectors = await vectorsOf(chosen, page);
  const built = await page.evaluate((papers) => window.searching.setPapers(papers), chosen.papers);
  reportProgress('Finding neighbours.');
  await page.evaluate((packed) => window.searching.setVectors(packed), packFloats(vectors));
  return built;
}

async function measureQuality(page: Page, peer: Page, { papers, queries }: Collection): Promise<void> {
  for (const system of ourSystems) {
    reportProgress(`Searching for ${queries.length} queries: ${system}.`);
    await page.bringToFront();
    const answers = [];
    for (const { text } of queries) {
      answers.push(
        await page.evaluate(({ text, method }) => window.searching.search(text, method), {
          text,
          method: system,
        }),
      );
    }
    reportQuality(system, queries, answers);
  }
  reportProgress('Searching with MiniSearch.');
  await peer.bringToFront();
  const texts = papers.map(({ title, abstract }) => ({ title, abstract }));
  await peer.evaluate((all) => window.miniSearch.setTexts(all), texts);
  const answers = [];
  for (const { text } of queries) {
    answers.push(await peer.evaluate((query) => window.miniSearch.search(query), text));
  }
  reportQuality('minisearch-defaults', queries, answers);
}

function reportQuality(
  system: string,
  queries: Collection['queries'],
  answers: readonly { rows: number[]; ms: number }[],
): void {
  const mean = (measure: (rows: number[], judgements: Judgements) => number) =>
    queries.reduce((sum, { judgements }, at) => sum + measure(answers[at]?.rows ?? [], judgements), 0) /
    queries.length;
  const times = answers.map(({ ms }) => ms);
  reportResult({
    bench: 'search',
    system,
    ndcg10: mean((rows, judgements) => ndcg(rows, judgements, 10)),
    mrr10: mean((rows, judgements) => reciprocalRank(rows, judgements, 10)),
    recall100: mean((rows, judgements) => recall(rows, judgements, 100)),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  });
}
