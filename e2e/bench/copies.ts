import type { IdentifiedPaper } from '../../src/core/paper/paper';
import { identify } from '../../src/core/paper/identity';
import type { Positions } from '../../src/core/layout/layout';
import type { NeighbourGraph } from '../../src/core/vector/neighbours';

export interface MappedPapers {
  papers: IdentifiedPaper[];
  graph: NeighbourGraph;
  positions: Positions;
}

/** Copies of a map side by side in a square, each with papers of its own, to draw maps larger than any file available. */
export function sideBySide({ papers, graph, positions }: MappedPapers, copies: number): MappedPapers {
  const n = papers.length;
  const side = Math.ceil(Math.sqrt(copies));
  const spans = [0, 1].map((axis) => spanOf(positions.filter((_, at) => at % 2 === axis)));
  const tile = (copy: number) => [copy % side, Math.floor(copy / side)];
  return {
    papers: Array.from({ length: n * copies }, (_, row) =>
      renamed(papers[row % n], row, Math.floor(row / n)),
    ),
    graph: {
      n: n * copies,
      k: graph.k,
      indices: repeated(Int32Array, graph.indices, copies, (index, copy) =>
        index < 0 ? index : index + copy * n,
      ),
      similarities: repeated(Float32Array, graph.similarities, copies, (similarity) => similarity),
    },
    positions: repeated(
      Float32Array,
      positions,
      copies,
      (value, copy, at) => value + (tile(copy)[at % 2] ?? 0) * (spans[at % 2] ?? 0),
    ),
  };
}

/** Ids precede the title in a paper's identity, so a copy gets none. */
function renamed(paper: IdentifiedPaper | undefined, position: number, copy: number): IdentifiedPaper {
  if (paper === undefined) throw new Error('expected a paper for every row');
  if (copy === 0) return { ...paper, position };
  const { abstract, authors, title } = paper;
  return identify({ title: `${title} (${copy + 1})`, abstract, authors, ids: {}, position });
}

function repeated<Values extends Int32Array | Float32Array>(
  Kind: new (length: number) => Values,
  values: Values,
  copies: number,
  change: (value: number, copy: number, at: number) => number,
): Values {
  const all = new Kind(values.length * copies);
  for (let copy = 0; copy < copies; copy++) {
    for (let at = 0; at < values.length; at++)
      all[copy * values.length + at] = change(values[at] ?? 0, copy, at);
  }
  return all;
}

function spanOf(values: Float32Array): number {
  const finite = values.filter(Number.isFinite);
  return (
    finite.reduce((a, b) => Math.max(a, b), -Infinity) - finite.reduce((a, b) => Math.min(a, b), Infinity)
  );
}
