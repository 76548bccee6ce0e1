import { mount, tick } from 'svelte';
import { vectorKeyFor } from './engine/assets/built-assets';
import { createEngine } from './engine/create-engine';
import { Searcher } from './engine/search/search-client';
import { followAddress } from './state/page/address-sync.svelte';
import { Annotations } from './state/library/annotations.svelte';
import { Atlas } from './state/map/atlas.svelte';
import { Duplicates } from './state/library/duplicates.svelte';
import { explain } from './state/page/explain';
import { Finder } from './state/list/paper-list.svelte';
import { FocusPlaces } from './state/page/focus-places';
import { Jobs } from './state/page/jobs.svelte';
import { Imports } from './state/library/imports.svelte';
import { KnownValues } from './state/search/known-values.svelte';
import { Library } from './state/library/library.svelte';
import { ListCursor } from './state/list/list-cursor.svelte';
import { MapView } from './state/map/map-view.svelte';
import { nearnessTo } from './state/reading/similarity';
import { News } from './state/library/news.svelte';
import { Notices } from './state/page/notices.svelte';
import { keepCode } from './state/page/offline-upkeep';
import { Offline } from './state/page/offline.svelte';
import { otherTabs } from './state/page/other-tabs';
import { QueryVectors } from './state/search/query-vectors';
import { Passages } from './state/reading/best-passage';
import { Reader } from './state/reading/reader.svelte';
import { Reasons } from './state/reading/explanations';
import { SearchIndex } from './state/search/search-index-sync';
import { Search } from './state/search/search.svelte';
import { Selection } from './state/list/selection.svelte';
import { Settings } from './state/page/settings.svelte';
import { Stages } from './state/page/stages';
import { System } from './state/page/system.svelte';
import { TopicList } from './state/list/topic-list.svelte';
import { Topics } from './state/map/topics.svelte';
import { createMemoryStore } from './storage/memory-store';
import { openStore } from './storage/open';
import type { Store } from './storage/store';
import App from './ui/App.svelte';
import { loadReader } from './ui/reader/load-reader';
import './ui/tokens.css';
import './ui/base.css';

/* Everything that lives as long as the page is built here, once, and handed down. */
const engine = createEngine();
const opening = openStore();
const stages = new Stages();
const jobs = new Jobs();
const notices = new Notices();
const settings = new Settings();
const offline = new Offline();
const mapView = new MapView();
const places = new FocusPlaces();
const system = new System(engine);
const annotations = new Annotations({
  notices,
  otherTabs: otherTabs('annotations'),
  now: () => Date.now(),
  onChange: () => void search.followAnnotations(),
});
const library = new Library({
  engine,
  notices,
  otherTabs: otherTabs('library'),
  corpusUrl: new URL('corpus/', document.baseURI).href,
  now: () => Date.now(),
  onPapers: (papers) => {
    void tick().then(() => stages.reach('list'));
    annotations.follow(papers);
    void search.follow(papers);
    void finder.follow(library.papers);
    news.follow();
  },
  onRest: (papers) => {
    // a browser may put this as a question, so it waits until there is something that only the reader has
    if (library.hasOwnFiles) void system.persist();
    void afterCharting(atlas.follow(papers));
  },
});
const news = new News(library, Date.now());
const imports = new Imports({
  engine,
  jobs,
  library,
  now: () => Date.now(),
  onAdded: (ids) => news.add(ids),
});
const reader = new Reader(library, news, annotations);
const topics = new Topics({
  engine,
  jobs,
  notices,
  onLate: () => void (search.found !== null && search.again()),
});
const duplicates = new Duplicates({ engine, library, notices });
const atlas = new Atlas({
  engine,
  jobs,
  notices,
  settings,
  vectorKeyFor,
  onNeighbours: (papers, graph, vectorKey) => {
    void duplicates.look(papers, graph);
    searchIndex.connect(papers, graph, vectorKey);
  },
});
const searcher = new Searcher({
  annotations: () => annotations.byPaper,
  onForgotten: () => searchIndex.forget(),
});
const searchIndex = new SearchIndex(searcher);
const queryVectors = new QueryVectors(engine);
const search: Search = new Search({
  library,
  news,
  annotations,
  topics,
  searcher,
  index: searchIndex,
  vectors: queryVectors,
  precision: () => atlas.precision,
  listable: () => finder.listable,
});
const reasons = new Reasons({ engine, store: opening, atlas });
const finder = new Finder({
  library,
  search,
  nearness: async (id) => nearnessTo(id, atlas, await opening),
});

