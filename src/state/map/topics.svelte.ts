import type { Positions } from '../../core/layout/layout';
import type { Paper } from '../../core/paper/paper';
import { growTopics } from '../../core/topic/grow';
import { UNKNOWN } from '../../core/topic/carried-over';
import type { Grouping, Topic } from '../../core/topic/topic';
import { wantedTopics } from '../../core/topic/wanted';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import type { Store, StoredTopics } from '../../storage/store';
import { explain } from '../page/explain';
import type { Jobs } from '../page/jobs.svelte';
import type { Notices } from '../page/notices.svelte';

/** The map at rest, with the neighbours that it was made from. Row i is paper i. */
export interface Charted {
  papers: readonly Paper[];
  graph: NeighbourGraph;
  positions: Positions;
}

interface Deps {
  engine: Pick<Engine, 'group'>;
  jobs: Jobs;
  notices: Notices;
  /** Topics were found after all, when nobody was waiting for them any more. */
  onLate: () => void;
}

/** When so much of the library has come or gone since papers were grouped together, they are grouped anew. */
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
  #store: Pick<Store, 'loadTopics' | 'putTopics'> | null = null;
  #known = $state.raw<StoredTopics>(none);
  #run: AbortController | null = null;
  #wanted: Charted | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #indexOf = $derived.by(() => {
    const { textHashes, grouping } = this.#known;
    return new Map(textHashes.map((hash, row) => [hash, grouping.topicOf[row] ?? -1]));
  });

  /** In no order that means anything. */
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

  /** Those that were kept are there before anything is computed. */
  async open(store: Pick<Store, 'loadTopics' | 'putTopics'>): Promise<void> {
    this.#store = store;
    const kept = await store.loadTopics();
    if (kept !== null && this.#known === none) this.#known = kept;
  }

  /**
   * Brings the topics up to the map. A few papers more join the topics of their neighbours; when they are many, all are
   * grouped anew, and what is still the same topic keeps its name. Resolves to whether anything is other than before.
   */
  async follow(charted: Charted): Promise<boolean> {
    this.#wanted = charted;
    this.#run?.abort();
    const { signal } = (this.#run = new AbortController());
    // what failed before is tried again now
    this.#deps.notices.dismiss('topics');
    const { papers } = charted;
    const before = this.#groupingOf(papers);
    const met = before.topicOf.reduce((sum, topic) => sum + Number(topic !== UNKNOWN), 0);
    const { grouped, textHashes } = this.#known;
    const strayed = this.#known.strayed + (papers.length - met) + (textHashes.length - met);
    // a library that had too few papers for topics gets them with the first that makes them enough
    const isOutgrown = wantedTopics(grouped) === 0 && wantedTopics(papers.length) > 0;
    if (isOutgrown || strayed > regroupedShare * grouped) return this.#group(charted, before, signal);
    if (met === papers.length) return false;
    const topicOf = growTopics(charted.graph, before.topicOf);
    await this.#take(papers, { topics: before.topics, topicOf }, { grouped, strayed });
    return true;
  }

  async #group(
    { papers, graph, positions }: Charted,
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
        text: `The topics of the map could not be found: ${explain(error)} All else works without them.`,
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

  /** What is known of these papers, in their order. */
  #groupingOf(papers: readonly Paper[]): Grouping {
    const topicOf = Int16Array.from(papers, ({ textHash }) => this.#indexOf.get(textHash) ?? UNKNOWN);
    return { topics: this.all, topicOf };
  }

  async #take(
    papers: readonly Paper[],
    grouping: Grouping,
    since: Pick<StoredTopics, 'grouped' | 'strayed'>,
  ): Promise<void> {
    const textHashes = papers.map(({ textHash }) => textHash);
    this.#known = { textHashes, grouping, ...since };
    // topics that cannot be kept are made again at the next visit, from the same papers
    await this.#store?.putTopics(this.#known).catch(() => undefined);
  }
}
