import type { BrowserContext } from 'playwright';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './counting-server';
import { addPapers, waitForFinishedMap, timeoutMs, pollMs, seedVectors } from './library';
import type { BenchOptions } from './options';
import { quantile, reportResult, reportProgress } from './output';
import { chosenPapers } from './papers';
import { builtApp } from './site';

/** Words that occur in half, in a few and in hardly any of the papers, fields, and a topic. */
const queries = [
  'learning',
  'robot',
  'deep reinforcement learning for robots',
  'a survey of graph neural networks',
  'is:unread learning to rank',
  'topic:robot grasping objects',
];
/** Between keys, as when typing fast. */
const delayMs = 150;
/** After a start, and after the last key. */
const idleMs = 4000;
/** Longer tasks delay the response to input noticeably (RAIL, and the Long Tasks API). */
const longTaskMs = 50;

/** One key in the search field. */
interface Key {
  /** From the key to the first change of the list: the keyword results. Null when the list did not change. */
  firstMs: number | null;
  /** To the last change before the next key: the final hybrid results. */
  lastMs: number | null;
}

/** Types into the app with list, topics and map: the time until the list changes, and the long tasks of the page. */
export async function typingBench(options: BenchOptions): Promise<void> {
  const added = options.papers === undefined ? null : chosenPapers(options, 'corpus');
  const server = await serveCounted(await builtApp('typing', 'store'));
  try {
    await withBrowser(async (browser) => {
      const storePage = await openPage(browser, `${server.url}store.html`);
      if (added !== null) await seedVectors(storePage, added);
      const page = await browser.newPage();
      page.setDefaultTimeout(timeoutMs);
      await page.goto(server.url);
      let papers = await waitForFinishedMap(storePage);
      if (added !== null) {
        await addPapers(page, added);
        papers = await waitForFinishedMap(storePage, papers);
      }
      // the index and the topics are saved some time after the map
      await page.waitForTimeout(2 * idleMs + pollMs);
      await page.close();
      await storePage.close();
      const all = [];
      for (const query of queries) all.push(await typeQuery(browser, server.url, query));
      const keys = all.flatMap((each) => each.keys);
      const tasks = all.flatMap((each) => each.tasksMs);
      reportResult({
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
    await server.stop();
  }
}

/** In a new page of a warm browser. */
async function typeQuery(
  browser: BrowserContext,
  url: string,
  query: string,
): Promise<{ keys: Key[]; tasksMs: number[] }> {
  reportProgress(`Typing “${query}”.`);
  const page = await browser.newPage();
  page.setDefaultTimeout(timeoutMs);
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'map');
  await page.waitForTimeout(idleMs);
  const recording = await page.evaluateHandle((longTaskMs) => {
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
      for (const { duration } of entries.getEntries()) if (duration > longTaskMs) tasksMs.push(duration);
    }).observe({ type: 'longtask' });
    return { keys, tasksMs };
  }, longTaskMs);
  await page.getByRole('searchbox', { name: 'Search papers' }).focus();
  await page.keyboard.type(query, { delay: delayMs });
  await page.waitForTimeout(idleMs);
  const { keys, tasksMs } = await recording.jsonValue();
  await page.close();
  return { keys, tasksMs };
}

function quantiles(name: string, keys: readonly Key[], timeOf: (key: Key) => number | null) {
  const times = keys.flatMap((key) => timeOf(key) ?? []);
  return { [`${name}P50Ms`]: quantile(times, 0.5), [`${name}P95Ms`]: quantile(times, 0.95) };
}
