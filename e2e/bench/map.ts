import type { Page } from 'playwright';
import type { Positions } from '../../src/core/layout/layout';
import { labelAccuracy, neighbourhoodPreservation, trustworthiness } from '../../src/core/layout/quality';
import { defaultParameters } from '../../src/core/layout/umap';
import type { NeighbourGraph } from '../../src/core/vector/neighbours';
import { dimensions } from '../../src/engine/model-constants';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './counting-server';
import type { BenchOptions } from './options';
import { median, reportResult, reportProgress } from './output';
import { packFloats, unpackFloats, unpackIntegers } from './packed';
import { chosenPapers, type BenchPapers } from './papers';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

interface Run {
  neighbourSeconds: number;
  layoutSeconds: number;
  positions: Positions;
}

interface Measured {
  chosen: BenchPapers;
  vectors: Float32Array;
  graph: NeighbourGraph;
  ours: Run[];
  umapJs: Run[];
}

/** Both systems in the same browser on the same vectors, alternating, so that other load slows both equally. */
export async function mapBench(options: BenchOptions): Promise<void> {
  const measured = await measure(options);
  reportProgress('Measuring the layouts.');
  const runs = [...measured.ours, ...measured.umapJs];
  const trust = trustworthiness(
    measured.vectors,
    dimensions,
    runs.map(({ positions }) => positions),
  );
  const seconds = [
    reportRuns('ours', measured.ours, trust.slice(0, measured.ours.length), measured, options),
    reportRuns('umap-js', measured.umapJs, trust.slice(measured.ours.length), measured, options),
  ];
  reportProgress(`umap-js takes ${((seconds[1] ?? NaN) / (seconds[0] ?? NaN)).toFixed(2)} × our time.`);
}

async function measure(options: BenchOptions): Promise<Measured> {
  const chosen = chosenPapers(options, 'scale');
  const { k } = defaultParameters(chosen.papers.length);
  const server = await serveCounted(await builtPages('map', 'ours', 'umap-js'));
  try {
    return await withBrowser(async (browser) => {
      const page = await openPage(browser, `${server.url}ours.html`);
      const peerPage = await openPage(browser, `${server.url}umap-js.html`);
      const vectors = await vectorsOf(chosen, page);
      const packed = packFloats(vectors);
      await page.evaluate((packed) => window.ours.setVectors(packed), packed);
      await peerPage.evaluate(({ packed, dim }) => window.umapJs.setVectors(packed, dim), {
        packed,
        dim: dimensions,
      });

      const measured: Measured = { chosen, vectors, graph: await graphOf(page, k), ours: [], umapJs: [] };
      const seeds = options.seeds ?? 1;
      for (let seed = 1; seed <= seeds; seed++) {
        reportProgress(`Laying out ${chosen.papers.length} papers, seed ${seed} of ${seeds}.`);
        measured.ours.push(await runOurs(page, seed, k));
        measured.umapJs.push(await runPeer(peerPage, seed));
      }
      return measured;
    });
  } finally {
    await server.stop();
  }
}

/** Also starts the workers, so that no measured run does. */
async function graphOf(page: Page, k: number): Promise<NeighbourGraph> {
  const { indices, similarities } = await page.evaluate((k) => window.ours.nearest(k), k);
  const unpacked = { indices: unpackIntegers(indices), similarities: unpackFloats(similarities) };
  return { n: unpacked.indices.length / k, k, ...unpacked };
}

async function runOurs(page: Page, seed: number, k: number): Promise<Run> {
  await page.bringToFront();
  const { seconds: neighbourSeconds } = await page.evaluate((k) => window.ours.nearest(k), k);
  const { seconds: layoutSeconds, positions } = await page.evaluate(
    (seed) => window.ours.optimise(seed),
    seed,
  );
  return { neighbourSeconds, layoutSeconds, positions: unpackFloats(positions) };
}

async function runPeer(page: Page, seed: number): Promise<Run> {
  await page.bringToFront();
  const run = await page.evaluate((seed) => window.umapJs.layOut(seed), seed);
  return { ...run, positions: unpackFloats(run.positions) };
}

/** Prints medians over the seeds. Returns the total seconds. */
function reportRuns(
  system: string,
  runs: Run[],
  trust: number[],
  measured: Measured,
  { label }: BenchOptions,
): number {
  const { chosen, graph } = measured;
  const neighbourSeconds = median(runs.map((run) => run.neighbourSeconds));
  const layoutSeconds = median(runs.map((run) => run.layoutSeconds));
  const labels = chosen.papers.map((paper) => paper.label);
  reportResult({
    bench: 'map',
    system,
    papers: chosen.papers.length,
    seeds: runs.length,
    neighbourSeconds,
    layoutSeconds,
    trustworthiness15: median(trust),
    neighbourhoodPreservation10: median(
      runs.map(({ positions }) => neighbourhoodPreservation(graph, positions, 10)),
    ),
    ...(label === undefined
      ? {}
      : { labelAccuracy10: median(runs.map(({ positions }) => labelAccuracy(positions, labels, 10))) }),
  });
  return neighbourSeconds + layoutSeconds;
}
