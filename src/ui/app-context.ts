import { createContext } from 'svelte';
import type { Annotations } from '../state/annotations.svelte';
import type { Atlas } from '../state/atlas.svelte';
import type { Duplicates } from '../state/duplicates.svelte';
import type { Finder } from '../state/finder.svelte';
import type { FocusPlaces } from '../state/focus-places';
import type { Imports } from '../state/imports.svelte';
import type { Jobs } from '../state/jobs.svelte';
import type { KnownValues } from '../state/known-values.svelte';
import type { Library } from '../state/library.svelte';
import type { ListCursor } from '../state/list-cursor.svelte';
import type { MapView } from '../state/map-view.svelte';
import type { News } from '../state/news.svelte';
import type { Notices } from '../state/notices.svelte';
import type { Offline } from '../state/offline.svelte';
import type { Passages } from '../state/passages';
import type { Reader } from '../state/reader.svelte';
import type { Search } from '../state/search.svelte';
import type { Reasons } from '../state/reasons';
import type { Selection } from '../state/selection.svelte';
import type { Settings } from '../state/settings.svelte';
import type { System } from '../state/system.svelte';
import type { TopicList } from '../state/topic-list.svelte';
import type { Topics } from '../state/topics.svelte';

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
