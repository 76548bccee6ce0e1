import type { Topic } from '../../core/topic/topic';
import { topicsNamed } from '../../core/topic/topics-named';
import { toggledTopic, searchedTopics, withoutTopics } from '../../core/search/query/topic-clauses';
import type { Paper } from '../../core/paper/paper';
import type { PaperList } from './paper-list.svelte';
import type { Library } from '../library/library.svelte';
import type { Notices } from '../page/notices.svelte';
import type { Search } from '../search/search.svelte';
import type { Topics } from '../map/topics.svelte';

/** A line of the list of topics. */
export interface TopicLine {
  topic: Topic;
  /** Papers of it that may be listed. */
  papers: number;
  /** Those of them that are results; all while there is no query or filter. */
  found: number;
  /** The search is narrowed to it. */
  isChosen: boolean;
}

interface Deps {
  topics: Pick<Topics, 'all' | 'index'>;
  paperList: Pick<PaperList, 'isNarrowed' | 'relevance'>;
  library: Pick<Library, 'papers'>;
  search: Pick<Search, 'text' | 'search'>;
  notices: Pick<Notices, 'show'>;
}

/** The topics as a list that follows the search, and narrows it. */
export class TopicList {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** By index of the topic. */
  readonly #paperCounts = $derived.by(() => {
    const { topics, library } = this.#deps;
    return countBy(library.papers, topics);
  });

  readonly #resultCounts = $derived.by(() => {
    const { paperList, topics } = this.#deps;
    return paperList.relevance === null ? this.#paperCounts : countBy(paperList.relevance.papers, topics);
  });

  readonly #chosen = $derived.by(() => {
    const { topics, search } = this.#deps;
    return new Set(searchedTopics(search.text).flatMap((name) => [...topicsNamed(name, topics.all)]));
  });

  /** The order of the ids in a search before a topic was chosen: choosing one must not move the others. */
  #orderBefore: { search: string; ids: readonly number[] } = { search: '', ids: [] };

  /**
   * In the order of their hues round the map, so that neighbours are neighbours here too; in a search those with the most
   * results first, without those that have none. Once one is chosen all are listed, so that others can be chosen too: those
   * with results stay where they were, above the others.
   */
  readonly #lines = $derived.by((): TopicLine[] => {
    const { topics, paperList, search } = this.#deps;
    const lines = topics.all
      .map((topic, index) => ({
        topic,
        papers: this.#paperCounts[index] ?? 0,
        found: this.#resultCounts[index] ?? 0,
        isChosen: this.#chosen.has(index),
      }))
      .filter(({ papers, isChosen }) => papers > 0 || isChosen)
      .sort((a, b) => a.topic.hue - b.topic.hue);
    const withoutChosen = withoutTopics(search.text);
    if (this.#chosen.size > 0)
      return withoutChosen === this.#orderBefore.search ? inOrder(lines, this.#orderBefore.ids) : lines;
    if (!paperList.isNarrowed) return lines;
    const found = lines.filter((line) => line.found > 0).sort((a, b) => b.found - a.found);
    this.#orderBefore = { search: withoutChosen, ids: found.map(({ topic }) => topic.id) };
    return found;
  });

  get lines(): readonly TopicLine[] {
    return this.#lines;
  }

  /** How many topics have papers, with results or without. */
  get count(): number {
    return this.#paperCounts.filter((papers) => papers > 0).length;
  }

  isChosen({ id }: Topic): boolean {
    return this.#deps.topics.all.some((topic, index) => topic.id === id && this.#chosen.has(index));
  }

  /** Adds a topic to the search or takes it out again; shows a notice when the search has no room for it. */
  toggle({ name }: Topic): void {
    const { search, topics, notices } = this.#deps;
    const text = toggledTopic(search.text, name, (part) =>
      [...topicsNamed(part, topics.all)].flatMap((index) => topics.all[index]?.name ?? []),
    );
    if (text !== null) return void search.search(text);
    notices.show({
      subject: 'topic',
      kind: 'fact',
      text: 'A search this long cannot be narrowed to a topic. Shorten it, and choose the topic again.',
      action: null,
    });
  }
}

/** Sorted as `ids`; lines that it lacks come last, in their present order. */
function inOrder(lines: readonly TopicLine[], ids: readonly number[]): TopicLine[] {
  const placeOf = ({ topic }: TopicLine) => (ids.includes(topic.id) ? ids.indexOf(topic.id) : ids.length);
  return lines.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** By index of the topic. */
function countBy(papers: readonly Paper[], topics: Pick<Topics, 'all' | 'index'>): number[] {
  const counts = topics.all.map(() => 0);
  if (counts.length === 0) return counts;
  for (const paper of papers) {
    const index = topics.index(paper);
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
