import type { Page } from 'playwright';
import { createRandom } from '../../src/core/random';
import { quantile, reportResult, reportProgress } from './output';
import type { BenchPapers } from './papers';

/** Every key of the first `typed` titles is a keyword search. */
const titles = { all: 300, typed: 60 };
const wordsPerTitle = 6;
/** The first keys are not searched. */
const shortestBeginning = 2;

/**
 * Response times while beginnings of titles are typed: a keyword search for each key and a hybrid search after the last
 * one, from the text to the rows on the page. MiniSearch searches for the same keys.
 */
export async function measureSpeed(
  page: Page,
  peer: Page,
  { papers }: BenchPapers,
  { buildSeconds }: { buildSeconds: number },
): Promise<void> {
  const random = createRandom(1);
  const texts = Array.from({ length: titles.all }, () => {
    const { title } = papers[Math.floor(random.unit() * papers.length)] ?? { title: '' };
    return title.split(' ').slice(0, wordsPerTitle).join(' ');
  });
  const keys = texts
    .slice(0, titles.typed)
    .flatMap((text) =>
      Array.from({ length: Math.max(0, text.length - shortestBeginning + 1) }, (_, at) =>
        text.slice(0, at + shortestBeginning),
      ),
    );
  reportProgress(`Typing ${titles.typed} titles, ${keys.length} keys, and searching for ${texts.length}.`);
  await page.bringToFront();
  const lexical = [];
  for (const text of keys) {
    lexical.push((await page.evaluate((query) => window.searching.search(query, 'lexical'), text)).ms);
  }
  const hybrid = [];
  for (const text of texts) {
    hybrid.push((await page.evaluate((query) => window.searching.search(query, 'hybrid'), text)).ms);
  }
  const { restoreSeconds, bytes } = await page.evaluate(() => window.searching.restore());
  const shared = { bench: 'search', papers: papers.length };
  reportResult({
    ...shared,
    system: 'lexical',
    ...quantiles(lexical),
    buildSeconds,
    restoreSeconds,
    indexMB: bytes / 1e6,
  });
  reportResult({ ...shared, system: 'hybrid', ...quantiles(hybrid) });

  await peer.bringToFront();
  const peerIndex = await peer.evaluate(
    (all) => window.miniSearch.setTexts(all),
    papers.map(({ title, abstract }) => ({ title, abstract })),
  );
  const peerTimes = [];
  for (const text of keys) {
    peerTimes.push((await peer.evaluate((query) => window.miniSearch.search(query), text)).ms);
  }
  reportResult({ ...shared, system: 'minisearch-defaults', ...quantiles(peerTimes), ...peerIndex });
}

function quantiles(times: readonly number[]) {
  return { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
}
