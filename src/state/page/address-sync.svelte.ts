import { readAddress, writeAddress } from './address';
import type { Finder } from '../list/paper-list.svelte';
import type { Library } from '../library/library.svelte';
import type { MapView } from '../map/map-view.svelte';
import type { Notices } from './notices.svelte';
import type { Reader } from '../reading/reader.svelte';
import type { Search } from '../search/search.svelte';

interface Parts {
  finder: Finder;
  library: Library;
  mapView: MapView;
  notices: Notices;
  reader: Reader;
  search: Search;
}

/** Browsers take only so many changes of the address a minute; a pan makes sixty a second. */
const restMs = 300;

/**
 * Keeps the URL hash and the state in step. Call once the library is loaded. Opening a paper is a step that the
 * browser's Back undoes; searching and moving the map only change where the reader stands.
 */
export function followAddress({ finder, library, mapView, notices, reader, search }: Parts): void {
  /** At the start, what the reader has typed or opened while the library was loading stands. */
  function take({ isStart }: { isStart: boolean }): void {
    const { paper, query, since, viewport } = readAddress(location.hash);
    if (viewport !== null) mapView.look(viewport);
    if (query !== search.text && !(isStart && search.text !== '')) void search.seek(query);
    if (since !== null || !isStart) finder.showArrivedSince(since);
    if (paper === reader.openId || (isStart && reader.openId !== null)) return;
    if (paper === null) {
      reader.close()?.focus();
    } else if (library.paper(paper)) {
      reader.open(paper);
    } else {
      notices.show({
        subject: 'address',
        kind: 'fact',
        text: 'This address names a paper that is not in this library. Here is the rest.',
        action: null,
      });
    }
  }

  let shownPaper = readAddress(location.hash).paper;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function put(hash: string, paper: string | null): void {
    if (hash === location.hash) return;
    const url = `${location.pathname}${location.search}${hash}`;
    if (paper !== shownPaper) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    shownPaper = paper;
  }

  take({ isStart: true });
  addEventListener('popstate', () => {
    shownPaper = readAddress(location.hash).paper;
    take({ isStart: false });
  });
  $effect.root(() => {
    $effect(() => {
      const paper = reader.openId;
      const hash = writeAddress({
        paper,
        query: search.text,
        since: finder.arrivedSince,
        viewport: mapView.viewport,
      });
      clearTimeout(timer);
      if (paper !== shownPaper) put(hash, paper);
      else timer = setTimeout(() => put(hash, paper), restMs);
    });
  });
}
