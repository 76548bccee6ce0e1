import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext } from 'playwright';
import { runToEnd } from '../../src/core/async/slices';
import { embeddedText } from '../../src/core/paper/identity';
import { exactNeighbours } from '../../src/core/vector/exact-neighbours';
import { dimensions } from '../../src/engine/model-constants';
import { openPage, withBrowser } from './browser';
import { root } from './folders';
import { isolating, serveCounted } from './counting-server';
import type { BenchOptions } from './options';
import { median, reportResult, reportProgress } from './output';
import { unpackFloats } from './packed';
import { chosenPapers } from './papers';
import { embedWithLat } from './peers/lat-embed';
import { addTransformersFiles } from './peers/transformers-model';
import { builtPages } from './site';

/** Texts that each system embeds before it is measured: one of their batches, eight of ours. */
const warmUpTexts = 64;

interface Embedded {
  seconds: number;
  vectors: Float32Array;
}

/**
 * Time from texts to vectors, including tokenisation and without loading. One system at a time, alternating over the
 * rounds, of which medians are printed.
 */
export async function embedBench(options: BenchOptions): Promise<void> {
  const { papers, isCorpus } = chosenPapers(options, 'corpus');
  const texts = papers.map(embeddedText);
  const folder = await builtPages('embed', 'ours', 'transformers');
  await addTransformersFiles(folder);
  const systems: Record<string, () => Promise<Embedded>> = {
    ours: () => inBrowser(folder, {}, (browser, url) => embedWithOurs(browser, url, texts)),
    'transformers.js': () =>
      inBrowser(folder, {}, (browser, url) => embedWithPipeline(browser, url, texts, 1)),
    'transformers.js-2-threads': () =>
      inBrowser(folder, isolating, (browser, url) => embedWithPipeline(browser, url, texts, 2)),
    '@lat.md/embed': () => embedWithLat(texts),
  };

  const runs = new Map(Object.keys(systems).map((system): [string, Embedded[]] => [system, []]));
  const rounds = options.rounds ?? 1;
  for (let round = 1; round <= rounds; round++) {
    for (const [system, embed] of Object.entries(systems)) {
      reportProgress(`Embedding with ${system}${rounds > 1 ? `, round ${round} of ${rounds}` : ''}.`);
      runs.get(system)?.push(await embed());
    }
  }
  for (const [system, embedded] of runs) {
    const seconds = median(embedded.map((run) => run.seconds));
    const [{ vectors } = { vectors: new Float32Array() }] = embedded;
    const overlap = isCorpus ? { overlap10: overlapWithReference(vectors) } : {};
    const docsPerSecond = texts.length / seconds;
    reportResult({ bench: 'embed', system, papers: texts.length, seconds, docsPerSecond, ...overlap });
  }
}

/** Runs in a browser and on a server of its own, which sends these headers. */
async function inBrowser(
  folder: string,
  headers: Record<string, string>,
  embed: (browser: BrowserContext, url: string) => Promise<{ seconds: number; vectors: string }>,
): Promise<Embedded> {
  const server = await serveCounted(folder, headers);
  try {
    const { seconds, vectors } = await withBrowser((browser) => embed(browser, server.url));
    return { seconds, vectors: unpackFloats(vectors) };
  } finally {
    await server.stop();
  }
}

async function embedWithOurs(browser: BrowserContext, url: string, texts: string[]) {
  const page = await openPage(browser, `${url}ours.html`);
  await page.evaluate((warm) => window.ours.warmUp(warm), texts.slice(0, warmUpTexts));
  return page.evaluate((all) => window.ours.embed(all), texts);
}

async function embedWithPipeline(browser: BrowserContext, url: string, texts: string[], threads: number) {
  const page = await openPage(browser, `${url}transformers.html`);
  const input = { threads, warm: texts.slice(0, warmUpTexts) };
  const { isIsolated } = await page.evaluate(
    ({ threads, warm }) => window.transformers.warmUp(threads, warm),
    input,
  );
  if (threads > 1 && !isIsolated)
    throw new Error('expected an isolated page, because others have no threads');
  return page.evaluate((all) => window.transformers.embed(all), texts);
}

/** Mean overlap of the ten nearest papers by these vectors with those by fp32 vectors. */
function overlapWithReference(vectors: Float32Array): number {
  const file = path.join(root, 'src/build/reference/corpus-neighbours-fp32.json');
  const { k, neighbours }: { k: number; neighbours: number[][] } = JSON.parse(readFileSync(file, 'utf8'));
  const graph = runToEnd(exactNeighbours(vectors, dimensions, k));
  if (graph.n !== neighbours.length) throw new Error(`expected ${neighbours.length} vectors, got ${graph.n}`);
  const shares = neighbours.map((expected, row) => {
    const nearest = new Set(graph.indices.subarray(row * k, (row + 1) * k));
    return expected.filter((index) => nearest.has(index)).length / k;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
