import { runToEnd } from '../../src/core/async/slices';
import { defaultParameters } from '../../src/core/layout/umap';
import { relatedRows, reverseNeighbours, sharedWeight } from '../../src/core/search/ranking/related';
import { exactNeighbours } from '../../src/core/vector/exact-neighbours';
import { dimensions } from '../../src/engine/model-constants';
import { UsageError, type BenchOptions } from './options';
import { reportResult, reportProgress } from './output';
import { chosenPapers } from './papers';
import { fileVectors } from './vectors';

const top = 10;
const weights = [0, 0.25, 0.5, sharedWeight, 1, 1.5];

/** The share of the ten related papers in the reader that have the label of the paper shown. In Node. */
export function relatedBench(options: BenchOptions): Promise<void> {
  if (options.label === undefined) throw new UsageError('--label: which field says what a paper is about?');
  const chosen = chosenPapers(options, 'scale');
  const vectors = fileVectors(chosen);
  if (vectors === null) throw new UsageError('--vectors: name the file with the vectors of these papers.');
  const { k } = defaultParameters(chosen.papers.length);
  reportProgress(`Finding the ${k} nearest of ${chosen.papers.length} papers.`);
  const graph = runToEnd(exactNeighbours(vectors, dimensions, k));
  const reverse = reverseNeighbours(graph);
  const labels = chosen.papers.map(({ label }) => label);
  const labelled = labels.flatMap((label, row) => (label === null ? [] : [row]));

  for (const weight of weights) {
    const shares = labelled.flatMap((row) => {
      const relatedLabels = relatedRows(graph, reverse, row, weight)
        .slice(0, top)
        .map((related) => labels[related.row] ?? null)
        .filter((label) => label !== null);
      if (relatedLabels.length === 0) return [];
      return [relatedLabels.filter((label) => label === labels[row]).length / relatedLabels.length];
    });
    reportResult({
      bench: 'related',
      system:
        weight === 0 ? 'cosine' : `cosine + ${weight} × Jaccard${weight === sharedWeight ? ' (ours)' : ''}`,
      papers: labelled.length,
      agreement10: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    });
  }
  return Promise.resolve();
}
