import type { BrowserContext, Page } from 'playwright';
import { stages } from '../pages/atlas-page';
import { openPage, withBrowser } from './browser';
import { serveCounted, type Front } from './front';
import { addPapers, chartedPapers, patienceMs, pollMs, seedVectors } from './library';
import type { BenchOptions } from './options';
import { median, report, say } from './output';
import { chosenPapers } from './papers';
import { builtApp } from './site';

const warmStarts = 5;

interface Start {
  listMs: number;
  /** NaN where no provisional map was shown. */
  provisionalMs: number;
  mapMs: number;
  transferBytes: number;
}

/**
 * Cold: an empty profile, until the shipped papers are on the map and all is kept for offline. Then, with `papers`, these
 * are added as a reader would add them. Warm: the app opened anew after its map was finished, the browser still running.
 */
export async function startBench(options: BenchOptions): Promise<void> {
  const added = options.papers === undefined ? null : chosenPapers(options, 'corpus');
  const front = await serveCounted(await builtApp('start', 'store'));
  try {
    await withBrowser(async (browser) => {
      const storePage = await openPage(browser, `${front.url}store.html`);
      if (added !== null) await seedVectors(storePage, added);

      say('Cold start: embedding the shipped papers.');
      const page = await browser.newPage();
      const cold = await start(page, front);
      const shipped = await chartedPapers(storePage);
      tell('cold', shipped, [cold]);
      if (added !== null) await addPapers(page, added);
      const papers = added === null ? shipped : await chartedPapers(storePage, shipped);
      // What comes after the map, such as keeping the files for offline, must not go on into the warm starts.
      await page.waitForTimeout(pollMs);
      await page.close();
      await storePage.close();

      tell('warm', papers, await startsAgain(browser, front));
    });
  } finally {
    await front.stop();
  }
}

async function startsAgain(browser: BrowserContext, front: Front): Promise<Start[]> {
  const starts: Start[] = [];
  for (let turn = 1; turn <= warmStarts; turn++) {
    say(`Warm start ${turn} of ${warmStarts}.`);
    const page = await browser.newPage();
    starts.push(await start(page, front));
    await page.close();
  }
  return starts;
}

/** Opens the app and waits for the map and for all that is kept for offline. */
async function start(page: Page, front: Front): Promise<Start> {
  page.setDefaultTimeout(patienceMs);
  page.on('pageerror', (error) => say(`page: ${error.message}`));
  const before = front.bytesSent();
  await page.goto(front.url);
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
    transferBytes: front.bytesSent() - before,
  };
}

function tell(kind: 'cold' | 'warm', papers: number, starts: readonly Start[]): void {
  const of = (name: keyof Start) => median(starts.map((each) => each[name]));
  const provisionalMs = of('provisionalMs');
  report({
    bench: 'start',
    kind,
    papers,
    listMs: of('listMs'),
    provisionalMs: Number.isNaN(provisionalMs) ? null : provisionalMs,
    mapMs: of('mapMs'),
    transferBytes: of('transferBytes'),
  });
}
