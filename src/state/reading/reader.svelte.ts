import type { Paper } from '../../core/paper/paper';
import type { Annotations } from '../library/annotations.svelte';
import type { Library } from '../library/library.svelte';
import type { News } from '../library/news.svelte';

/** The paper that is open, and the one that is pointed at. */
export class Reader {
  readonly #library: Library;
  readonly #news: News;
  readonly #annotations: Pick<Annotations, 'mark'>;
  #openId = $state<string | null>(null);
  #pointedId = $state<string | null>(null);
  #opener: HTMLElement | null = null;

  constructor(library: Library, news: News, annotations: Pick<Annotations, 'mark'>) {
    this.#library = library;
    this.#news = news;
    this.#annotations = annotations;
  }

  get openId(): string | null {
    return this.#openId;
  }

  get paper(): Paper | null {
    return this.#openId === null ? null : (this.#library.paper(this.#openId) ?? null);
  }

  /** Under the pointer or the keyboard's focus, in list or map. */
  get pointedId(): string | null {
    return this.#pointedId;
  }

  point(id: string | null): void {
    this.#pointedId = id;
  }

  /** Marks it as read. Remembers where the focus was, so that `close` can give it back. Going from paper to paper keeps the first. */
  open(id: string): void {
    const { activeElement, body } = document;
    if (this.#openId === null) {
      this.#opener = activeElement instanceof HTMLElement && activeElement !== body ? activeElement : null;
    }
    this.#openId = id;
    this.#news.markSeen(id);
    const { paper } = this;
    if (paper !== null) this.#annotations.mark([paper], { isRead: true });
  }

  /** The element that had the focus before the reader opened, for the caller to focus. */
  close(): HTMLElement | null {
    this.#openId = null;
    const opener = this.#opener;
    this.#opener = null;
    return opener;
  }
}
