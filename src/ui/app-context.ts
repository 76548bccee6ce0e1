import { createContext } from 'svelte';
import type { Annotations } from '../state/library/annotations.svelte';
import type { Atlas } from '../state/map/atlas.svelte';
import type { Duplicates } from '../state/library/duplicates.svelte';
import type { Finder } from '../state/list/paper-list.svelte';
import type { FocusPlaces } from '../state/page/focus-places';
import type { Imports } from '../state/library/imports.svelte';
import type { Jobs } from '../state/page/jobs.svelte';
import type { KnownValues } from '../state/search/known-values.svelte';
import type { Library } from '../state/library/library.svelte';
import type { ListCursor } from '../state/list/list-cursor.svelte';
import type { MapView } from '../state/map/map-view.svelte';
import type { News } from '../state/library/news.svelte';
import type { Notices } from '../state/page/notices.svelte';
import type { Offline } from '../state/page/offline.svelte';
import type { Passages } from '../state/reading/best-passage';
import type { Reader } from '../state/reading/reader.svelte';
import type { Search } from '../state/search/search.svelte';
import type { Reasons } from '../state/reading/explanations';
import type { Selection } from '../state/list/selection.svelte';
import type { Settings } from '../state/page/settings.svelte';
import type { System } from '../state/page/system.svelte';
import type { TopicList } from '../state/list/topic-list.svelte';
import type { Topics } from '../state/map/topics.svelte';

/** The state that main.ts builds, for every component below App. */
export interface AppState {
  annotations: Annotations;
  library: Library;
  atlas: Atlas;
  cursor: ListCursor;
  duplicates: Duplicates;
  finder: Finder;
  imports: Imports;
  passages: Passages;
  reader: Reader;
  reasons: Reasons;
  search: Search;
  selection: Selection;
  knownValues: KnownValues;
  mapView: MapView;
  places: FocusPlaces;
  jobs: Jobs;
  news: News;
  notices: Notices;
  offline: Offline;
  settings: Settings;
  system: System;
  topics: Topics;
  topicList: TopicList;
}

export const [appState, provideAppState] = createContext<AppState>();
