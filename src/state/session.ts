import { tick } from 'svelte';
import type { Paper } from '../core/paper/paper';
import type { Engine } from '../engine/engine';
import type { Precision } from '../engine/protocol';
import type { SearchClient, SearchClientOptions } from '../engine/search/search-client';
import { notedLibrary } from '../storage/library-mark';
import type { StoreContents } from '../storage/store';
import type { StoreHandle } from '../storage/store-handle';
import { Annotations } from './library/annotations.svelte';
import { Duplicates } from './library/duplicates.svelte';
import { Imports } from './library/imports.svelte';
import { Library } from './library/library.svelte';
import { inWords, LossCheck } from './library/loss-check';
import { News } from './library/news.svelte';
import { ListCursor } from './list/list-cursor.svelte';
import { PaperList } from './list/paper-list.svelte';
import { Selection } from './list/selection.svelte';
import { TopicList } from './list/topic-list.svelte';
import { Atlas } from './map/atlas.svelte';
import { MapView } from './map/map-view.svelte';
import { Topics } from './map/topics.svelte';
import { asAppError, explain } from './page/explain';
import { Faults } from './page/faults';
import { FocusPlaces } from './page/focus-places';
import { Jobs } from './page/jobs.svelte';
import { Notices } from './page/notices.svelte';
import { Offline } from './page/offline.svelte';
import type { OtherTabs } from './page/other-tabs';
import { Settings } from './page/settings.svelte';
import { Stages } from './page/stages';
import { reportLostStore, reportRestored, reportUnreadable } from './page/store-notices';
import { System } from './page/system.svelte';
import { BestPassage } from './reading/best-passage';
import { Explanations } from './reading/explanations';
import { Reader } from './reading/reader.svelte';
import { similarityTo } from './reading/similarity';
import { KnownValues } from './search/known-values.svelte';
import { QueryVectors } from './search/query-vectors';
import { SearchIndexSync } from './search/search-index-sync';
import { Search } from './search/search.svelte';

/** What a session gets from outside; tests give others. */
export interface SessionOptions {
  engine: Engine;
  store: StoreHandle;
  /** The search worker; made here, because it reads the annotations. */
  searchClient: (options: SearchClientOptions) => SearchClientOfSession;
  otherTabs: (subject: 'library' | 'annotations') => OtherTabs;
  /** Names the vectors of the models that this build ships. */
  vectorKeyFor: (precision: Precision) => string;
  /** The folder of the shipped digests, with a slash at its end. */
  corpusUrl: string;
  /** ms since the epoch. */
  now: () => number;
  /** Reloads the page. */
  reload: () => void;
  /** Stores the code of the app for use without a network, where that is possible. */
  storeCode: () => Promise<void>;
}

type SearchClientOfSession = Pick<
  SearchClient,
  | 'slot'
  | 'id'
  | 'start'
  | 'restore'
  | 'follow'
  | 'followAnnotations'
  | 'save'
  | 'setVectors'
  | 'setNeighbours'
  | 'search'
  | 'replaceWorker'
>;

/**
 * Everything that lives as long as the page, and what follows what:
 *
 *     settings ─▶ news ─▶ annotations, topics ─▶ library ─┬─▶ list, search index   (each change of papers, at once)
 *                                                         └─▶ map ─▶ topics ─▶ list, search, offline store   (when idle)
 */
export class Session {
  readonly stages = new Stages();
  readonly jobs = new Jobs();
  readonly notices = new Notices();
  readonly offline = new Offline();
  readonly mapView = new MapView();
  readonly places = new FocusPlaces();
  readonly faults: Faults;
  readonly settings: Settings;
  readonly system: System;
  readonly annotations: Annotations;
  readonly library: Library;
  readonly news: News;
  readonly imports: Imports;
  /** See engine.ts. */
  readonly write: Engine['write'];
  readonly duplicates: Duplicates;
  readonly reader: Reader;
  readonly atlas: Atlas;
  readonly topics: Topics;
  readonly search: Search;
  readonly paperList: PaperList;
  readonly cursor: ListCursor;
  readonly selection: Selection;
  readonly topicList: TopicList;
  readonly knownValues: KnownValues;
  readonly explanations: Explanations;
  readonly bestPassage: BestPassage;
  readonly #searchIndexSync: SearchIndexSync;
  readonly #searchClient: SearchClientOfSession;
  readonly #lossCheck: LossCheck;
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    const { engine, store, otherTabs, vectorKeyFor, corpusUrl, now } = options;
    const { jobs, notices } = this;
    this.#options = options;
    this.write = engine.write;
    this.faults = new Faults(now);
    this.settings = new Settings(store);
    this.system = new System(engine);

