import type { NeighbourGraph } from '../vector/neighbours';
import { unknownTopic } from './carried-over';
import { votedTopic } from './neighbour-votes';

/** A new paper may be connected to known ones only through other new papers. */
const rounds = 3;

/** Assigns papers whose topic is unknown to that of their neighbours, −1 if there is none. Returns a copy. */
export function growTopics(graph: NeighbourGraph, topicOf: Int16Array): Int16Array {
  const topics = topicOf.slice();
  let unassigned = [...topics.keys()].filter((row) => topics[row] === unknownTopic);
  for (let round = 0; round < rounds && unassigned.length > 0; round++) {
    const votes = unassigned.map((row) => votedTopic(graph, topics, row));
    for (const [at, row] of unassigned.entries()) {
      const topic = votes[at] ?? -1;
      if (topic >= 0) topics[row] = topic;
    }
    unassigned = unassigned.filter((row) => topics[row] === unknownTopic);
  }
  for (const row of unassigned) topics[row] = -1;
  return topics;
}
