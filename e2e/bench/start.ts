import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { stages } from '../pages/atlas-page';
import { openPage, withBrowser } from './browser';
import { cacheFolder } from './folders';
import { serveCounted, type Front } from './front';
import type { BenchOptions } from './options';
import { median, report, say } from './output';
import { packFloats } from './packed';
import { chosenPapers, type BenchPapers } from './papers';
import { builtApp } from './site';
import { fileVectors } from './vectors';

const warmStarts = 5;
const pollMs = 2000;
const rowsAPut = 4096;
/** Half an hour of embedding is usual for a large file; what takes longer than this will never end. */
const patienceMs = 7_200_000;

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

async function seedVectors(storePage: Page, added: BenchPapers): Promise<void> {
  const vectors = fileVectors(added);
  if (vectors === null) return;
  const dim = vectors.length / added.papers.length;
  for (let row = 0; row < added.papers.length; row += rowsAPut) {
    const hashes = added.papers.slice(row, row + rowsAPut).map(({ textHash }) => textHash);
    const packed = packFloats(vectors.subarray(row * dim, (row + hashes.length) * dim));
    await storePage.evaluate(({ hashes, packed }) => window.store.putVectors(hashes, packed), {
      hashes,
      packed,
    });
  }
}

async function addPapers(page: Page, { jsonl, papers }: BenchPapers): Promise<void> {
  say(`Adding ${papers.length} papers.`);
  const file = path.join(cacheFolder, 'start-papers.jsonl');
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(file, jsonl ?? '');
  await page.getByLabel('Add digest files').setInputFiles(file);
}

/** Waits until the newest finished map holds every paper of the library, and more than `known`. */
async function chartedPapers(storePage: Page, known = 0): Promise<number> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const { papers, placed } = await storePage.evaluate(() => window.store.charted());
    if (placed > known && placed === papers) return papers;
    await storePage.waitForTimeout(pollMs);
  }
  throw new Error(`expected a map of all papers within ${patienceMs / 60_000} minutes`);
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