    this.annotations = new Annotations({
      store,
      notices,
      otherTabs: otherTabs('annotations'),
      now,
      onChange: () => void this.search.followAnnotations(),
      onSaved: () => this.#lossCheck.follow(),
    });
    this.library = new Library({
      engine,
      store,
      notices,
      otherTabs: otherTabs('library'),
      corpusUrl,
      now,
      onPapers: (papers) => this.#onPapers(papers),
      onIdle: (papers) => this.#onIdle(papers),
      onCommitted: () => this.#lossCheck.follow(),
    });
    const { annotations, library } = this;
    this.#lossCheck = new LossCheck({
      library,
      annotations,
      notices,
      isStored: () => this.system.storeKind === 'indexeddb',
      now,
    });
    this.news = new News({ library, store, visitAt: now() });
    const { news } = this;
    this.imports = new Imports({ engine, jobs, library, now, onAdded: (ids) => news.add(ids) });
    this.duplicates = new Duplicates({ engine, library, notices });
    this.reader = new Reader(library, news, annotations);

    this.atlas = new Atlas({
      engine,
      store,
      jobs,
      notices,
      settings: this.settings,
      vectorKeyFor,
      onNeighbours: (papers, graph, vectorKey) => {
        void this.duplicates.look(papers, graph);
        this.#searchIndexSync.connect(papers, graph, vectorKey);
      },
    });
    this.topics = new Topics({ engine, store, jobs, notices, onLate: () => void this.#rerunSearch() });
    const { atlas, topics } = this;

    const searchClient = options.searchClient({
      annotations: () => annotations.byPaper,
      onVectorsLost: () => this.#searchIndexSync.forget(),
    });
    this.#searchClient = searchClient;
    this.#searchIndexSync = new SearchIndexSync(searchClient, store);
    const queryVectors = new QueryVectors(engine);
    this.search = new Search({
      library,
      news,
      annotations,
      topics,
      searchClient,
      index: this.#searchIndexSync,
      vectors: queryVectors,
      precision: () => atlas.precision,
      listable: () => this.paperList.listable,
    });
    const { search } = this;
    this.paperList = new PaperList({
      library,
      search,
      similarityTo: (id) => similarityTo(id, atlas, store),
    });
    const { paperList } = this;
    this.cursor = new ListCursor({ paperList, search });
    this.selection = new Selection({ library, search });
    this.topicList = new TopicList({ topics, paperList, library, search, notices });
    this.knownValues = new KnownValues({ library, annotations, topics });
    this.explanations = new Explanations({ engine, store, atlas });
    this.bestPassage = new BestPassage({ engine, store, vectors: queryVectors, atlas });
  }

  /**
   * Reads the reader's choices; resolves when they are in use. What cannot be read is replaced by the defaults, and a notice
   * says so.
   */
  async loadSettings(): Promise<void> {
    try {
      await this.settings.load();
      void this.paperList.browseBy(this.settings.sort);
    } catch (error) {
      this.notices.show({
        subject: 'settings',
        kind: 'fact',
        text: `Your settings could not be read: ${explain(error)} The defaults are in use.`,
        action: null,
      });
    }
  }

  /** Reads what is stored and then the shipped digests. Resolves when the list is complete; the map follows by itself. */
  async open(): Promise<void> {
    const { store } = this.#options;
    store.onLost(() => reportLostStore(this.notices, this.#options.reload));
    store.restoreFrom({ contents: () => this.#contents(), onRestored: () => this.#onRestored() });
    const kind = await store.kind();
    this.system.storeIs(kind);
    if (kind === 'memory') {
      const { reportMemoryOnly } = await import('./page/memory-notice');
      reportMemoryOnly(this.notices, await store.memoryReason(), this.#options.reload);
    }
    void this.news.load();
    try {
      await this.#loadLibrary();
    } catch (error) {
      const noted = notedLibrary();
      reportUnreadable(this.notices, error, noted === null ? '' : inWords(noted), this.#options.reload);
      store.fallBackToMemory(asAppError(error));
      this.system.storeIs(await store.kind());
      await this.#loadLibrary();
    }
    this.news.beginVisit();
    void this.#lookAtStored();
    // with papers the model is fetched when it is first needed, and stored after the map
    if (this.library.papers.length === 0) void this.#storeOffline();
    await tick();
    this.stages.reach('list');
  }

  /** Makes room on a full disk; until they are fetched again, the app is not ready offline. */
  async deleteDownloads(): Promise<void> {
    await this.#options.engine.deleteOffline();
    this.offline.assetsAre('storing');
  }

  /** Whether something would be lost that the reader added or wrote. */
  get isUnsaved(): boolean {
    const { annotations, library, system } = this;
    if (annotations.failure !== null) return true;
    return system.storeKind === 'memory' && (library.hasOwnFiles || annotations.all.length > 0);
  }

  /** Whether a reload that the reader did not ask for would interrupt an import or lose something. */
  get isBusy(): boolean {
    return this.isUnsaved || this.imports.isRunning;
  }

  /** The page may be gone at any moment. */
  leave(): void {
    this.annotations.leave();
  }

  /** The page is back. */
  stay(): void {
    this.annotations.stay();
  }

  /** The map has been drawn: the first frame of each of its stages is marked. */
  onDrawn(): void {
    const { layout, papers } = this.atlas;
    if (layout.isFinal) this.stages.reach('map');
    else if (layout.kind === 'provisional' && papers.length > 0) this.stages.reach('map-provisional');
  }

  /** The reader has chosen another engine. */
  changeEngine(): void {
    void this.#afterMap(this.atlas.changeEngine());
  }

  /** Marks the moment from which the app starts without a network, once its code, model and digests are stored. */
  reportOffline(): void {
    if (this.offline.state === 'ready') this.stages.readyOffline();
  }

  /** The service worker now answers for this page: workers that started earlier have no content policy of their own. */
  onControlled(): void {
    this.#options.engine.replaceWorkers();
    // a search that is on the screen was answered by the worker before, or without vectors by its successor
    this.#searchClient.replaceWorker().then(
      () => this.#rerunSearch(),
      // the next search starts a worker, and reports when that fails
      () => undefined,
    );
  }

  /** A fault of ours that nobody caught. */
  reportFault(cause: unknown): void {
    this.faults.add(cause);
    this.notices.show({
      subject: 'fault',
      kind: 'failure',
      text: explain(cause),
      action: { label: 'Reload', run: this.#options.reload },
    });
  }

  /** Everything that cannot be rebuilt; null while it has not been read. */
  #contents(): StoreContents | null {
    const [library, annotations] = [this.library.contents, this.annotations.contents];
    if (library === null || annotations === null) return null;
    return { library, ...annotations, settings: this.settings.stored, news: this.news.stored };
  }

  /** Site data were cleared under the open page, and what it holds was written back. */
  #onRestored(): void {
    const [library, annotations] = [this.library.committed, this.annotations.committed];
    this.#lossCheck.follow();
    // the code and the model are gone too
    void this.#options.storeCode().then(() => this.#storeOffline());
    if (library === null || annotations === null || library.papers === 0) return;
    reportRestored(this.notices, inWords({ ...library, ...annotations }));
  }

  /** Annotations and topics come first, so that papers are indexed with their notes and drawn in their topics' colours. */
  async #loadLibrary(): Promise<void> {
    await Promise.all([this.annotations.load(), this.topics.load()]);
    await this.library.load();
  }

  /** Papers came, changed, went or were hidden. During an import this happens a few times a second. */
  #onPapers(papers: readonly Paper[]): void {
    // an empty list is only a sight of the library once the shipped digests have been looked at, see `open`
    if (papers.length > 0) void tick().then(() => this.stages.reach('list'));
    this.annotations.follow(papers);
    void this.search.follow(papers);
    void this.paperList.follow(this.library.papers);
    this.news.follow();
  }

  /** The library is as it will be for a while: time for what takes longer. */
  #onIdle(papers: readonly Paper[]): void {
    // a browser may ask the reader, so this waits until there is something that only the reader has
    if (this.library.hasOwnFiles) void this.system.persist();
    void this.#afterMap(this.atlas.follow(papers));
  }

  /** Says whether the app works offline before the map is made: on most visits everything is stored already. */
  async #lookAtStored(): Promise<void> {
    const { settings, atlas } = this;
    const { engine } = this.#options;
    const isStored = await engine.isStoredOffline(settings.engine, atlas.precision).catch(() => false);
    if (this.offline.assets !== 'unknown') return;
    this.offline.assetsAre(isStored ? 'ready' : 'storing');
    this.reportOffline();
  }

  /** Once the map is finished: its topics, everything that depends on vectors, and what the device needs offline. */
  async #afterMap(mapping: Promise<void>): Promise<void> {
    const { atlas, topics } = this;
    await mapping;
    if (!atlas.layout.isFinal) return;
    if (atlas.finishedMap !== null) await topics.follow(atlas.finishedMap);
    await this.paperList.refreshSimilarity();
    await this.#rerunSearch();
    await this.#storeOffline();
  }

  async #storeOffline(): Promise<void> {
    const { atlas, settings, offline } = this;
    const isStored = await this.#options.engine
      .storeOffline(settings.engine, atlas.precision)
      .catch(() => null);
    // null: the site cannot be reached now; the next visit tries again, and until then the status line says so
    if (isStored !== null) offline.assetsAre(isStored ? 'ready' : 'unsupported');
    this.reportOffline();
  }

  async #rerunSearch(): Promise<void> {
    if (this.search.results !== null) await this.search.rerun();
  }
}
