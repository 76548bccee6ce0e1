import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright';
import { defaultParameters } from '../../src/core/layout/umap';
import { MapView } from '../pages/map-view';
import { openPage, withBrowser } from './browser';
import { sideBySide, type LaidOut } from './copies';
import { serveCounted, type Front } from './front';
import { frameTimes } from './gestures';
import type { BenchOptions } from './options';
import { quantile, report, say } from './output';
import { packFloats, packIntegers, unpackFloats, unpackIntegers } from './packed';
import { chosenPapers } from './papers';
import { builtApp } from './site';
import { vectorsOf } from './vectors';

/** A frame that is ready sooner than the screen shows it would count as the screen's sixtieth of a second. */
const unpaced = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];
const settlingMs = 2000;
const papersAMessage = 5000;

/** The digest that the library is made of, which the site seems to ship, so that the app adds no other papers. */
const digest = { id: 'bench', name: 'Bench', file: 'bench.jsonl', sha256: '0'.repeat(64) };

/** The app itself with a finished map, while the map is dragged and zoomed: time from frame to frame, unpaced. */
export async function frameBench(options: BenchOptions): Promise<void> {
  const folder = await builtApp('frame', 'ours', 'store');
  const front = await serveCounted(folder);
  try {
    const { papers, graph, positions } = sideBySide(await laidOut(options, front), options.copies ?? 1);
    const entry = { ...digest, count: papers.length };
    await writeFile(path.join(folder, 'corpus/index.json'), JSON.stringify({ digests: [entry] }));

    await withBrowser(async (browser) => {
      say(`Putting ${papers.length} papers into the library.`);
      const storePage = await openPage(browser, `${front.url}store.html`);
      const packed = {
        indices: packIntegers(graph.indices),
        similarities: packFloats(graph.similarities),
        positions: packFloats(positions),
      };
      for (let start = 0; start < papers.length; start += papersAMessage) {
        const part = papers.slice(start, start + papersAMessage);
        await storePage.evaluate((part) => window.store.takePapers(part), part);
      }
      await storePage.evaluate(({ entry, packed }) => window.store.putAtlas(entry, packed), {
        entry,
        packed,
      });
      await storePage.close();
      await measure(browser, front, papers.length);
    }, unpaced);
  } finally {
    await front.stop();
  }
}

async function measure(browser: BrowserContext, front: Front, papers: number): Promise<void> {
  const page = await openPage(browser, front.url);
  const map = new MapView(page);
  await page.waitForFunction(
    () =>
      document.documentElement.dataset['stage'] === 'map' &&
      performance.getEntriesByName('atlas:offline-ready').length > 0,
  );
  for (const action of ['pan', 'zoom'] as const) {
    // Labels and lines come when the map has stood still for a while.
    await page.waitForTimeout(settlingMs);
    const times = await frameTimes(map.canvas, action);
    report({ bench: 'frame', papers, action, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) });
  }
}

/** In a browser of its own, of which nothing is left when frames are measured. */
async function laidOut(options: BenchOptions, front: Front): Promise<LaidOut> {
  const chosen = chosenPapers(options, 'scale');
  const ids = new Set<string>();
  const papers = chosen.papers.filter(({ id }) => !ids.has(id) && ids.add(id));
  return withBrowser(async (browser) => {
    const page = await openPage(browser, `${front.url}ours.html`);
    const vectors = await vectorsOf({ ...chosen, papers }, page);
    await page.evaluate((taken) => window.ours.take(taken), packFloats(vectors));
    say(`Laying out ${papers.length} papers.`);
    const { k } = defaultParameters(papers.length);
    const { indices, similarities } = await page.evaluate((k) => window.ours.nearest(k), k);
    const { positions } = await page.evaluate(() => window.ours.settle(1));
    return {
      papers,
      graph: {
        n: papers.length,
        k,
        indices: unpackIntegers(indices),
        similarities: unpackFloats(similarities),
      },
      positions: unpackFloats(positions),
    };
  });
}
