import type { NeighbourGraph } from '../vector/neighbours';
import { UNKNOWN } from './carried-over';
import { ownTopic } from './neighbour-votes';

/** A paper may be known only through others that came with it. */
const rounds = 3;

/** Finds the topics of papers that are UNKNOWN by those of their neighbours; the others stay where they are. */
export function growTopics(graph: NeighbourGraph, topicOf: Int16Array): Int16Array {
  const grown = topicOf.slice();
  let open = [...grown.keys()].filter((row) => grown[row] === UNKNOWN);
  for (let round = 0; round < rounds && open.length > 0; round++) {
    const found = open.map((row) => ownTopic(graph, grown, row));
    for (const [at, row] of open.entries()) {
      const topic = found[at] ?? -1;
      if (topic >= 0) grown[row] = topic;
    }
    open = open.filter((row) => grown[row] === UNKNOWN);
  }
  for (const row of open) grown[row] = -1;
  return grown;
}
