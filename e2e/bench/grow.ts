import { defaultParameters } from '../../src/core/layout/umap';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './front';
import { UsageError, type BenchOptions } from './options';
import { report, say } from './output';
import { packFloats, unpackFloats } from './packed';
import { chosenPapers } from './papers';
import { builtPages } from './site';
import { vectorsOf } from './vectors';

/** Width at which distances on the map are told: that of a usual window. */
const mapPx = 1000;
/** Papers that stand, where there are so many and none are asked for. */
const usualBase = 5000;

/** New papers into a standing map, from the moment that their vectors are there: neighbours, then places. */
export async function growBench(options: BenchOptions): Promise<void> {
  const { base, new: added = 50, ...rest } = options;
  const all = chosenPapers(base === undefined ? rest : { ...rest, limit: base + added }, 'scale');
  const standing = base ?? Math.min(usualBase, all.papers.length - added);
  const chosen = { ...all, papers: all.papers.slice(0, standing + added) };
  if (standing < 1 || chosen.papers.length < standing + added) {
    throw new UsageError(`Expected more papers than the ${added} that come, got ${all.papers.length}.`);
  }
  const front = await serveCounted(await builtPages('grow', 'ours'));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${front.url}ours.html`);
      const vectors = await vectorsOf(chosen, page);
      await page.evaluate((taken) => window.ours.take(taken), packFloats(vectors));
      say(`Laying out ${standing} papers, then placing ${added}.`);
      const input = { base: standing, k: defaultParameters(standing + added).k };
      const grown = await page.evaluate(({ base, k }) => window.ours.grow(base, k), input);
      const before = unpackFloats(grown.before);
      const after = unpackFloats(grown.after);
      const unplaced = after.slice(2 * standing).filter((value) => Number.isNaN(value)).length / 2;
      if (unplaced > 0) say(`${unplaced} of the new papers have no place.`);
      const movedPx = (farthestMove(before, after) / spanOf(before)) * mapPx;
      report({ bench: 'grow', base: standing, added, placeSeconds: grown.seconds, movedPx });
    });
  } finally {
    await front.stop();
  }
}

/** By any paper of `before`, in units of the layout. A paper that lost its place has moved without end. */
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
