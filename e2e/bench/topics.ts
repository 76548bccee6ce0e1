import { kmeans } from 'ml-kmeans';
import type { NeighbourGraph } from '../../src/core/vector/neighbours';
import { defaultParameters } from '../../src/core/layout/umap';
import { dimensions } from '../../src/engine/model-constants';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './counting-server';
import { UsageError, type BenchOptions } from './options';
import { reportResult, reportProgress } from './output';
import { packFloats, unpackFloats, unpackIntegers } from './packed';
import { chosenPapers } from './papers';
import { agreement } from './partition-measures';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

/**
 * The agreement of the map's topics with labels that people assigned. Beside our topics, which leave out papers between
 * topics: the same with each of those assigned to the topic of most of its neighbours, and k-means with as many clusters.
 */
export async function topicsBench(options: BenchOptions): Promise<void> {
  if (options.label === undefined) throw new UsageError('--label: which field says what a paper is about?');
  const chosen = chosenPapers(options, 'scale');
  const labels = chosen.papers.map(({ label }) => label);
  const { k } = defaultParameters(chosen.papers.length);
  const server = await serveCounted(await builtPages('topics', 'ours'));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${server.url}ours.html`);
      const vectors = await vectorsOf(chosen, page);
      await page.evaluate((packed) => window.ours.setVectors(packed), packFloats(vectors));
      const packed = await page.evaluate((k) => window.ours.nearest(k), k);
      const graph = {
        n: chosen.papers.length,
        k,
        indices: unpackIntegers(packed.indices),
        similarities: unpackFloats(packed.similarities),
      };
      reportProgress(`Grouping ${chosen.papers.length} papers.`);
      await page.evaluate(() => window.ours.optimise(1));
      const texts = chosen.papers.map(({ title, abstract }) => ({ title, abstract }));
      const { seconds, topicOf, names } = await page.evaluate((all) => window.ours.group(all), texts);
      for (const name of names) reportProgress(`  ${name}`);
      reportTopics('ours', topicOf, names.length, labels, { seconds });
      reportTopics('ours, none left out', withoutUnclustered(topicOf, graph), names.length, labels, {});
      reportProgress(`Grouping them by k-means into ${names.length}.`);
      const rows = chosen.papers.map((_, row) => [
        ...vectors.subarray(row * dimensions, (row + 1) * dimensions),
      ]);
      const started = performance.now();
      const { clusters } = kmeans(rows, names.length, { initialization: 'kmeans++', seed: 1 });
      reportTopics('ml-kmeans', clusters, names.length, labels, {
        seconds: (performance.now() - started) / 1000,
      });
    });
  } finally {
    await server.stop();
  }
}

function reportTopics(
  system: string,
  topicOf: readonly number[],
  topics: number,
  labels: readonly (string | null)[],
  more: Record<string, number>,
): void {
  const known = topicOf.map((topic) => (topic < 0 ? null : topic));
  const unclustered = known.filter((topic) => topic === null).length / topicOf.length;
  reportResult({ bench: 'topics', system, topics, ...agreement(known, labels), unclustered, ...more });
}

/** Assigns papers without a topic to the topic with the largest weight among their neighbours, until none changes. */
function withoutUnclustered(
  topicOf: readonly number[],
  { k, indices, similarities }: NeighbourGraph,
): number[] {
  const assigned = [...topicOf];
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const [row, topic] of [...assigned].entries()) {
      if (topic >= 0) continue;
      const weights = new Map<number, number>();
      for (let at = row * k; at < (row + 1) * k; at++) {
        const neighbourTopic = assigned[indices[at] ?? -1] ?? -1;
        if (neighbourTopic >= 0)
          weights.set(neighbourTopic, (weights.get(neighbourTopic) ?? 0) + (similarities[at] ?? 0) ** 2);
      }
      const [best] = [...weights].sort((a, b) => b[1] - a[1]);
      if (best === undefined) continue;
      assigned[row] = best[0];
      hasChanged = true;
    }
  }
  return assigned;
}
