import type { BrowserContext, Page } from 'playwright';
import { stages } from '../pages/atlas-page';
import { openPage, withBrowser } from './browser';
import { serveCounted, type CountingServer } from './counting-server';
import { addPapers, waitForFinishedMap, timeoutMs, pollMs, seedVectors } from './library';
import type { BenchOptions } from './options';
import { median, reportResult, reportProgress } from './output';
import { chosenPapers } from './papers';
import { builtApp } from './site';

const warmStarts = 5;

interface StartTimes {
  listMs: number;
  /** NaN when no provisional map was shown. */
  provisionalMs: number;
  mapMs: number;
  transferBytes: number;
}

/**
 * Cold: with an empty profile, until the shipped papers are on the map and everything is cached for offline use. With
 * `papers`, these are then added as a reader would add them. Warm: the app opened again after its map was finished, with
 * the browser still running.
 */
export async function startBench(options: BenchOptions): Promise<void> {
  const added = options.papers === undefined ? null : chosenPapers(options, 'corpus');
  const server = await serveCounted(await builtApp('start', 'store'));
  try {
    await withBrowser(async (browser) => {
      const storePage = await openPage(browser, `${server.url}store.html`);
      if (added !== null) await seedVectors(storePage, added);

      reportProgress('Cold start: embedding the shipped papers.');
      const page = await browser.newPage();
      const cold = await measureStart(page, server);
      const shipped = await waitForFinishedMap(storePage);
      reportStarts('cold', shipped, [cold]);
      if (added !== null) await addPapers(page, added);
      const papers = added === null ? shipped : await waitForFinishedMap(storePage, shipped);
      // Work after the map, such as caching files for offline use, must not continue during the warm starts.
      await page.waitForTimeout(pollMs);
      await page.close();
      await storePage.close();

      reportStarts('warm', papers, await measureWarmStarts(browser, server));
    });
  } finally {
    await server.stop();
  }
}

async function measureWarmStarts(browser: BrowserContext, server: CountingServer): Promise<StartTimes[]> {
  const starts: StartTimes[] = [];
  for (let turn = 1; turn <= warmStarts; turn++) {
    reportProgress(`Warm start ${turn} of ${warmStarts}.`);
    const page = await browser.newPage();
    starts.push(await measureStart(page, server));
    await page.close();
  }
  return starts;
}

/** Opens the app and waits for the map and until everything is cached for offline use. */
async function measureStart(page: Page, server: CountingServer): Promise<StartTimes> {
  page.setDefaultTimeout(timeoutMs);
  page.on('pageerror', (error) => reportProgress(`page: ${error.message}`));
  const before = server.bytesSent();
  await page.goto(server.url);
  await page.waitForFunction(
    () =>
      document.documentElement.dataset['stage'] === 'map' &&
      performance.getEntriesByName('atlas:offline-ready').length > 0,
  );
  const times = await page.evaluate(
    (names) => names.map((name) => performance.getEntriesByName(name)[0]?.startTime ?? null),
    stages.map((stage) => `atlas:${stage}`),
  );
  const at = (stage: (typeof stages)[number]) => times[stages.indexOf(stage)] ?? NaN;
  return {
    listMs: at('list'),
    provisionalMs: at('map-provisional'),
    mapMs: at('map'),
    transferBytes: server.bytesSent() - before,
  };
}

function reportStarts(kind: 'cold' | 'warm', papers: number, starts: readonly StartTimes[]): void {
  const of = (name: keyof StartTimes) => median(starts.map((each) => each[name]));
  const provisionalMs = of('provisionalMs');
  reportResult({
    bench: 'start',
    kind,
    papers,
    listMs: of('listMs'),
    provisionalMs: Number.isNaN(provisionalMs) ? null : provisionalMs,
    mapMs: of('mapMs'),
    transferBytes: of('transferBytes'),
  });
}
