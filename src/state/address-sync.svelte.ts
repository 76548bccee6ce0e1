import { readAddress, writeAddress } from './address';
import type { Session } from './session';

type Parts = Pick<Session, 'paperList' | 'library' | 'mapView' | 'notices' | 'reader' | 'search'>;

/** The address of the page; a browser's in the app. */
export interface AddressBar {
  /** `''` or with its `#`. */
  readonly hash: string;
  /** A step that the browser's Back undoes. */
  push(hash: string): void;
  /** Changes the current step. */
  replace(hash: string): void;
}

/** Browsers accept only so many changes of the address a minute; a pan makes sixty a second. */
const idleMs = 300;

/**
 * Keeps the URL hash and the state in step. Opening a paper is a step that the browser's Back undoes; searching and moving
 * the map only change the current one.
 */
export class AddressSync {
  readonly #parts: Parts;
  readonly #bar: AddressBar;
  #shownPaper: string | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts, bar: AddressBar) {
    this.#parts = parts;
    this.#bar = bar;
    this.#shownPaper = readAddress(bar.hash).paper;
  }

  /** Applies the address. At the start, what the reader has typed or opened while the library was loading takes precedence. */
  apply({ isStart }: { isStart: boolean }): void {
    const { paperList, library, mapView, notices, reader, search } = this.#parts;
    const { paper, query, since, viewport } = readAddress(this.#bar.hash);
    if (!isStart) this.#shownPaper = paper;
    if (viewport !== null) mapView.look(viewport);
    if (query !== search.text && !(isStart && search.text !== '')) void search.search(query);
    if (since !== null || !isStart) paperList.showArrivedSince(since);
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

  /** Writes the state to the address: a paper that was opened or closed at once, the rest when it has stopped changing. */
  write(): void {
    const { paperList, mapView, reader, search } = this.#parts;
    const paper = reader.openId;
    const hash = writeAddress({
      paper,
      query: search.text,
      since: paperList.arrivedSince,
      viewport: mapView.viewport,
    });
    clearTimeout(this.#timer);
    if (paper !== this.#shownPaper) this.#put(hash, paper);
    else this.#timer = setTimeout(() => this.#put(hash, paper), idleMs);
  }

  #put(hash: string, paper: string | null): void {
    if (hash === this.#bar.hash) return;
    if (paper !== this.#shownPaper) this.#bar.push(hash);
    else this.#bar.replace(hash);
    this.#shownPaper = paper;
  }
}

/** Follows the browser's address for as long as the page lives. Call once the library is loaded. */
export function followAddress(parts: Parts): void {
  const url = (hash: string) => `${location.pathname}${location.search}${hash}`;
  const sync = new AddressSync(parts, {
    get hash() {
      return location.hash;
    },
    push: (hash) => history.pushState(null, '', url(hash)),
    replace: (hash) => history.replaceState(null, '', url(hash)),
  });
  sync.apply({ isStart: true });
  addEventListener('popstate', () => sync.apply({ isStart: false }));
  $effect.root(() => {
    $effect(() => sync.write());
  });
}
