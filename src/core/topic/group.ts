import type { Positions } from '../layout/layout';
import { foldText } from '../paper/text/clean';
import { nearestOf, type NeighbourGraph } from '../vector/neighbours';
import { findCommunities } from './communities';
import { huesOf } from './hues';
import { nameTopics } from './names';
import { findPhrases } from './phrases';
import { carriedOverTopics } from './carried-over';
import { votedTopic } from './neighbour-votes';
import type { Grouping } from './topic';
import { topicCount } from './topic-count';

/** The smallest topic: in papers, and as a share of the average size of a topic. */
const minSize = { papers: 4, share: 0.05 };

/**
 * Neighbours per paper, as a share of the average size of a topic: with more than half, many neighbours would be in
 * another topic; with few, a third of the papers would belong to no topic.
 */
const neighbours = { min: 5, share: 0.45 };

/**
 * Groups papers into named topics: the communities of their graph, without the papers between them. Topics carried over
 * from `before`, in whose rows row i is also paper i, keep their id and hue, and their name while most of their papers
 * are the same. Deterministic. 2.5 s for 20,000 papers, in slices of up to 0.3 s.
 */
export function* groupPapers(
  whole: NeighbourGraph,
  positions: Positions,
  papers: readonly { title: string; abstract: string }[],
  before: Grouping | null,
): Generator<void, Grouping> {
  const target = topicCount(whole.n);
  if (target === 0) return { topics: [], topicOf: new Int16Array(whole.n).fill(-1) };
  const graph = nearestOf(whole, Math.max(neighbours.min, Math.floor((neighbours.share * whole.n) / target)));
  const topicOf = coreTopics(graph, yield* findCommunities(graph, target), target);
  yield;
  const affinity = topicAffinities(graph, topicOf);
  const phrases = yield* findPhrases(papers, Math.max(2, Math.round(graph.n / 1000)));
  const names = nameTopics(phrases, topicOf, affinity);
  const carriedOver = carriedOverTopics(topicOf, names.length, before);
  const hues = huesOf(
    positions,
    topicOf,
    carriedOver.map((each) => each?.topic.hue ?? null),
  );
  let nextId = 1 + Math.max(-1, ...(before?.topics ?? []).map(({ id }) => id));
  const takenNames = new Set(
    carriedOver.flatMap((each) => (each?.isSame === true ? [foldText(each.topic.name)] : [])),
  );
  const topics = names.map(({ name, words }, at) => {
    const hue = hues[at] ?? 0;
    const earlier = carriedOver[at];
    const id = earlier?.topic.id ?? nextId++;
    if (earlier?.isSame === true) return { id, hue, name: earlier.topic.name, words: earlier.topic.words };
    return { id, hue, name: uniqueName(name, words, takenNames), words };
  });
  return { topics, topicOf };
}

/** A carried-over topic may already have the name that a new one would get. `takenNames` holds folded names. */
function uniqueName(name: string, words: readonly string[], taken: Set<string>): string {
  let unique = name;
  for (let extra = 1; taken.has(foldText(unique)); extra++) {
    unique = extra <= words.length ? [name, ...words.slice(0, extra)].join(', ') : `${name} ${extra}`;
  }
  taken.add(foldText(unique));
  return unique;
}

/**
 * Topic by row, the largest topic first: −1 for papers between topics, and for those of communities that are too
 * small.
 */
function coreTopics(graph: NeighbourGraph, communities: Int32Array, target: number): Int16Array {
  const members = communities.map((own, row) => (votedTopic(graph, communities, row) === own ? own : -1));
  const sizes = sizesOf(members);
  const min = Math.max(minSize.papers, (minSize.share * graph.n) / target);
  const order = [...sizes.keys()]
    .filter((each) => (sizes[each] ?? 0) >= min)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const rankOf = new Map(order.map((each, rank) => [each, rank]));
  return Int16Array.from(members, (each) => rankOf.get(each) ?? -1);
}

function sizesOf(groups: ArrayLike<number>): number[] {
  const sizes: number[] = [];
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] ?? -1;
    if (group < 0) continue;
    while (sizes.length <= group) sizes.push(0);
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  return sizes;
}

/** Affinity of each pair of topics: the weight of neighbours of papers of one in the other, normalised by the sizes. */
function topicAffinities({ n, k, indices, similarities }: NeighbourGraph, topicOf: Int16Array): number[][] {
  const sizes = sizesOf(topicOf);
  const affinity = sizes.map(() => sizes.map(() => 0));
  for (let at = 0; at < n * k; at++) {
    const from = topicOf[Math.floor(at / k)] ?? -1;
    const to = topicOf[indices[at] ?? -1] ?? -1;
    if (from < 0 || to < 0 || from === to) continue;
    const weight = (similarities[at] ?? 0) ** 2;
    add(affinity, from, to, weight / Math.sqrt(sizes[to] ?? 1));
    add(affinity, to, from, weight / Math.sqrt(sizes[from] ?? 1));
  }
  return affinity;
}

function add(table: number[][], row: number, column: number, value: number): void {
  const cells = table[row];
  if (cells !== undefined) cells[column] = (cells[column] ?? 0) + value;
}
