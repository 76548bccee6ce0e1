import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext } from 'playwright';
import { embeddedText } from '../../src/core/paper/identity';
import { exactNeighbours } from '../../src/core/vector/exact-neighbours';
import { dimensions } from '../../src/engine/vector-dimensions';
import { openPage, withBrowser } from './browser';
import { root } from './folders';
import { isolating, serveCounted } from './front';
import type { BenchOptions } from './options';
import { median, report, say } from './output';
import { unpackFloats } from './packed';
import { chosenPapers } from './papers';
import { embedWithLat } from './peers/lat-embed';
import { addTransformersFiles } from './peers/transformers-model';
import { builtPages } from './site';

/** Texts that each system embeds before it is measured: a batch of theirs, eight of ours. */
const warmUpTexts = 64;

interface Embedded {
  seconds: number;
  vectors: Float32Array;
}

/**
 * Texts in, vectors out: tokenising counts, loading does not. One system at a time, turn by turn if there are several
 * rounds, of which medians are told.
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
      say(`Embedding with ${system}${rounds > 1 ? `, round ${round} of ${rounds}` : ''}.`);
      runs.get(system)?.push(await embed());
    }
  }
  for (const [system, embedded] of runs) {
    const seconds = median(embedded.map((run) => run.seconds));
    const [{ vectors } = { vectors: new Float32Array() }] = embedded;
    const overlap = isCorpus ? { overlap10: overlapWithReference(vectors) } : {};
    const docsPerSecond = texts.length / seconds;
    report({ bench: 'embed', system, papers: texts.length, seconds, docsPerSecond, ...overlap });
  }
}

/** Each run in a browser and on a host of its own, with these headers. */
async function inBrowser(
  folder: string,
  headers: Record<string, string>,
  embed: (browser: BrowserContext, url: string) => Promise<{ seconds: number; vectors: string }>,
): Promise<Embedded> {
  const front = await serveCounted(folder, headers);
  try {
    const { seconds, vectors } = await withBrowser((browser) => embed(browser, front.url));
    return { seconds, vectors: unpackFloats(vectors) };
  } finally {
    await front.stop();
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
    throw new Error('expected an isolated page, without which there are no threads');
  return page.evaluate((all) => window.transformers.embed(all), texts);
}

/** Mean share of the ten nearest papers by fp32 vectors that these vectors find too. */
function overlapWithReference(vectors: Float32Array): number {
  const file = path.join(root, 'src/build/reference/corpus-neighbours-fp32.json');
  const { k, neighbours }: { k: number; neighbours: number[][] } = JSON.parse(readFileSync(file, 'utf8'));
  const graph = exactNeighbours(vectors, dimensions, k);
  if (graph?.n !== neighbours.length)
    throw new Error(`expected ${neighbours.length} vectors, got ${graph?.n ?? 0}`);
  const shares = neighbours.map((expected, row) => {
    const found = new Set(graph.indices.subarray(row * k, (row + 1) * k));
    return expected.filter((index) => found.has(index)).length / k;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
