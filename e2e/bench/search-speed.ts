import type { Page } from 'playwright';
import { createRandom } from '../../src/core/random';
import { quantile, report, say } from './output';
import type { BenchPapers } from './papers';

/** Of the first, each key is a search by words. */
const titles = { all: 300, typed: 60 };
const wordsOfTitle = 6;
/** A key more often than this is no typing. */
const shortestStart = 2;

/**
 * How fast it answers while beginnings of titles are typed: each key a search by words, and after the last one a search
 * by words and meaning, from the text to the rows on the page. MiniSearch answers the same keys.
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
    return title.split(' ').slice(0, wordsOfTitle).join(' ');
  });
  const keys = texts
    .slice(0, titles.typed)
    .flatMap((text) =>
      Array.from({ length: Math.max(0, text.length - shortestStart + 1) }, (_, at) =>
        text.slice(0, at + shortestStart),
      ),
    );
  say(`Typing ${titles.typed} titles, ${keys.length} keys, and seeking ${texts.length}.`);
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
  report({
    ...shared,
    system: 'lexical',
    ...quantiles(lexical),
    buildSeconds,
    restoreSeconds,
    indexMB: bytes / 1e6,
  });
  report({ ...shared, system: 'hybrid', ...quantiles(hybrid) });

  await peer.bringToFront();
  const built = await peer.evaluate(
    (all) => window.miniSearch.take(all),
    papers.map(({ title, abstract }) => ({ title, abstract })),
  );
  const theirs = [];
  for (const text of keys) {
    theirs.push((await peer.evaluate((query) => window.miniSearch.search(query), text)).ms);
  }
  report({ ...shared, system: 'minisearch-defaults', ...quantiles(theirs), ...built });
}

function quantiles(times: readonly number[]) {
  return { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
}