for (const type of ['error', 'unhandledrejection'] as const) {
  addEventListener(type, (event) => {
    const cause: unknown = event instanceof PromiseRejectionEvent ? event.reason : event;
    const text = cause instanceof ErrorEvent ? explain(cause.error ?? cause.message) : explain(cause);
    notices.show({
      subject: 'fault',
      kind: 'failure',
      text,
      action: { label: 'Reload', run: () => location.reload() },
    });
  });
}

addEventListener('pagehide', () => annotations.leave());
addEventListener('pageshow', () => annotations.stay());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') annotations.leave();
  else annotations.stay();
});

/** Once the map is finished: what the device needs to make it again without a network. */
async function afterCharting(charting: Promise<void>): Promise<void> {
  await charting;
  if (!atlas.chart.isFinal) return;
  if (atlas.charted !== null) await topics.follow(atlas.charted);
  await finder.refreshNearness();
  if (search.found !== null) await search.again();
  const isStored = await engine.storeOffline(settings.engine, atlas.precision).catch(() => null);
  // null: not reachable now; the next visit tries again, and until then the status line says so
  if (isStored !== null) offline.assetsAre(isStored ? 'ready' : 'unsupported');
  if (offline.state === 'ready') stages.readyOffline();
}

/** Longer than a healthy database takes to open, too short to be felt. */
const settingsMs = 250;

/** What cannot be read is left alone: the session then goes on in memory, and writes nothing over it. */
async function openLibrary(store: Store): Promise<void> {
  atlas.open(store);
  searchIndex.open(store);
  try {
    // before the papers, so that they are indexed with what was written about them, and drawn in the colours of their topics
    await Promise.all([annotations.open(store), topics.open(store)]);
    await library.load(store);
  } catch (error) {
    notices.show({
      subject: 'store',
      kind: 'failure',
      text: `The library of this browser could not be read: ${explain(error)} It is left as it is, and this page keeps nothing.`,
      action: { label: 'Reload', run: () => location.reload() },
    });
    const memory = createMemoryStore();
    system.open(memory);
    atlas.open(memory);
    searchIndex.open(memory);
    await topics.open(memory);
    await annotations.open(memory);
    await library.load(memory);
  }
}

async function start(target: HTMLElement): Promise<void> {
  // the theme is among the settings: with them the first frame already has its colours
  const settled = opening
    .then((store) => settings.load(store))
    .catch((error: unknown) =>
      notices.show({
        subject: 'settings',
        kind: 'fact',
        text: `Your settings could not be read: ${explain(error)} The usual ones are in use.`,
        action: null,
      }),
    );
  await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, settingsMs))]);
  mount(App, {
    target,
    props: {
      app: {
        annotations,
        library,
        atlas,
        duplicates,
        finder,
        imports,
        news,
        reader,
        reasons,
        passages: new Passages({ engine, store: opening, vectors: queryVectors, atlas }),
        search,
        cursor: new ListCursor({ finder, search }),
        selection: new Selection({ library, search }),
        knownValues: new KnownValues({ library, annotations, topics }),
        mapView,
        places,
        jobs,
        notices,
        offline,
        settings,
        system,
        topics,
        topicList: new TopicList({ topics, finder, library, search, notices }),
      },
      onDrawn: () => {
        if (atlas.chart.isFinal) stages.reach('map');
        else if (atlas.chart.kind === 'provisional' && atlas.papers.length > 0)
          stages.reach('map-provisional');
      },
      onEngine: () => void afterCharting(atlas.changeEngine(library.papers)),
    },
  });
  stages.reach('shell');
  const store = await opening;
  system.open(store);
  if (store.kind === 'memory') {
    notices.show({
      subject: 'memory',
      kind: 'fact',
      text: 'This browser lets the app keep nothing, so the library ends when this page is closed. A normal window usually helps.',
      action: null,
    });
  }
  store.onLost(() =>
    notices.show({
      subject: 'store',
      kind: 'failure',
      text: 'The library of this browser was closed from outside, so changes are not kept. What is on the page is safe until it is left.',
      action: { label: 'Reload', run: () => location.reload() },
    }),
  );
  await settled;
  void news.open(store);
  await openLibrary(store);
  await tick();
  stages.reach('list');
  // what cannot be had now is asked for again when a paper is opened, and said then
  loadReader().catch(() => undefined);
  followAddress({ finder, library, mapView, notices, reader, search });
  // the development server changes under a service worker, and has none
  if (import.meta.env.PROD) await keepCode(offline, new URL('sw.js', document.baseURI).href);
  else offline.codeIs('unsupported');
  if (offline.state === 'ready') stages.readyOffline();
}

const target = document.getElementById('app');
if (target === null) throw new Error('expected index.html to have an element #app');
void start(target);
