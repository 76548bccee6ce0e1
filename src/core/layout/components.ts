import type { FuzzyGraph } from './fuzzy-simplicial-set';

/**
 * The connected components of a graph, largest first (equal sizes: by first row); each lists its rows in ascending
 * order.
 */
export function connectedComponents(graph: FuzzyGraph): Int32Array[] {
  const { n, offsets, targets } = graph;
  const isVisited = new Uint8Array(n);
  const queue = new Int32Array(n);
  const components: Int32Array[] = [];

  for (let first = 0; first < n; first++) {
    if (isVisited[first] === 1) continue;
    isVisited[first] = 1;
    queue[0] = first;
    let end = 1;
    for (let at = 0; at < end; at++) {
      const row = queue[at] ?? 0;
      for (let edge = offsets[row] ?? 0; edge < (offsets[row + 1] ?? 0); edge++) {
        const target = targets[edge] ?? 0;
        if (isVisited[target] === 1) continue;
        isVisited[target] = 1;
        queue[end++] = target;
      }
    }
    components.push(queue.slice(0, end).sort());
  }
  return components.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}
