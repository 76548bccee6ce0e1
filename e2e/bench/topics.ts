import { kmeans } from 'ml-kmeans';
import type { NeighbourGraph } from '../../src/core/vector/neighbours';
import { defaultParameters } from '../../src/core/layout/umap';
import { dimensions } from '../../src/engine/vector-dimensions';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './front';
import { UsageError, type BenchOptions } from './options';
import { report, say } from './output';
import { packFloats, unpackFloats, unpackIntegers } from './packed';
import { chosenPapers } from './papers';
import { agreement } from './partition-measures';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

/**
 * How far the topics of the map agree with areas that people gave. Beside ours, which leave papers out that lie between
 * topics, the same with each of those put to the topic of most of its neighbours, and k-means with as many clusters.
 */
export async function topicsBench(options: BenchOptions): Promise<void> {
  if (options.label === undefined) throw new UsageError('--label: which field says what a paper is about?');
  const chosen = chosenPapers(options, 'scale');
  const labels = chosen.papers.map(({ label }) => label);
  const { k } = defaultParameters(chosen.papers.length);
  const front = await serveCounted(await builtPages('topics', 'ours'));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${front.url}ours.html`);
      const vectors = await vectorsOf(chosen, page);
      await page.evaluate((taken) => window.ours.take(taken), packFloats(vectors));
      const found = await page.evaluate((k) => window.ours.nearest(k), k);
      const graph = {
        n: chosen.papers.length,
        k,
        indices: unpackIntegers(found.indices),
        similarities: unpackFloats(found.similarities),
      };
      say(`Grouping ${chosen.papers.length} papers.`);
      await page.evaluate(() => window.ours.settle(1));
      const texts = chosen.papers.map(({ title, abstract }) => ({ title, abstract }));
      const { seconds, topicOf, names } = await page.evaluate((all) => window.ours.group(all), texts);
      for (const name of names) say(`  ${name}`);
      tell('ours', topicOf, names.length, labels, { seconds });
      tell('ours, none left out', withoutGaps(topicOf, graph), names.length, labels, {});
      say(`Grouping them by k-means into ${names.length}.`);
      const rows = chosen.papers.map((_, row) => [
        ...vectors.subarray(row * dimensions, (row + 1) * dimensions),
      ]);
      const started = performance.now();
      const { clusters } = kmeans(rows, names.length, { initialization: 'kmeans++', seed: 1 });
      tell('ml-kmeans', clusters, names.length, labels, { seconds: (performance.now() - started) / 1000 });
    });
  } finally {
    await front.stop();
  }
}

function tell(
  system: string,
  topicOf: readonly number[],
  topics: number,
  labels: readonly (string | null)[],
  more: Record<string, number>,
): void {
  const known = topicOf.map((topic) => (topic < 0 ? null : topic));
  const unclustered = known.filter((topic) => topic === null).length / topicOf.length;
  report({ bench: 'topics', system, topics, ...agreement(known, labels), unclustered, ...more });
}

/** Each paper without a topic gets the one that weighs most among its neighbours, until no more has one. */
function withoutGaps(topicOf: readonly number[], { k, indices, similarities }: NeighbourGraph): number[] {
  const filled = [...topicOf];
  for (let hasFilled = true; hasFilled;) {
    hasFilled = false;
    for (const [row, topic] of [...filled].entries()) {
      if (topic >= 0) continue;
      const weights = new Map<number, number>();
      for (let at = row * k; at < (row + 1) * k; at++) {
        const near = filled[indices[at] ?? -1] ?? -1;
        if (near >= 0) weights.set(near, (weights.get(near) ?? 0) + (similarities[at] ?? 0) ** 2);
      }
      const [best] = [...weights].sort((a, b) => b[1] - a[1]);
      if (best === undefined) continue;
      filled[row] = best[0];
      hasFilled = true;
    }
  }
  return filled;
}
