import type { Positions } from '../layout/layout';
import { foldText } from '../paper/text/clean';
import { nearestOf, type NeighbourGraph } from '../vector/neighbours';
import { communitiesInSlices } from './communities';
import { huesOf } from './hues';
import { nameTopics } from './names';
import { phrasesInSlices } from './phrases';
import { keptTopics } from './carried-over';
import { ownTopic } from './neighbour-votes';
import type { Grouping } from './topic';
import { wantedTopics } from './wanted';

/** Of a topic, and of the papers that a topic has on average. */
const smallest = { papers: 4, share: 0.05 };

/**
 * Neighbours of a paper that decide: of more than half a topic many would lie in another one, and of few papers a third
 * would be left between topics.
 */
const neighbours = { least: 5, share: 0.45 };

/**
 * Groups and names papers: communities of their graph, without those that hang between them. Topics that go on from
 * `before` keep their id and hue, and their name for as long as most of their papers are the same; in `before`, too, row i is
 * paper i. The same input gives the same topics. 2.5 s for 20,000 papers, in slices of up to 0.3 s.
 */
export function* groupInSlices(
  whole: NeighbourGraph,
  positions: Positions,
  papers: readonly { title: string; abstract: string }[],
  before: Grouping | null,
): Generator<void, Grouping> {
  const wanted = wantedTopics(whole.n);
  if (wanted === 0) return { topics: [], topicOf: new Int16Array(whole.n).fill(-1) };
  const graph = nearestOf(
    whole,
    Math.max(neighbours.least, Math.floor((neighbours.share * whole.n) / wanted)),
  );
  const topicOf = withoutStragglers(graph, yield* communitiesInSlices(graph, wanted), wanted);
  yield;
  const ties = tiesBetween(graph, topicOf);
  const phrases = yield* phrasesInSlices(papers, Math.max(2, Math.round(graph.n / 1000)));
  const names = nameTopics(phrases, topicOf, ties);
  const kept = keptTopics(topicOf, names.length, before);
  const hues = huesOf(
    positions,
    topicOf,
    kept.map((each) => each?.topic.hue ?? null),
  );
  let nextId = 1 + Math.max(-1, ...(before?.topics ?? []).map(({ id }) => id));
  const spoken = new Set(kept.flatMap((each) => (each?.isSame === true ? [foldText(each.topic.name)] : [])));
  const topics = names.map(({ name, words }, at) => {
    const hue = hues[at] ?? 0;
    const own = kept[at];
    const id = own?.topic.id ?? nextId++;
    if (own?.isSame === true) return { id, hue, name: own.topic.name, words: own.topic.words };
    return { id, hue, name: unspoken(name, words, spoken), words };
  });
  return { topics, topicOf };
}

/** A topic that kept its name may have the one that another would get now. `spoken` holds names as they are sought. */
function unspoken(name: string, words: readonly string[], spoken: Set<string>): string {
  let free = name;
  for (let more = 1; spoken.has(foldText(free)); more++) {
    free = more <= words.length ? [name, ...words.slice(0, more)].join(', ') : `${name} ${more}`;
  }
  spoken.add(foldText(free));
  return free;
}

/** By row, the largest topic first: −1 for papers that lie between topics, and for those of topics too small to be one. */
function withoutStragglers(graph: NeighbourGraph, communities: Int32Array, wanted: number): Int16Array {
  const firm = communities.map((own, row) => (ownTopic(graph, communities, row) === own ? own : -1));
  const sizes = sizesOf(firm);
  const least = Math.max(smallest.papers, (smallest.share * graph.n) / wanted);
  const order = [...sizes.keys()]
    .filter((each) => (sizes[each] ?? 0) >= least)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const placeOf = new Map(order.map((each, place) => [each, place]));
  return Int16Array.from(firm, (each) => placeOf.get(each) ?? -1);
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

/** How close each topic is to each other one: what its papers' neighbours weigh there, large topics made no closer by their size. */
function tiesBetween({ n, k, indices, similarities }: NeighbourGraph, topicOf: Int16Array): number[][] {
  const sizes = sizesOf(topicOf);
  const ties = sizes.map(() => sizes.map(() => 0));
  for (let at = 0; at < n * k; at++) {
    const from = topicOf[Math.floor(at / k)] ?? -1;
    const to = topicOf[indices[at] ?? -1] ?? -1;
    if (from < 0 || to < 0 || from === to) continue;
    const weight = (similarities[at] ?? 0) ** 2;
    add(ties, from, to, weight / Math.sqrt(sizes[to] ?? 1));
    add(ties, to, from, weight / Math.sqrt(sizes[from] ?? 1));
  }
  return ties;
}

function add(table: number[][], row: number, column: number, value: number): void {
  const cells = table[row];
  if (cells !== undefined) cells[column] = (cells[column] ?? 0) + value;
}
