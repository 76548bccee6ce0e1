import { defaultParameters } from '../../src/core/layout/umap';
import { relatedRows, reverseNeighbours, sharedWeight } from '../../src/core/search/ranking/related';
import { exactNeighbours } from '../../src/core/vector/exact-neighbours';
import { dimensions } from '../../src/engine/vector-dimensions';
import { UsageError, type BenchOptions } from './options';
import { report, say } from './output';
import { chosenPapers } from './papers';
import { fileVectors } from './vectors';

const top = 10;
const weights = [0, 0.25, 0.5, sharedWeight, 1, 1.5];

/** How many of the ten papers that the reader names have the label of the one it shows. In Node. */
export function relatedBench(options: BenchOptions): Promise<void> {
  if (options.label === undefined) throw new UsageError('--label: which field says what a paper is about?');
  const chosen = chosenPapers(options, 'scale');
  const vectors = fileVectors(chosen);
  if (vectors === null) throw new UsageError('--vectors: name the file with the vectors of these papers.');
  const { k } = defaultParameters(chosen.papers.length);
  say(`Finding the ${k} nearest of ${chosen.papers.length} papers.`);
  const graph = exactNeighbours(vectors, dimensions, k);
  if (graph === null) throw new Error('stopped, though nobody asked');
  const reverse = reverseNeighbours(graph);
  const labels = chosen.papers.map(({ label }) => label);
  const labelled = labels.flatMap((label, row) => (label === null ? [] : [row]));

  for (const weight of weights) {
    const shares = labelled.flatMap((row) => {
      const found = relatedRows(graph, reverse, row, weight)
        .slice(0, top)
        .map((related) => labels[related.row] ?? null)
        .filter((label) => label !== null);
      return found.length === 0 ? [] : [found.filter((label) => label === labels[row]).length / found.length];
    });
    report({
      bench: 'related',
      system:
        weight === 0 ? 'cosine' : `cosine + ${weight} × Jaccard${weight === sharedWeight ? ' (ours)' : ''}`,
      papers: labelled.length,
      agreement10: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    });
  }
  return Promise.resolve();
}
