import type { Positions } from '../../core/layout/layout';
import type { Paper } from '../../core/paper/paper';
import { growTopics } from '../../core/topic/grow';
import { unknownTopic } from '../../core/topic/carried-over';
import type { Grouping, Topic } from '../../core/topic/topic';
import { topicCount } from '../../core/topic/topic-count';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import type { StoredTopics, StoreFacets } from '../../storage/store';
import { explain } from '../page/explain';
import type { Jobs } from '../page/jobs.svelte';
import type { Notices } from '../page/notices.svelte';

/** The map when its layout is final, with the neighbours that it was made from. Row i is paper i. */
export interface FinishedMap {
  papers: readonly Paper[];
  graph: NeighbourGraph;
  positions: Positions;
}

interface Deps {
  engine: Pick<Engine, 'group'>;
  store: Pick<StoreFacets, 'indexes'>;
  jobs: Jobs;
  notices: Notices;
  /** Called when a second attempt found topics, after the promise of the first one was settled. */
  onLate: () => void;
}

/** When this share of the library has come or gone since the last grouping, all papers are grouped again. */
const regroupedShare = 0.2;

const none: StoredTopics = {
  textHashes: [],
  grouped: 0,
  strayed: 0,
  grouping: { topics: [], topicOf: new Int16Array() },
};

/** The topics of the library: what regions of the map are called, and which papers belong to them. */
export class Topics {
  readonly #deps: Deps;
  #known = $state.raw<StoredTopics>(none);
  #run: AbortController | null = null;
  #wanted: FinishedMap | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #indexOf = $derived.by(() => {
    const { textHashes, grouping } = this.#known;
    return new Map(textHashes.map((hash, row) => [hash, grouping.topicOf[row] ?? -1]));
  });

  /** In no particular order. */
  get all(): readonly Topic[] {
    return this.#known.grouping.topics;
  }

  /** Null for a paper that lies between topics, or was not grouped yet. */
  of(paper: Paper): Topic | null {
    return this.all[this.index(paper)] ?? null;
  }

  /** In `all`; −1 for none. */
  index(paper: Paper): number {
    return this.#indexOf.get(paper.textHash) ?? -1;
  }

  /** Shows the saved ones before anything is computed. */
  async load(): Promise<void> {
    const saved = await this.#deps.store.indexes.loadTopics();
    if (saved !== null && this.#known === none) this.#known = saved;
  }

  /**
   * Updates the topics to the map. A few new papers join the topics of their neighbours; when there are many, all are
   * grouped again, and a topic that is still the same keeps its name. Resolves to whether anything changed.
   */
  async follow(map: FinishedMap): Promise<boolean> {
    this.#wanted = map;
    this.#run?.abort();
    const { signal } = (this.#run = new AbortController());
    // what failed before is tried again now
    this.#deps.notices.dismiss('topics');
    const { papers } = map;
    const before = this.#groupingOf(papers);
    const known = before.topicOf.reduce((sum, topic) => sum + Number(topic !== unknownTopic), 0);
    const { grouped, textHashes } = this.#known;
    const strayed = this.#known.strayed + (papers.length - known) + (textHashes.length - known);
    // a library that had too few papers for topics gets them as soon as it has enough
    const isOutgrown = topicCount(grouped) === 0 && topicCount(papers.length) > 0;
    if (isOutgrown || strayed > regroupedShare * grouped) return this.#group(map, before, signal);
    if (known === papers.length) return false;
    const topicOf = growTopics(map.graph, before.topicOf);
    await this.#take(papers, { topics: before.topics, topicOf }, { grouped, strayed });
    return true;
  }

  async #group(
    { papers, graph, positions }: FinishedMap,
    before: Grouping,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { engine, jobs, notices } = this.#deps;
    const job = jobs.begin('Naming the topics of the map', 'steps', { cancel: () => this.#run?.abort() });
    try {
      const texts = papers.map(({ title, abstract }) => ({ title, abstract }));
      const grouping = await engine.group(graph, positions, texts, before, { signal });
      if (signal.aborted) return false;
      await this.#take(papers, grouping, { grouped: papers.length, strayed: 0 });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      notices.show({
        subject: 'topics',
        kind: 'failure',
        text: `The topics of the map could not be found: ${explain(error)} Everything else works without them.`,
        action: { label: 'Try again', run: () => void this.#tryAgain() },
      });
      return false;
    } finally {
      job.end();
    }
  }

  async #tryAgain(): Promise<void> {
    if (this.#wanted !== null && (await this.follow(this.#wanted))) this.#deps.onLate();
  }

  /** The known topics of these papers, in their order. */
  #groupingOf(papers: readonly Paper[]): Grouping {
    const topicOf = Int16Array.from(papers, ({ textHash }) => this.#indexOf.get(textHash) ?? unknownTopic);
    return { topics: this.all, topicOf };
  }

  async #take(
    papers: readonly Paper[],
    grouping: Grouping,
    since: Pick<StoredTopics, 'grouped' | 'strayed'>,
  ): Promise<void> {
    const textHashes = papers.map(({ textHash }) => textHash);
    this.#known = { textHashes, grouping, ...since };
    // topics that cannot be saved are found again at the next visit, from the same papers
    await this.#deps.store.indexes.saveTopics(this.#known).catch(() => undefined);
  }
}
