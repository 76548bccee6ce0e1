import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright';
import { defaultParameters } from '../../src/core/layout/umap';
import { MapView } from '../pages/map-view';
import { openPage, withBrowser } from './browser';
import { sideBySide, type MappedPapers } from './copies';
import { serveCounted, type CountingServer } from './counting-server';
import { frameTimes } from './gestures';
import type { BenchOptions } from './options';
import { quantile, reportResult, reportProgress } from './output';
import { packFloats, packIntegers, unpackFloats, unpackIntegers } from './packed';
import { chosenPapers } from './papers';
import { builtApp } from './site';
import { vectorsOf } from './vectors';

/** Without these a frame that is ready before the next screen refresh would count as a sixtieth of a second. */
const unpacedSwitches = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];
const idleMs = 2000;
const papersPerMessage = 5000;

/** The only digest in the library. The site's index lists it as shipped, so that the app adds no other papers. */
const digest = { id: 'bench', name: 'Bench', file: 'bench.jsonl', sha256: '0'.repeat(64) };

/** Time between frames, without a frame rate limit, while the finished map of the app is dragged and zoomed. */
export async function frameBench(options: BenchOptions): Promise<void> {
  const folder = await builtApp('frame', 'ours', 'store');
  const server = await serveCounted(folder);
  try {
    const { papers, graph, positions } = sideBySide(await layOut(options, server), options.copies ?? 1);
    const entry = { ...digest, count: papers.length };
    await writeFile(path.join(folder, 'corpus/index.json'), JSON.stringify({ digests: [entry] }));

    await withBrowser(async (browser) => {
      reportProgress(`Putting ${papers.length} papers into the library.`);
      const storePage = await openPage(browser, `${server.url}store.html`);
      const packed = {
        indices: packIntegers(graph.indices),
        similarities: packFloats(graph.similarities),
        positions: packFloats(positions),
      };
      for (let start = 0; start < papers.length; start += papersPerMessage) {
        const part = papers.slice(start, start + papersPerMessage);
        await storePage.evaluate((part) => window.store.addPapers(part), part);
      }
      await storePage.evaluate(({ entry, packed }) => window.store.putFinishedMap(entry, packed), {
        entry,
        packed,
      });
      await storePage.close();
      await measure(browser, server, papers.length);
    }, unpacedSwitches);
  } finally {
    await server.stop();
  }
}

async function measure(browser: BrowserContext, server: CountingServer, papers: number): Promise<void> {
  const page = await openPage(browser, server.url);
  const map = new MapView(page);
  await page.waitForFunction(
    () =>
      document.documentElement.dataset['stage'] === 'map' &&
      performance.getEntriesByName('atlas:offline-ready').length > 0,
  );
  for (const action of ['pan', 'zoom'] as const) {
    // Labels and lines appear when the map has been idle for a while.
    await page.waitForTimeout(idleMs);
    const times = await frameTimes(map.canvas, action);
    reportResult({
      bench: 'frame',
      papers,
      action,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
    });
  }
}

/** In a browser of its own, which is closed before frames are measured. */
async function layOut(options: BenchOptions, server: CountingServer): Promise<MappedPapers> {
  const chosen = chosenPapers(options, 'scale');
  const ids = new Set<string>();
  const papers = chosen.papers.filter(({ id }) => !ids.has(id) && ids.add(id));
  return withBrowser(async (browser) => {
    const page = await openPage(browser, `${server.url}ours.html`);
    const vectors = await vectorsOf({ ...chosen, papers }, page);
    await page.evaluate((packed) => window.ours.setVectors(packed), packFloats(vectors));
    reportProgress(`Laying out ${papers.length} papers.`);
    const { k } = defaultParameters(papers.length);
    const { indices, similarities } = await page.evaluate((k) => window.ours.nearest(k), k);
    const { positions } = await page.evaluate(() => window.ours.optimise(1));
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
