import type { BrowserContext } from 'playwright';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './front';
import { addPapers, chartedPapers, patienceMs, pollMs, seedVectors } from './library';
import type { BenchOptions } from './options';
import { quantile, report, say } from './output';
import { chosenPapers } from './papers';
import { builtApp } from './site';

/** Words that a half, a few and hardly any of the papers hold, fields, and a topic. */
const queries = [
  'learning',
  'robot',
  'deep reinforcement learning for robots',
  'a survey of graph neural networks',
  'is:unread learning to rank',
  'topic:robot grasping objects',
];
/** Between keys, as of one who types fast. */
const delayMs = 150;
/** After a start, and after the last key. */
const restMs = 4000;
/** What a page may take at most without being felt (RAIL, and the Long Tasks API). */
const longMs = 50;

/** One key in the search field. */
interface Key {
  /** From the key to the first change of the list: what was found by words. Null where it changed nothing. */
  firstMs: number | null;
  /** To the last change before the next key: by meaning too, all rows as they will be. */
  lastMs: number | null;
}

/** Types into the app itself, with list, topics and map: how long until the list has changed, and how long the page was busy at a time. */
export async function typingBench(options: BenchOptions): Promise<void> {
  const added = options.papers === undefined ? null : chosenPapers(options, 'corpus');
  const front = await serveCounted(await builtApp('typing', 'store'));
  try {
    await withBrowser(async (browser) => {
      const storePage = await openPage(browser, `${front.url}store.html`);
      if (added !== null) await seedVectors(storePage, added);
      const page = await browser.newPage();
      page.setDefaultTimeout(patienceMs);
      await page.goto(front.url);
      let papers = await chartedPapers(storePage);
      if (added !== null) {
        await addPapers(page, added);
        papers = await chartedPapers(storePage, papers);
      }
      // the index and the topics are kept a while after the map is
      await page.waitForTimeout(2 * restMs + pollMs);
      await page.close();
      await storePage.close();
      const all = [];
      for (const query of queries) all.push(await typed(browser, front.url, query));
      const keys = all.flatMap((each) => each.keys);
      const tasks = all.flatMap((each) => each.tasksMs);
      report({
        bench: 'typing',
        papers,
        keys: keys.length,
        ...quantiles('first', keys, ({ firstMs }) => firstMs),
        ...quantiles('last', keys, ({ lastMs }) => lastMs),
        longTasks: tasks.length,
        longestMs: Math.max(0, ...tasks),
      });
    });
  } finally {
    await front.stop();
  }
}

/** In a page of its own, of which nothing is warm but the browser. */
async function typed(
  browser: BrowserContext,
  url: string,
  query: string,
): Promise<{ keys: Key[]; tasksMs: number[] }> {
  say(`Typing “${query}”.`);
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'map');
  await page.waitForTimeout(restMs);
  const watch = await page.evaluateHandle((longMs) => {
    const keys: (Key & { at: number })[] = [];
    const tasksMs: number[] = [];
    const list = document.querySelector('section[aria-label="Papers"]');
    const field = document.querySelector('input[type=search]');
    if (list === null || field === null) throw new Error('expected a list and a search field');
    field.addEventListener('input', () => keys.push({ at: performance.now(), firstMs: null, lastMs: null }));
    new MutationObserver(() => {
      const key = keys.at(-1);
      if (key === undefined) return;
      key.lastMs = performance.now() - key.at;
      key.firstMs ??= key.lastMs;
    }).observe(list, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) if (duration > longMs) tasksMs.push(duration);
    }).observe({ type: 'longtask' });
    return { keys, tasksMs };
  }, longMs);
  await page.getByRole('searchbox', { name: 'Search papers' }).focus();
  await page.keyboard.type(query, { delay: delayMs });
  await page.waitForTimeout(restMs);
  const { keys, tasksMs } = await watch.jsonValue();
  await page.close();
  return { keys, tasksMs };
}

function quantiles(name: string, keys: readonly Key[], timeOf: (key: Key) => number | null) {
  const times = keys.flatMap((key) => timeOf(key) ?? []);
  return { [`${name}P50Ms`]: quantile(times, 0.5), [`${name}P95Ms`]: quantile(times, 0.95) };
}
