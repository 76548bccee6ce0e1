import { defaultParameters } from '../../src/core/layout/umap';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './counting-server';
import { UsageError, type BenchOptions } from './options';
import { reportResult, reportProgress } from './output';
import { packFloats, unpackFloats } from './packed';
import { chosenPapers } from './papers';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

/** Map width for which distances are printed: that of a usual window. */
const mapPx = 1000;
/** Papers on the map when `--base` is not given, if there are enough. */
const defaultBase = 5000;

/** Time to add new papers to a finished map once they have vectors: finding neighbours, then positions. */
export async function growBench(options: BenchOptions): Promise<void> {
  const { base, new: added = 50, ...rest } = options;
  const all = chosenPapers(base === undefined ? rest : { ...rest, limit: base + added }, 'scale');
  const baseCount = base ?? Math.min(defaultBase, all.papers.length - added);
  const chosen = { ...all, papers: all.papers.slice(0, baseCount + added) };
  if (baseCount < 1 || chosen.papers.length < baseCount + added) {
    throw new UsageError(`Expected more papers than the ${added} to add, got ${all.papers.length}.`);
  }
  const server = await serveCounted(await builtPages('grow', 'ours'));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${server.url}ours.html`);
      const vectors = await vectorsOf(chosen, page);
      await page.evaluate((packed) => window.ours.setVectors(packed), packFloats(vectors));
      reportProgress(`Laying out ${baseCount} papers, then placing ${added}.`);
      const input = { base: baseCount, k: defaultParameters(baseCount + added).k };
      const placed = await page.evaluate(({ base, k }) => window.ours.addRows(base, k), input);
      const before = unpackFloats(placed.before);
      const after = unpackFloats(placed.after);
      const unplaced = after.slice(2 * baseCount).filter((value) => Number.isNaN(value)).length / 2;
      if (unplaced > 0) reportProgress(`${unplaced} of the new papers have no position.`);
      const movedPx = (farthestMove(before, after) / spanOf(before)) * mapPx;
      reportResult({ bench: 'grow', base: baseCount, added, placeSeconds: placed.seconds, movedPx });
    });
  } finally {
    await server.stop();
  }
}

/** The largest move of a paper of `before`, in units of the layout. Infinity when a paper has lost its position. */
function farthestMove(before: Float32Array, after: Float32Array): number {
  let farthest = 0;
  for (let at = 0; at < before.length; at++) {
    const [from = NaN, to = NaN] = [before[at], after[at]];
    if (Number.isNaN(from)) continue;
    farthest = Math.max(farthest, Number.isNaN(to) ? Infinity : Math.abs(to - from));
  }
  return farthest;
}

function spanOf(positions: Float32Array): number {
  const xs = positions.filter((value, at) => at % 2 === 0 && Number.isFinite(value));
  return xs.reduce((a, b) => Math.max(a, b), -Infinity) - xs.reduce((a, b) => Math.min(a, b), Infinity);
}
